// The page "May I?" for when there is no connection. Keeps that one page with its styles, for a week at most, and
// hands it out instead of the pages below its own address; it sees no others. Forgets it at the sign-in page.
import { kept, serve } from "./parts/keeping.js";
import { NAME } from "./parts/pocket.js";

const LONGEST = 7 * 24 * 3600 * 1000;

async function answers(request) {
  const answer = await kept(NAME);
  if (!answer) return undefined;
  if (!(Date.now() - Number(answer.headers.get("X-Kept")) < LONGEST)) {
    await caches.delete(NAME);
    return undefined;
  }
  const group = new URL(request.url).pathname.split("/").at(-2);
  const text = (await answer.text()).replace("<html ", "<html data-offline ").replace(`data-group="${group}"`, `open data-group="${group}"`);
  return new Response(text, { headers: answer.headers });
}

serve({ name: NAME, patience: 6000, instead: answers });
