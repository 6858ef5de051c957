// Keeps one page with its styles, scripts and letters in a box of the browser, for when there is no connection.
async function add(box, part) {
  if (!(await box.match(part))) await box.add(part);
}

export async function keep(address, name) {
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

export async function part(request, name) {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await caches.match(request.url, { cacheName: name });
    if (answer) return answer;
    throw error;
  }
}
