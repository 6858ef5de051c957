// The notes page for when it is opened anew without a connection: a plain page that shows what waits on the device and
// takes further notes. It holds nothing of any meeting.
import { kept, serve } from "./parts/keeping.js";

const NAME = "treffpunkt.notes";
const NOTES = /^\/meetings\/[0-9a-f-]{36}\/live\/$/;

serve({ name: NAME, patience: 8000, ours: (path) => NOTES.test(path), instead: () => kept(NAME) });
