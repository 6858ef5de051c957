// The shared screen: its clock goes on, and a lost connection shows as a small sign instead of messages on the wall.
import { Clock } from "./notes/clock.js";

const screen = document.querySelector(".screen");

new Clock(document).start();
for (const kind of ["htmx:sendError", "htmx:responseError"]) {
  window.addEventListener(
    kind,
    (event) => {
      if (event.detail?.xhr?.status === 403) return;
      event.stopImmediatePropagation();
      screen.classList.add("screen-away");
    },
    true,
  );
}
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) screen.classList.remove("screen-away");
});
