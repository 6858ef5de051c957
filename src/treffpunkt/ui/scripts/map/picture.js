// The map as a picture: drawn once more, larger, with its legend; people as codes unless the server gave leave.
import { token } from "../notes/asking.js";
import { PERSONAL } from "./graph.js";

const SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const WIDE = 2400, HIGH = 1600, FOOT = 150, HEAD = 110;
const FONT = '"Noto Sans", "Noto Sans Arabic", sans-serif';

function code(kind, taken) {
  for (;;) {
    const drawn = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => SIGNS[byte % SIGNS.length]).join("");
    const found = `${"CGPO"[kind]}-${drawn}`;
    if (!taken.has(found)) return taken.add(found) && found;
  }
}

export class Picture {
  constructor(stage) {
    this.stage = stage;
    document.addEventListener("submit", (event) => {
      const form = event.target.closest("[data-map-export]");
      if (form) this.export(event, form);
    });
  }

  async export(event, form) {
    const given = new FormData(form);
    const wanted = (name) => given.get(`${form.dataset.mapExport}-${name}`);
    const named = wanted("people") === "names";
    // Files come from the server, which also says what is missing.
    if (wanted("file_format") !== "png" || (named && !wanted("reason").trim())) {
      setTimeout(() => form.closest("dialog")?.close());
      return;
    }
    event.preventDefault();
    form.closest("dialog")?.close();
    if (named) {
      const leave = await fetch(form.action, { method: "POST", body: given, headers: { Accept: "application/json", "X-CSRFToken": token() }, redirect: "error" });
      if (leave.status !== 204) return form.submit();
    }
    const picture = this.draw(named);
    const link = Object.assign(document.createElement("a"), { href: picture.toDataURL("image/png"), download: `treffpunkt-map-${new Date().toISOString().slice(0, 10)}.png` });
    link.click();
  }

  draw(named) {
    const { stage } = this;
    const box = document.createElement("div");
    box.className = "map-picture";
    document.body.append(box);
    const taken = new Set(), codes = new Map();
    const reducer = (node, data) => {
      const drawn = { ...stage.dot(node, data), size: data.size * 1.7 };
      if (!named && data.flags & PERSONAL) {
        if (!codes.has(node)) codes.set(node, code(data.kind, taken));
        drawn.label = codes.get(node);
      }
      return drawn;
    };
    const sigma = stage.renderer(box, stage.graph, { nodeReducer: reducer, labelSize: 18, labelGridCellSize: 180 });
    sigma.refresh();
    sigma.render();
    const picture = Object.assign(document.createElement("canvas"), { width: WIDE, height: HEAD + HIGH + FOOT });
    const pen = picture.getContext("2d");
    pen.fillStyle = stage.colours.paper;
    pen.fillRect(0, 0, picture.width, picture.height);
    const layers = sigma.getCanvases();
    for (const name of ["edges", "nodes", "labels"]) pen.drawImage(layers[name], 0, HEAD, WIDE, HIGH);
    this.caption(pen);
    sigma.kill();
    box.remove();
    return picture;
  }

  caption(pen) {
    const { section, colours } = this.stage;
    const rtl = document.documentElement.dir === "rtl";
    const start = rtl ? WIDE - 50 : 50, way = rtl ? -1 : 1;
    pen.direction = rtl ? "rtl" : "ltr";
    pen.textAlign = "start";
    pen.fillStyle = colours.ink;
    pen.font = `700 34px ${FONT}`;
    pen.fillText(document.querySelector("h1").textContent, start, 52);
    pen.font = `400 22px ${FONT}`;
    const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    pen.fillText(`${document.getElementById("sum").textContent} · ${day}`, start, 88);
    for (const [row, list] of [...section.querySelectorAll(".map-legend ul")].entries()) {
      let x = start;
      const y = HEAD + HIGH + 40 + row * 34;
      for (const item of list.children) {
        pen.font = `500 20px ${FONT}`;
        pen.fillStyle = item.dataset.meaning || item.dataset.colour ? getComputedStyle(item.querySelector("svg") ?? item).color : colours.ink;
        const sign = item.dataset.sign ?? "●";
        pen.fillText(`${sign} ${item.textContent.trim()}`, x, y);
        x += way * (pen.measureText(`${sign} ${item.textContent.trim()}`).width + 36);
      }
    }
  }
}
