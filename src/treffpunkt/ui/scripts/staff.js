// Staff pages: HTMX with everything off that needs eval or keeps personal data, and our small comforts.
import htmx from "htmx.org";
import { fade, settle, start, toast } from "./parts/behaviour.js";
import { suggestions } from "./parts/suggestions.js";

window.htmx = htmx;
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "...", swap: false, error: true },
  ],
});

const words = document.body.dataset;

start();
suggestions();

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
});

document.addEventListener("htmx:configRequest", (event) => {
  // An empty filter has no place in the address.
  const { verb, parameters } = event.detail;
  if (verb !== "get") return;
  for (const [name, value] of Object.entries(parameters)) if (value === "" || (Array.isArray(value) && !value.length)) delete parameters[name];
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // Signed out meanwhile: the answer is the sign-in page, which belongs on a page of its own.
  if (words.signIn && new URL(event.detail.xhr.responseURL, location.href).pathname === words.signIn) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target.id === "toasts") [...event.detail.target.children].slice(-3).forEach(fade);
});
document.addEventListener("htmx:responseError", (event) => {
  // Whoever is signed out meanwhile, or met a whole error page, is shown that page.
  if ([401, 403, 429, 503].includes(event.detail.xhr.status) && event.detail.requestConfig.verb === "get") location.reload();
  else toast(words.failed, "error");
});
document.addEventListener("htmx:sendError", () => toast(words.offline, "error"));
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
