// Sends what was written: at once, or when the connection is back; each entry brings its own id, so that
// sending it twice stores it once.
import { ask, newId } from "./asking.js";
import { Turns } from "./turns.js";

export class Sender {
  constructor(page, kept, thread) {
    Object.assign(this, { page, kept, thread });
    this.turns = new Turns(kept, (entry) => this.send(entry), () => this.count());
    this.form = page.querySelector("#note");
    this.notice = "";
  }

  takeOver() {
    const area = this.form.elements.text;
    if (!area.value) area.value = this.kept.draft();
    this.form.dataset.again = "";
    this.form.addEventListener("submit", (event) => this.write(event));
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    area.addEventListener("input", () => this.kept.draft(area.value));
    this.page.addEventListener("click", (event) => this.decide(event));
    this.page.addEventListener("submit", (event) => this.inline(event));
    window.addEventListener("online", () => this.flush());
    for (const entry of this.kept.all()) this.thread.wait(entry);
    this.flush();
  }

  write(event) {
    // A question that the server put on the page is answered by the server.
    if (event.submitter?.name === "personal") {
      this.kept.draft("");
      return;
    }
    event.preventDefault();
    const fields = this.form.elements;
    const text = fields.text.value.trim();
    if (!text) return fields.text.focus();
    const entry = {
      id: newId(),
      item: fields.namedItem("item").value, // `fields.item` is a method of the collection
      group: fields.namedItem("group")?.value ?? "",
      text,
      statement_kind: new FormData(this.form).get("statement_kind") ?? "note",
      women_specific: fields.women_specific.checked,
      confidential: fields.confidential.checked,
      noted_at: new Date().toISOString(),
      status: "sending",
    };
    try {
      this.kept.add(entry);
    } catch {
      // No room on the device: the plain form stores it, or says why not.
      this.form.submit();
      return;
    }
    this.thread.wait(entry);
    fields.text.value = "";
    this.kept.draft("");
    fields.women_specific.checked = fields.confidential.checked = false;
    const note = this.form.querySelector('[name=statement_kind][value="note"]');
    if (note) note.checked = true;
    fields.text.focus();
    this.flush();
  }

  flush() {
    return this.turns.take();
  }

  // Says how many notes wait on this device; while they are on their way nothing is said.
  count() {
    const waiting = this.kept.all().filter((entry) => ["waiting", "sending", "signed-out"].includes(entry.status)).length;
    const line = this.page.querySelector("#notes-waiting");
    line.hidden = !waiting || (this.turns.busy && navigator.onLine);
    line.querySelector("[data-number]").textContent = new Intl.NumberFormat(document.documentElement.lang).format(waiting);
  }

  // Says whether it makes sense to go on with the next one.
  async send(entry) {
    const body = new FormData();
    for (const name of ["id", "item", "text", "statement_kind", "noted_at"]) body.set(name, entry[name]);
    for (const name of ["women_specific", "confidential"]) if (entry[name]) body.set(name, "on");
    if (entry.group) body.set("group", entry.group);
    if (entry.personal) body.set("personal", entry.personal);
    const got = await ask(this.form.action, body);
    if (got.kind === "answer" && got.data.state === "stored") {
      this.kept.remove(entry.id);
      this.thread.unwait(entry.id);
      this.thread.put(got.data);
      return true;
    }
    if (got.kind === "answer" && got.data.state === "findings") this.mark(entry.id, { status: "findings", marked: got.data.marked });
    else if (got.kind === "answer") this.mark(entry.id, { status: "refused", reason: got.data.message ?? "" });
    else if (got.kind === "signed-out") {
      this.mark(entry.id, { status: "signed-out" });
      return false;
    } else if (got.kind === "gone") this.mark(entry.id, { status: "refused", reason: this.page.dataset.gone });
    else {
      this.mark(entry.id, { status: "waiting" });
      return false;
    }
    return true;
  }

  mark(id, changes) {
    this.kept.change(id, changes);
    const entry = this.kept.get(id);
    if (entry) this.thread.wait(entry);
    this.count();
  }

  decide(event) {
    const button = event.target.closest("[data-decide], [data-back], [data-discard]");
    const id = button?.closest("[data-pending]")?.dataset.pending;
    if (!id) return;
    const entry = this.kept.get(id);
    if (button.dataset.decide) {
      this.mark(id, { personal: button.dataset.decide, status: "sending" });
      this.flush();
      return;
    }
    if ("back" in button.dataset && entry) {
      const area = this.form.elements.text;
      area.value = [area.value.trim(), entry.text].filter(Boolean).join("\n");
      this.kept.draft(area.value);
      area.focus();
    }
    this.kept.remove(id);
    this.thread.unwait(id);
  }

  // Gists are kept in place; where somebody else was quicker, the card comes back with both texts.
  async inline(event) {
    const form = event.target.closest("form[data-inline]");
    if (!form) return;
    event.preventDefault();
    // The page's guard against a second sending has marked it.
    delete form.dataset.sent;
    const body = new FormData(form, event.submitter);
    const got = await ask(form.action, body);
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    if (got.kind === "answer" && got.data.html) this.thread.put(got.data, { force: true });
    else this.page.dispatchEvent(new CustomEvent("notes:failed", { detail: got.kind }));
  }
}
