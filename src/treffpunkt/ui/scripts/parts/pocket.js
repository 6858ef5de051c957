// What is kept on the device for when there is no connection: one page, see pocket-worker.js.
export const NAME = "treffpunkt.may-i";

export async function forget() {
  try {
    for (const name of await caches.keys()) if (name.startsWith("treffpunkt.")) await caches.delete(name);
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  } catch {
    // Where the browser keeps nothing there is nothing to forget.
  }
}
