// What a participant writes from her phone: kept on it until it is stored, sent when there is a connection. Without
// this script the page is a plain form that does the same.
import { ask, newId } from "./notes/asking.js";
import { Kept } from "./notes/kept.js";
import { Turns } from "./notes/turns.js";

const EVERY = 8;

class Say {
  constructor(page) {
    this.page = page;
    this.form = page.querySelector("#say");
    this.item = this.form.elements.namedItem("item"); // `elements.item` is a method of the collection
    this.list = page.querySelector("#mine");
    this.row = page.querySelector("#mine-row");
    this.kept = new Kept(`treffpunkt.say.${page.dataset.say}`);
    this.sent = new Set();
    this.turns = new Turns(this.kept, (entry) => this.send(entry), () => this.count());
  }

  start() {
    const area = this.form.elements.text;
    if (!area.value) area.value = this.kept.draft();
    area.addEventListener("input", () => this.kept.draft(area.value));
    this.form.addEventListener("submit", (event) => this.write(event));
    this.list.addEventListener("click", (event) => this.decide(event));
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.round();
    });
    for (const entry of this.kept.all()) this.show(entry);
    this.flush();
    this.timer = setTimeout(() => this.round(), EVERY * 1000);
  }

  write(event) {
    // A question that the server put on the page is answered by the server.
    if (event.submitter?.name === "personal") return this.kept.draft("");
    const { text, shown_name } = this.form.elements;
    if (!text.value.trim()) return;
    event.preventDefault();
    const entry = { id: newId(), item: this.item.value, text: text.value.trim(), shown_name: shown_name.value.trim(), sent_at: new Date().toISOString(), status: "sending" };
    try {
      this.kept.add(entry);
    } catch {
      // No room on the phone: the plain form stores it.
      this.form.submit();
      return;
    }
    text.value = "";
    this.kept.draft("");
    this.show(entry);
    text.focus();
    this.flush();
  }

  flush() {
    return this.turns.take();
  }

  // Says whether it makes sense to go on with the next one.
  async send(entry) {
    const body = new FormData();
    for (const name of ["id", "item", "text", "shown_name", "sent_at"]) body.set(name, entry[name]);
    if (entry.personal) body.set("personal", entry.personal);
    const got = this.closed ? { kind: "gone" } : await ask(this.form.action, body);
    const state = got.kind === "answer" ? got.data.state : "";
    if (state === "stored") {
      this.kept.remove(entry.id);
      this.sent.add(entry.id);
      this.show({ ...entry, status: "sent" });
    } else if (state === "findings") this.mark(entry.id, { status: "findings", marked: got.data.marked });
    else if (state === "refused") this.mark(entry.id, { status: "refused", reason: got.data.message });
    else if (got.kind === "gone") this.close();
    else {
      this.mark(entry.id, { status: "waiting" });
      return false;
    }
    return true;
  }

  // The link is closed. Nothing waits for it any more, and it is asked no more: a room full of phones that go on
  // knocking would shut its own door.
  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.page.querySelector("[data-closed]").hidden = false;
    for (const entry of this.kept.all()) this.mark(entry.id, { status: "refused", reason: this.page.dataset.gone });
  }

  mark(id, changes) {
    this.kept.change(id, changes);
    const entry = this.kept.get(id);
    if (entry) this.show(entry);
  }

  show(entry) {
    let item = this.list.querySelector(`[data-id="${entry.id}"]`);
    if (!item) {
      item = this.row.content.firstElementChild.cloneNode(true);
      item.dataset.id = entry.id;
      this.list.prepend(item);
    }
    const text = item.querySelector("[data-text]");
    if (entry.status === "findings" && entry.marked) text.innerHTML = entry.marked;
    else if (entry.text) text.textContent = entry.text;
    for (const part of item.querySelectorAll("[data-status]")) part.hidden = part.dataset.status !== entry.status;
    if (entry.reason) item.querySelector("[data-reason]").textContent = entry.reason;
    this.count();
  }

  count() {
    const waiting = this.kept.all().filter((entry) => ["waiting", "sending"].includes(entry.status)).length;
    const line = this.page.querySelector("[data-waiting]");
    line.hidden = !waiting || (this.turns.busy && navigator.onLine);
    line.querySelector("[data-number]").textContent = new Intl.NumberFormat(this.page.dataset.language).format(waiting);
  }

  decide(event) {
    const button = event.target.closest("[data-decide], [data-back], [data-discard]");
    const item = button?.closest("[data-id]");
    const entry = item && this.kept.get(item.dataset.id);
    if (!entry) return;
    if (button.dataset.decide) {
      this.mark(entry.id, { personal: button.dataset.decide, status: "sending" });
      this.flush();
      return;
    }
    if ("back" in button.dataset) {
      const area = this.form.elements.text;
      area.value = [area.value.trim(), entry.text].filter(Boolean).join("\n");
      this.kept.draft(area.value);
      area.focus();
    }
    this.kept.remove(entry.id);
    item.remove();
    this.count();
  }

  // Asks what is talked about now, and which of her statements everybody sees.
  async round() {
    clearTimeout(this.timer);
    if (this.closed) return;
    try {
      await this.hear();
    } finally {
      if (!this.closed) this.timer = setTimeout(() => this.round(), EVERY * 1000);
    }
  }

  async hear() {
    const url = new URL(this.form.action);
    url.searchParams.set("ids", [...this.sent].slice(-40).join(","));
    const got = document.hidden ? { kind: "away" } : await ask(url);
    if (got.kind === "answer" && got.status === 200) {
      const topic = this.page.querySelector("#topic");
      if (this.item.value !== got.data.item) topic.innerHTML = got.data.topic;
      this.item.value = got.data.item;
      for (const id of got.data.released) {
        this.show({ id, status: "released" });
        this.sent.delete(id);
      }
      if (this.kept.all().length) this.flush();
    } else if (got.kind === "gone") this.close();
  }
}

const page = document.querySelector("[data-say]");
if (page?.querySelector("#say")) new Say(page).start();
else if (page && "ahead" in page.dataset) {
  // As soon as the meeting begins the field is there; where the link was closed before, the page says so.
  setInterval(async () => {
    const got = document.hidden ? { kind: "away" } : await ask(page.dataset.url);
    if (got.kind === "gone" || (got.kind === "answer" && got.data.item)) location.reload();
  }, EVERY * 1000);
}
