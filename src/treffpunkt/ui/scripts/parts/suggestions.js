// The list under the search box: arrows choose, Enter goes there, Escape closes. Without it Enter searches as ever.
export function suggestions() {
  const form = document.querySelector("form[data-suggest]");
  if (!form) return;
  const input = form.querySelector("[role=combobox]");
  const box = form.querySelector("#suggestions");
  const options = () => [...box.querySelectorAll("[role=option]")];
  const chosen = () => box.querySelector("[aria-selected=true]");

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    box.replaceChildren();
    choose(null);
    input.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    // An answer that comes after the box was left or emptied has nobody to read it.
    if (event.detail.target === box && (document.activeElement !== input || !input.value.trim())) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== box) return;
    choose(null);
    input.setAttribute("aria-expanded", String(options().length > 0));
  });
  input.addEventListener("input", () => {
    if (!input.value.trim()) close();
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && all.length) {
      event.preventDefault();
      close();
    } else if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = all.indexOf(chosen());
      // One place before the first is the box itself.
      choose(all[place < 0 ? (step > 0 ? 0 : all.length - 1) : place + step]);
    } else if (event.key === "Enter" && chosen() && !event.isComposing) {
      event.preventDefault();
      chosen().click();
    }
  });
  // A press on a line leaves the cursor where it is, in browsers that do not focus links too.
  box.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
}
