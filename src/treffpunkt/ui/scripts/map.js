// The map of the network: drawn in the browser, laid out there once, and kept where it lies. Without this script, or
// without WebGL, the table below says the same.
import { Stage } from "./map/stage.js";

let stage = null;

function show() {
  const section = document.querySelector("[data-map]");
  if (!section) return;
  // The stage outlives the list around it: filters change what is drawn, not the canvas.
  if (stage && !stage.at(section)) {
    stage.close();
    stage = null;
  }
  stage ??= Stage.open(section);
  stage?.load(section);
}

show();
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "list" || event.detail.target?.id === "list") show();
});
