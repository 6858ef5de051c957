// Pages for people outside: small comfort, no library.
import { start } from "./parts/behaviour.js";
import { forget } from "./parts/pocket.js";
import { sweep } from "./parts/sweeping.js";
import { showOwnZone } from "./parts/zone.js";

start();
sweep();
showOwnZone();
// Who comes to sign in is not signed in: nothing of the one before stays on the device.
if ("forget" in document.body.dataset) forget();
