// The clock of the open topic goes on between two answers of the server.
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
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }
}
