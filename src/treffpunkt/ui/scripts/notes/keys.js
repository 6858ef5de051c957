// Keys of the notes page. Single ones work only while nobody writes in a field, and can be switched off.
const OFF = "treffpunkt.keys";
const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

export class Keys {
  constructor(page) {
    this.page = page;
    this.form = page.querySelector("#note");
    this.box = page.querySelector("input[data-keys]");
  }

  start() {
    if (!this.box) return;
    this.box.checked = localStorage.getItem(OFF) !== "off";
    this.box.addEventListener("change", () => {
      if (this.box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "off");
    });
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const field = event.target.closest?.(FIELD);
    if (field) return this.inField(event, field);
    if (!this.box.checked || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const done = this.does(event.key.toLowerCase());
    if (done) event.preventDefault();
  }

  inField(event, field) {
    if (event.key === "Escape" && this.page.contains(field) && !field.closest("dialog")) field.blur();
    const digit = event.ctrlKey && event.shiftKey && !event.altKey && event.code.match(/^Digit([1-9])$/);
    if (!digit || !this.form?.contains(field)) return;
    const kind = this.form.querySelectorAll("[name=statement_kind]")[Number(digit[1]) - 1];
    if (!kind) return;
    event.preventDefault();
    kind.checked = true;
  }

  does(key) {
    if (/^[1-9]$/.test(key)) return this.tap(this.page.querySelectorAll(".agenda-line a")[Number(key) - 1]);
    if (key === "n") return this.focus(this.form?.elements.text);
    if (key === "t" || key === "s") return this.tap(this.page.querySelector(`[data-key="${key}"]`));
    if (key === "w") return this.open("here", ".here-guest");
    if (key === "p") return this.focus(this.page.querySelector("#waiting button")) || this.open("phones", "a, button");
    if (key === "?") return this.tap(this.page.querySelector('[data-dialog="keys"]'));
    return false;
  }

  open(name, first) {
    const fold = this.page.querySelector(`[data-fold="${name}"]`);
    if (!fold) return false;
    fold.open = true;
    return this.focus(fold.querySelector(first) ?? fold.querySelector("summary"));
  }

  focus(element) {
    element?.focus();
    return Boolean(element);
  }

  tap(element) {
    element?.click();
    return Boolean(element);
  }
}
