// What every page may use. All of it is comfort: each page works without.
const words = document.body.dataset;

export function toast(text, kind = "") {
  const box = document.getElementById("toasts");
  if (!box) return;
  const item = document.createElement("div");
  item.className = kind === "error" ? "toast-item toast-error" : "toast-item";
  const line = document.createElement("p");
  line.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", words.close);
  close.textContent = "×";
  item.append(line, close);
  box.append(item);
  fade(item);
}

export function fade(item) {
  // Errors stay until they are closed; good news leaves by itself, but not while somebody reads it.
  if (item.classList.contains("toast-error")) return;
  let left = 8;
  const timer = setInterval(() => {
    if (item.matches(":hover, :focus-within") || document.hidden) return;
    if (--left <= 0) {
      clearInterval(timer);
      item.remove();
    }
  }, 1000);
}

function menus() {
  const open = () => document.querySelectorAll(".menu-box[open], .dock-bar > details[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest(".menu-box[open], .dock-bar > details[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

function dialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      dialog.showModal();
      (dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select") ?? dialog.querySelector(".btn-primary"))?.focus();
      return;
    }
    const shade = event.target;
    if (shade instanceof HTMLDialogElement && shade.classList.contains("dialog")) {
      const box = shade.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside && event.detail > 0) shade.close();
    }
    if (event.target.closest("[data-dismiss]")) event.target.closest(".toast-item, [data-dismissable]")?.remove();
    // The body itself carries the word for it.
    if (event.target.closest("dialog [data-close]")) event.target.closest("dialog").close();
  });
}

function copying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-from]");
    if (!button) return;
    const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
    try {
      await navigator.clipboard.writeText(from ? (from.value ?? from.textContent) : button.dataset.copy);
      toast(words.copied);
      // What comes after copying waits for whoever comes back from another app.
      document.getElementById(button.dataset.then)?.showModal();
    } catch {
      toast(words.failed, "error");
    }
  });
}

function printing() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}

function sending() {
  // A second tap must not send a second time; coming back by "back" frees the form again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.dataset.again !== undefined) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) return;
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    // After this tick, so that the pressed button still sends its own value.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
    });
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });
}

function drafts() {
  // Long texts survive a reload or a wrong tap. Kept for this tab only: a phone may be shared.
  const key = (area) => `draft:${area.form.dataset.draft}:${location.pathname}:${area.name}`;
  const areas = () => document.querySelectorAll("form[data-draft] textarea");
  for (const area of areas()) {
    const kept = sessionStorage.getItem(key(area));
    if (kept && !area.value) area.value = kept;
  }
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area instanceof HTMLTextAreaElement && area.form?.dataset.draft) {
      if (area.value.trim()) sessionStorage.setItem(key(area), area.value);
      else sessionStorage.removeItem(key(area));
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.dataset.draft) for (const area of event.target.querySelectorAll("textarea")) sessionStorage.removeItem(key(area));
  });
}

export function settle(root = document) {
  // After a refused form the list of errors is read out first.
  root.querySelector?.(".error-summary")?.focus();
}

export function start() {
  document.documentElement.classList.add("js");
  document.querySelectorAll(".toasts .toast-item").forEach(fade);
  menus();
  dialogs();
  copying();
  printing();
  sending();
  drafts();
  settle();
}
