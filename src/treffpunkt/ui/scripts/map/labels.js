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

export function label(colours) {
  return (pen, data, settings) => {
    if (!data.label) return;
    const { paper, ink } = colours();
    const text = short(data.label), community = data.kind === 0;
    const size = community ? settings.labelSize + 1 : settings.labelSize;
    pen.font = `${community ? 700 : 600} ${size}px ${FONT}`;
    if (community) {
      // Below its sign and on paper of its own, since much runs together here.
      const wide = pen.measureText(text).width;
      const x = data.x - wide / 2, y = data.y + data.size + size + 4;
      pen.fillStyle = paper;
      pen.globalAlpha = 0.85;
      pen.beginPath();
      pen.roundRect(x - 5, y - size, wide + 10, size * 1.4, 5);
      pen.fill();
      pen.globalAlpha = 1;
      pen.fillStyle = ink;
      return write(pen, text, x, y);
    }
    const x = data.x + data.size + 5, y = data.y + size / 3;
    pen.lineJoin = "round";
    pen.lineWidth = 3.5;
    pen.strokeStyle = paper;
    pen.direction = RTL.test(text) ? "rtl" : "ltr";
    pen.textAlign = "left";
    pen.strokeText(text, x, y);
    pen.fillStyle = ink;
    write(pen, text, x, y);
  };
}

// What is under the pointer says more: name, German short name, what it is, its state and reach.
export function card(colours, words, stage) {
  return (pen, data, settings) => {
    const { ink, paper, edge, single, meanings } = colours();
    const reach = data.reach === null || data.reach === undefined ? "" : `${data.reach.toLocaleString(document.documentElement.lang)} ${words.reach}`;
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
    const x = data.x + data.size + 10 + wide > offsetWidth ? Math.max(data.x - data.size - 10 - wide, 4) : data.x + data.size + 10;
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
