// What still waits on this device when no more notes are taken: nothing of the meeting stays here, but whoever wrote it
// sees it first, and it goes by her own tap.
export function handBack(page, kept) {
  const texts = [...kept.all().map((entry) => entry.text), kept.draft().trim()].filter(Boolean);
  if (!texts.length) return kept.clear();
  const box = page.querySelector("#stranded-notes");
  const row = box.querySelector("template").content.firstElementChild;
  for (const text of texts) {
    const item = row.cloneNode(true);
    item.querySelector("[data-text]").textContent = text;
    box.querySelector("ul").append(item);
  }
  box.querySelector("[data-copy]").dataset.copy = texts.join("\n\n");
  box.querySelector("[data-discard]").addEventListener("click", () => {
    kept.clear();
    box.remove();
  });
  box.hidden = false;
}
