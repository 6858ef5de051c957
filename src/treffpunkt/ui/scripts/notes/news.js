// Asks every other second for what the others wrote, and tells them that this writer is here.
import { ask } from "./asking.js";

const SECONDS = 2;
const HERE_EVERY = 5;

export class News {
  constructor(page, thread, sender) {
    Object.assign(this, { page, thread, sender, rounds: 0, fails: 0 });
    this.seq = Number(page.dataset.seq);
    this.key = page.dataset.key;
    this.here = page.dataset.here;
    this.groups = page.dataset.groups;
    this.box = page.querySelector("#notes-news");
    this.line = page.querySelector("#notice-line");
  }

  start() {
    this.fold(document.querySelector(".agenda-fold"));
    this.page.addEventListener("notes:failed", (event) => {
      if (event.detail === "signed-out") this.tell("signed-out", this.page.dataset.signedOut, this.signIn());
      else this.tell("failed", document.body.dataset.offline);
    });
    this.page.addEventListener("notes:removed", () => this.tell("removed", this.page.dataset.removed));
    // What this reader does shows at once, here as with the others.
    document.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.requestConfig?.verb === "post") this.round();
    });
    document.addEventListener("htmx:afterSwap", (event) => this.refocus(event.detail.target));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.round();
    });
    this.round();
  }

  async round() {
    clearTimeout(this.timer);
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    try {
      await this.hear();
    } finally {
      this.asking = false;
      this.next();
    }
  }

  async hear() {
    const here = this.rounds++ % HERE_EVERY === 0;
    const query = new URLSearchParams({ seq: this.seq, key: this.key, topic: this.page.dataset.topic, here: this.here, groups: this.groups });
    const got = await ask(`${this.page.dataset.since}?${query}`, here ? new FormData() : undefined);
    if (got.kind === "answer" && got.status === 200) this.take(got.data);
    else if (got.kind === "signed-out") this.tell("signed-out", this.page.dataset.signedOut, this.signIn());
    else {
      this.fails++;
      // The meeting opens no more: what waits for it is handed back.
      if (got.kind === "gone") this.sender.flush();
    }
  }

  next() {
    if (this.again) {
      this.again = false;
      this.round();
      return;
    }
    // Slower while nobody looks or nobody answers, but never silent for long.
    const pause = document.hidden ? SECONDS * 5 : Math.min(SECONDS * 2 ** Math.min(this.fails, 2), 8);
    this.timer = setTimeout(() => this.round(), pause * 1000);
  }

  take(news) {
    const back = this.fails > 0;
    this.fails = 0;
    this.untell("signed-out");
    this.untell("failed");
    for (const row of news.statements) {
      this.thread.put(row);
      // Stored after all: the answer to its sending was lost on the way.
      if (this.sender.kept.get(row.id)) {
        this.sender.kept.remove(row.id);
        this.thread.unwait(row.id);
      }
    }
    for (const id of news.removed) this.thread.drop(id);
    this.seq = Math.max(this.seq, news.seq);
    const writers = document.getElementById("writers");
    if (writers && writers.innerHTML.trim() !== news.writers.trim()) writers.innerHTML = news.writers;
    if (news.agenda) this.agenda(news);
    for (const [name, html] of Object.entries(news.parts)) this.part(name, html);
    this.here = news.here;
    this.groups = news.groups;
    for (const [name, words] of Object.entries(news.present)) for (const place of this.page.querySelectorAll(`[data-present="${name}"]`)) place.textContent = words;
    if (back || this.sender.kept.all().some((entry) => ["waiting", "signed-out", "sending"].includes(entry.status))) this.sender.flush();
  }

  agenda(news) {
    const old = document.querySelector(".agenda-fold");
    const open = old?.open;
    document.querySelector(".live-agenda").innerHTML = news.agenda;
    const fresh = document.querySelector(".agenda-fold");
    if (fresh && open !== undefined) fresh.open = open;
    const [state, current] = split(news.key);
    const [before, present] = split(this.key);
    this.key = news.key;
    if (before === "running" && state !== "running") this.tell("ended", this.page.dataset.ended, location.pathname);
    else if (current && current !== present && current !== this.page.dataset.topic) this.tell("moved", this.page.dataset.moved, location.pathname);
    if (current === this.page.dataset.topic) this.untell("moved");
  }

  // Puts a part of the page in place that somebody has changed; whoever is in it stays where she was.
  part(name, html) {
    const old = this.page.querySelector(`[data-part="${name}"]`);
    if (!old || old.hasAttribute("hx-trigger")) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.outerHTML = html;
    const fresh = this.page.querySelector(`[data-part="${name}"]`);
    window.htmx?.process(fresh);
    if (focused) (document.getElementById(focused) ?? fresh.querySelector("button, a"))?.focus();
  }

  // After a step was done with the keyboard, the next one is at hand.
  refocus(target) {
    if (target?.id !== "waiting" || document.activeElement !== document.body) return;
    (document.querySelector("#waiting button") ?? this.page.querySelector("#id_text"))?.focus({ preventScroll: true });
  }

  fold(details) {
    if (details && matchMedia("(width < 80rem)").matches) details.open = false;
  }

  tell(kind, text, url = "") {
    if (this.box.querySelector(`[data-kind="${kind}"]`)) return;
    const line = this.line.content.firstElementChild.cloneNode(true);
    line.dataset.kind = kind;
    line.querySelector("[data-text]").textContent = text;
    const link = line.querySelector("[data-link]");
    if (url) link.href = url;
    else link.remove();
    this.box.append(line);
  }

  untell(kind) {
    this.box.querySelector(`[data-kind="${kind}"]`)?.remove();
  }

  signIn() {
    return `${this.page.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
  }
}

function split(key) {
  const at = key.indexOf("-");
  return [key.slice(0, at), key.slice(at + 1)];
}
