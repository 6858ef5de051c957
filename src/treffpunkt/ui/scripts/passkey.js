// Passkeys: asks the device and sends its answer with the form. Without this script the code by mail remains.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const key = (one) => ({ ...one, id: bytes(one.id) });

function asked({ publicKey }) {
  // What the server sends as text, the browser wants as bytes.
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = options.excludeCredentials.map(key);
  if (options.allowCredentials) options.allowCredentials = options.allowCredentials.map(key);
  return options;
}

function answered(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (response[name]) said[name] = text(response[name]);
  if (response.getTransports) said.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function create(form) {
  const options = asked(kept(form).creation_options);
  // It opens the account by itself, so the device must know its owner and find the key without our help.
  options.authenticatorSelection = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({ publicKey: options });
}

async function get(form) {
  return navigator.credentials.get({ publicKey: asked(kept(form).request_options) });
}

async function login(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return navigator.credentials.get({ publicKey: asked((await answer.json()).request_options) });
}

const kept = (form) => JSON.parse(document.getElementById(form.dataset.options).textContent);
const ways = { create, get, login };
const nameless = /^[\d.]+$|^\[/.test(location.hostname);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential && !nameless) continue;
  form.hidden = false;
  const button = form.querySelector("button[type=button]");
  const trouble = form.querySelector("[role=alert]");
  button.addEventListener("click", async () => {
    trouble.hidden = true;
    button.disabled = true;
    try {
      if (nameless) throw new Error("nameless");
      form.elements.credential.value = JSON.stringify(answered(await ways[form.dataset.passkey](form)));
      form.submit();
    } catch {
      trouble.textContent = nameless ? form.dataset.nameless : form.dataset.refused;
      trouble.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}
