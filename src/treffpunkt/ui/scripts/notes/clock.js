// The clock of the open topic goes on between two answers of the server, and says when its time is over.
export class Clock {
  constructor(page) {
    this.page = page;
    this.begun = new WeakMap();
  }

  start() {
    setInterval(() => this.tick(), 1000);
  }

  tick() {
    for (const clock of this.page.querySelectorAll("[data-clock]")) {
      if (!this.begun.has(clock)) this.begun.set(clock, Date.now() - Number(clock.dataset.clock) * 1000);
      const seconds = Math.floor((Date.now() - this.begun.get(clock)) / 1000);
      clock.textContent = spoken(seconds);
      const over = seconds - Number(clock.dataset.planned ?? Infinity);
      const box = clock.parentElement;
      box.classList.toggle("clock-over", over > 0);
      const more = box.querySelector("[data-over]");
      if (more) more.textContent = spoken(Math.max(over, 0));
    }
  }
}

function spoken(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
