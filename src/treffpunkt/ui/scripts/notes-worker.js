// The notes page for when it is opened anew without a connection: a plain page that shows what waits on the device and
// takes further notes. It holds nothing of any meeting; every other page is left to the network.
import { keep, part } from "./parts/keeping.js";

const NAME = "treffpunkt.notes";
const PATIENCE = 8000;
const NOTES = /^\/meetings\/[0-9a-f-]{36}\/live\/$/;

async function page(request) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return (await caches.match("pocket", { cacheName: NAME })) ?? Response.error();
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep, NAME).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && NOTES.test(pathname)) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request, NAME));
});
