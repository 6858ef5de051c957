// The page "May I?" for when there is no connection. Keeps that one page with its styles, for a week at most, and
// hands it out instead of the pages below its own address; it sees no others. Forgets it at the sign-in page.
import { keep, part } from "./parts/keeping.js";
import { NAME } from "./parts/pocket.js";

const LONGEST = 7 * 24 * 3600 * 1000;
const PATIENCE = 6000;

async function kept(request) {
  const answer = await caches.match("pocket", { cacheName: NAME });
  if (!answer) return Response.error();
  if (!(Date.now() - Number(answer.headers.get("X-Kept")) < LONGEST)) {
    await caches.delete(NAME);
    return Response.error();
  }
  const group = new URL(request.url).pathname.split("/").at(-2);
  const text = (await answer.text()).replace("<html ", "<html data-offline ").replace(`data-group="${group}"`, `open data-group="${group}"`);
  return new Response(text, { headers: answer.headers });
}

async function page(request) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return kept(request);
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep, NAME).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(request, NAME));
});
