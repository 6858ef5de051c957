// Keeps one page with its styles, scripts and letters in a box of the browser, for when there is no connection.
async function add(box, part) {
  if (!(await box.match(part))) await box.add(part);
}

async function keep(address, name) {
  const answer = await fetch(address, { credentials: "same-origin" });
  // Signed out meanwhile, or no longer allowed: then nothing of it stays.
  if (!answer.ok || answer.redirected) return caches.delete(name);
  const text = await answer.clone().text();
  const box = await caches.open(name);
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

async function part(request, name) {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await caches.match(request.url, { cacheName: name });
    if (answer) return answer;
    throw error;
  }
}

// What a worker does: keeps the page it is told to keep, asks the network for those that are `ours`, and hands out
// what `instead` gives where no answer comes in time; every other page is left to the network.
export function serve({ name, patience, ours = () => true, instead }) {
  async function page(request) {
    const late = new Promise((_, refuse) => setTimeout(refuse, patience));
    try {
      return await Promise.race([fetch(request), late]);
    } catch {
      return (await instead(request)) ?? Response.error();
    }
  }
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("message", (event) => {
    if (event.data.keep) event.waitUntil(keep(event.data.keep, name).catch(() => {}));
  });
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (request.mode === "navigate" && ours(pathname)) event.respondWith(page(request));
    else if (pathname.startsWith("/static/")) event.respondWith(part(request, name));
  });
}

export const kept = (name) => caches.match("pocket", { cacheName: name });
