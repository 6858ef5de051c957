// Times on the reader's own clock: where nobody chose a zone, the page is asked for anew in the one of the browser.
export function showOwnZone() {
  const page = document.querySelector("[data-zone]");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const there = new URL(location.href);
  if (!page || !own.includes("/") || own.startsWith("Etc/") || own === page.dataset.zone) return;
  if (there.searchParams.has("zone")) return;
  there.searchParams.set("zone", own);
  location.replace(there);
}
