// The map of the network: drawn in the browser, laid out there once, and kept where it lies. Without this script, or
// without WebGL, the table below says the same.
import { Stage } from "./map/stage.js";

let stage = null;

function show() {
  const section = document.querySelector("[data-map]");
  if (!section) return;
  // The canvas outlives the list around it: filters change what is drawn on it.
  if (stage) section.querySelector(".map-stage").replaceWith(stage.box);
  else stage = Stage.open(section);
  stage?.load(section);
}

show();
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "list" || event.detail.target?.id === "list") show();
});
