// The notes page without a connection: what waits on this device, a field for more, and back as soon as the line is.
import { newId } from "./notes/asking.js";
import { Kept } from "./notes/kept.js";
import { place } from "./notes/place.js";

const page = document.querySelector("[data-waiting-notes]");
const meeting = location.pathname.split("/").at(-3);
const kept = new Kept(`treffpunkt.notes.${page.dataset.waitingNotes}.${meeting}`);
const form = page.querySelector("form");
const list = page.querySelector("ul");
const row = page.querySelector("template");
const where = place(meeting);
const AGAIN = 5000;

function show() {
  const entries = kept.all();
  page.querySelector("[data-number]").textContent = new Intl.NumberFormat(document.documentElement.lang).format(entries.length);
  list.replaceChildren(
    ...entries.reverse().map((entry) => {
      const item = row.content.firstElementChild.cloneNode(true);
      item.querySelector("[data-text]").textContent = entry.text;
      return item;
    }),
  );
}

function write(event) {
  event.preventDefault();
  const text = form.elements.text.value.trim();
  if (!text) return;
  kept.add({ id: newId(), item: where.item, group: where.group, text, statement_kind: "note", noted_at: new Date().toISOString(), status: "waiting" });
  form.elements.text.value = "";
  kept.draft("");
  show();
}

// The page itself sends what waits, once it is there again: each note brings its own id and is stored once.
async function again() {
  try {
    const answer = await fetch(page.dataset.line, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(AGAIN) });
    if (answer.ok) return location.reload();
  } catch {
    // Still away.
  }
  setTimeout(again, AGAIN);
}

if (where.item) {
  form.hidden = false;
  form.elements.text.value = kept.draft();
  form.elements.text.addEventListener("input", () => kept.draft(form.elements.text.value));
  form.addEventListener("submit", write);
}
window.addEventListener("online", () => location.reload());
page.querySelector("[data-again]").addEventListener("click", () => location.reload());
show();
setTimeout(again, AGAIN);
