// What waits on this device, in the order in which it was written. Removed as soon as it is stored: a
// device may be shared. The key names reader and meeting, so nobody sends another's notes.
export class Kept {
  constructor(key) {
    this.key = key;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      return [];
    }
  }

  add(entry) {
    this.write([...this.all().filter((one) => one.id !== entry.id), entry]);
  }

  change(id, changes) {
    this.write(this.all().map((one) => (one.id === id ? { ...one, ...changes } : one)));
  }

  get(id) {
    return this.all().find((one) => one.id === id);
  }

  remove(id) {
    this.write(this.all().filter((one) => one.id !== id));
  }

  write(entries) {
    if (entries.length) localStorage.setItem(this.key, JSON.stringify(entries));
    else localStorage.removeItem(this.key);
  }

  // Once no more notes are taken, nothing of the meeting stays on the device; see stranded.js for what still waited.
  clear() {
    localStorage.removeItem(this.key);
    sessionStorage.removeItem(this.key);
  }

  // What is typed and not yet noted survives a reload, in this tab only.
  draft(text) {
    if (text === undefined) return sessionStorage.getItem(this.key) ?? "";
    if (text.trim()) sessionStorage.setItem(this.key, text);
    else sessionStorage.removeItem(this.key);
    return text;
  }
}
