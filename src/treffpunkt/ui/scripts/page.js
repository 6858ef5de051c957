// Pages for people outside: small comfort, no library.
import { start } from "./parts/behaviour.js";

start();
