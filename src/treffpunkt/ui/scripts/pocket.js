// Keeps the answers to "May I?" on the device, for when there is no connection. Without this script the pages are
// the same, but need one.
const page = document.querySelector("[data-pocket]");

async function keep({ worker, scope, pocket }) {
  const registration = await navigator.serviceWorker.register(worker, { scope });
  const active = registration.active ?? (await new Promise((done) => {
    const coming = registration.installing ?? registration.waiting;
    coming.addEventListener("statechange", () => coming.state === "activated" && done(coming));
  }));
  active.postMessage({ keep: pocket });
}

if (page && "serviceWorker" in navigator) keep(page.dataset).catch(() => {});
