// Notes of a running meeting: kept on the device until they are stored, sent when there is a connection,
// and joined with what the others write. Without this script the page is a plain form that does the same.
import { Clock } from "./notes/clock.js";
import { Keys } from "./notes/keys.js";
import { Kept } from "./notes/kept.js";
import { News } from "./notes/news.js";
import { remember } from "./notes/place.js";
import { Sender } from "./notes/sender.js";
import { handBack } from "./notes/stranded.js";
import { Thread } from "./notes/thread.js";

const page = document.querySelector("[data-notes]");

if (page) {
  const words = page.dataset;
  const kept = new Kept(`treffpunkt.notes.${words.reader}.${words.notes}`);
  if ("over" in words) handBack(page, kept);
  else begin(kept);
  if ("worker" in words && "serviceWorker" in navigator) beReady(words).catch(() => {});
}

function begin(kept) {
  const { elements } = page.querySelector("#note");
  remember(page.dataset.notes, elements.namedItem("item").value, elements.namedItem("group")?.value ?? "");
  const thread = new Thread(page);
  const sender = new Sender(page, kept, thread);
  const news = new News(page, thread, sender);
  new Clock(page).start();
  new Keys(page).start();
  sender.takeOver();
  news.start();
}

// Opened anew without a connection, the page still takes notes and says what waits: see notes-worker.js.
async function beReady({ worker, scope, pocket }) {
  const registration = await navigator.serviceWorker.register(worker, { scope });
  const active = registration.active ?? (await new Promise((done) => {
    const coming = registration.installing ?? registration.waiting;
    coming.addEventListener("statechange", () => coming.state === "activated" && done(coming));
  }));
  active.postMessage({ keep: pocket });
}
