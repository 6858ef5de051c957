// Notes of a running meeting: kept on the device until they are stored, sent when there is a connection,
// and joined with what the others write. Without this script the page is a plain form that does the same.
import { Clock } from "./notes/clock.js";
import { Keys } from "./notes/keys.js";
import { Kept } from "./notes/kept.js";
import { News } from "./notes/news.js";
import { Sender } from "./notes/sender.js";
import { Thread } from "./notes/thread.js";

const page = document.querySelector("[data-notes]");

if (page) {
  const words = page.dataset;
  const kept = new Kept(`treffpunkt.notes.${words.reader}.${words.notes}`);
  if ("over" in words) kept.clear();
  else begin(kept);
}

function begin(kept) {
  const thread = new Thread(page);
  const sender = new Sender(page, kept, thread);
  const news = new News(page, thread, sender);
  new Clock(page).start();
  new Keys(page).start();
  sender.takeOver();
  news.start();
}
