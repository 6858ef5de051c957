// Names on the map. The browser shapes them, so that Arabic letters join and every script runs its own way.
const RTL = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const FONT = '"Noto Sans", "Noto Sans Arabic", sans-serif';

export function loaded() {
  return Promise.allSettled([document.fonts.load(`600 13px ${FONT}`, "Aa"), document.fonts.load(`600 13px ${FONT}`, "نساء"), document.fonts.load(`600 13px ${FONT}`, "Жене")]);
}

function write(pen, text, x, y) {
  pen.direction = RTL.test(text) ? "rtl" : "ltr";
  pen.textAlign = "left";
  pen.fillText(text, x, y);
}

// The labels of one picture: each takes a place that is still free, or waits until somebody comes closer.
export class Labels {
  constructor(colours, box, signs) {
    Object.assign(this, { colours, box, signs });
    this.begin();
    this.draw = (pen, data, settings) => {
      this.kept ??= this.keep(pen, settings);
      if (data.label) data.kind === 0 ? this.community(pen, data, settings) : this.record(pen, data, settings);
    };
  }

  begin() {
    this.kept = null;
    this.taken = [];
    this.communities = [];
  }

  // Communities are written last and on paper of their own: their places are kept free from the start.
  keep(pen, settings) {
    const kept = [];
    for (const sign of this.signs()) {
      const place = this.place(pen, sign, settings, kept);
      if (place) kept.push(place);
    }
    this.taken.push(...kept);
    return kept;
  }

  // The name, and where there is one the German short name below it.
  record(pen, data, settings) {
    const size = settings.labelSize;
    const lines = [[short(data.label), `600 ${size}px ${FONT}`], [data.label === data.name && data.short !== data.name ? short(data.short) : "", `400 ${size - 1}px ${FONT}`]].filter(([text]) => text);
    const widths = lines.map(([text, font]) => ((pen.font = font), pen.measureText(text).width));
    const wide = Math.max(...widths), high = size * 1.25 * lines.length;
    const top = data.y - high / 2, most = this.box.offsetWidth;
    const after = data.x + data.size + 6, before = data.x - data.size - 6 - wide;
    const x = [after, before].find((at) => at > 2 && at + wide < most - 2 && free(this.taken, [at, top, wide, high])) ?? (data.forceLabel ? after : null);
    if (x === null) return;
    this.taken.push([x, top, wide, high]);
    pen.lineJoin = "round";
    pen.lineWidth = 3.5;
    lines.forEach(([text, font], number) => {
      const at = x === before ? x + wide - widths[number] : x, y = top + size * (1 + 1.25 * number);
      pen.font = font;
      pen.direction = RTL.test(text) ? "rtl" : "ltr";
      pen.textAlign = "left";
      pen.strokeStyle = this.colours().paper;
      pen.strokeText(text, at, y);
      pen.fillStyle = this.colours().ink;
      write(pen, text, at, y);
    });
  }

  // Where a community's name goes, if anywhere: below its sign, or above.
  place(pen, data, settings, taken) {
    const size = settings.labelSize + 1, high = size * 1.4;
    pen.font = `700 ${size}px ${FONT}`;
    const wide = pen.measureText(short(data.label)).width;
    const x = Math.min(Math.max(data.x - wide / 2, 8), Math.max(this.box.offsetWidth - wide - 8, 8));
    const top = [data.y + data.size + 4, data.y - data.size - high - 4].find((at) => free(taken, [x, at, wide, high]));
    return top === undefined ? null : [x, top, wide, high];
  }

  // The name of a community, on paper of its own, since much runs together here.
  community(pen, data, settings) {
    const place = this.place(pen, data, settings, this.communities);
    if (!place) return;
    this.communities.push(place);
    const [x, top, wide, high] = place, text = short(data.label), size = settings.labelSize + 1;
    pen.globalAlpha = 0.88;
    pen.fillStyle = this.colours().paper;
    pen.beginPath();
    pen.roundRect(x - 5, top, wide + 10, high, 5);
    pen.fill();
    pen.globalAlpha = 1;
    pen.fillStyle = this.colours().ink;
    write(pen, text, x, top + size);
  }
}

function free(taken, [x, y, wide, high]) {
  return !taken.some(([left, top, width, height]) => x < left + width + 4 && x + wide + 4 > left && y < top + height && y + high > top);
}

// What is under the pointer says more: name, German short name, what it is, its state and reach.
export function card(colours, words, stage) {
  return (pen, data, settings) => {
    const { ink, paper, edge, single, meanings } = colours();
    const reach = data.reach === null || data.reach === undefined ? "" : `${words.reach} ${String(data.reach).replace(/\B(?=(\d{3})+$)/g, "\u202f")}`;
    const lines = [
      [short(data.name, 60), `600 ${settings.labelSize + 1}px ${FONT}`, ink],
      [data.short, `500 ${settings.labelSize}px ${FONT}`, ink],
      [data.line, `400 ${settings.labelSize}px ${FONT}`, ink],
      [data.word, `600 ${settings.labelSize}px ${FONT}`, meanings[data.meaning] ?? ink],
      [data.single ? words.single : "", `600 ${settings.labelSize}px ${FONT}`, single],
      [reach, `400 ${settings.labelSize}px ${FONT}`, ink],
    ].filter(([text]) => text);
    const wide = Math.max(...lines.map(([text, font]) => ((pen.font = font), pen.measureText(text).width))) + 24;
    const high = lines.length * 19 + 16;
    const { offsetWidth, offsetHeight } = stage;
    const before = data.x - data.size - 10 - wide, after = data.x + data.size + 10;
    const x = (data.before && before > 4) || after + wide > offsetWidth ? Math.max(before, 4) : after;
    const y = Math.min(Math.max(data.y - 18, 4), Math.max(offsetHeight - high - 4, 4));
    pen.beginPath();
    pen.roundRect(x, y, wide, high, 10);
    pen.fillStyle = paper;
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = edge;
    pen.stroke();
    lines.forEach(([text, font, colour], number) => {
      pen.font = font;
      pen.fillStyle = colour;
      write(pen, text, x + 12, y + 23 + number * 19);
    });
  };
}

export function short(text, most = 34) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}
