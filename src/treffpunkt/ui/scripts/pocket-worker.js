// The page "May I?" for when there is no connection. Keeps that one page with its styles, for a week at most, and
// hands it out instead of the pages below its own address; it sees no others. Forgets it at the sign-in page.
import { NAME } from "./parts/pocket.js";

const LONGEST = 7 * 24 * 3600 * 1000;
const PATIENCE = 6000;

async function add(box, part) {
  if (!(await box.match(part))) await box.add(part);
}

async function keep(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  // Signed out meanwhile, or no longer allowed: then nothing of it stays.
  if (!answer.ok || answer.redirected) return caches.delete(NAME);
  const text = await answer.clone().text();
  const box = await caches.open(NAME);
  const named = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1]);
  const parts = [...new Set(named)];
  await Promise.all(parts.map((part) => add(box, part)));
  for (const style of parts.filter((part) => part.endsWith(".css"))) {
    const rules = await (await box.match(style)).text();
    const fonts = [...rules.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map((found) => new URL(found[1], new URL(style, location.origin)).pathname);
    await Promise.all(fonts.map((font) => add(box, font)));
    parts.push(...fonts);
  }
  for (const old of await box.keys()) {
    const { pathname } = new URL(old.url);
    if (pathname.startsWith("/static/") && !parts.includes(pathname)) await box.delete(old);
  }
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set("X-Kept", String(Date.now()));
  await box.put("pocket", new Response(text, { headers }));
}

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

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await caches.match(request.url, { cacheName: NAME });
    if (answer) return answer;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(request));
});
