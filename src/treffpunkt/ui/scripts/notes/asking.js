// Talking with the server: the answer, and in words what kind of answer it is.
// No such page for whoever asks, or one whose link was closed: asked again it stays so.
const GONE = [404, 410];

export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export async function ask(url, body) {
  const headers = { Accept: "application/json" };
  if (body) headers["X-CSRFToken"] = token();
  try {
    // A redirect leads to the sign-in page: it must not be followed in silence.
    const response = await fetch(url, { method: body ? "POST" : "GET", body, headers, redirect: "manual", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15000) });
    return await read(response);
  } catch {
    // No answer, or one that broke off on its way.
    return { kind: "away" };
  }
}

async function read(response) {
  if (response.type === "opaqueredirect" || response.status === 401) return { kind: "signed-out" };
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) {
    if (response.status === 403) return { kind: "signed-out" };
    return { kind: GONE.includes(response.status) ? "gone" : "away" };
  }
  return { kind: "answer", status: response.status, data: await response.json() };
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without a secure context there is no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
