// Sends what is kept on the device, one after the other, and once more where something came in between. What a person
// has to look at first is passed over; `send` says whether it makes sense to go on with the next one.
const LOOKED_AT_FIRST = ["findings", "refused"];

export class Turns {
  constructor(kept, send, done) {
    Object.assign(this, { kept, send, done, busy: false, again: false });
  }

  async take() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        for (const entry of this.kept.all()) if (!LOOKED_AT_FIRST.includes(entry.status) && !(await this.send(entry))) break;
      } while (this.again);
    } finally {
      this.busy = false;
      this.done();
    }
  }
}
