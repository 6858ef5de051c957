// The theme's colours as WebGL wants them: read from the legend, whatever notation the style sheet uses.
const paper = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });

function plain(colour) {
  const pen = paper.getContext("2d", { willReadFrequently: true });
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${red},${green},${blue})`;
}

export function colours(section) {
  const of = (element, name = "color") => plain(getComputedStyle(element)[name]);
  const found = { ink: of(section), paper: of(section, "backgroundColor"), meanings: {} };
  for (const one of section.querySelectorAll("[data-meaning]")) found.meanings[one.dataset.meaning] = of(one);
  for (const one of section.querySelectorAll("[data-colour]")) found[one.dataset.colour] = of(one.querySelector("svg") ?? one);
  return found;
}

export function whenTheyChange(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  matchMedia("(forced-colors: active)").addEventListener("change", act);
  new MutationObserver(act).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}
