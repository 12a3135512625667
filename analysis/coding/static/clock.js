// How long a coder spends on a comment: the time between keys and moves of the mouse, each stretch cut at a limit.

export class Clock {
  constructor(limit) {
    this.limit = limit;
    this.begin(0);
  }

  /** Start on a comment on which some seconds were spent before. */
  begin(seconds) {
    this.total = seconds;
    this.last = Date.now();
  }

  /** The coder did something; count what passed since the last sign of life. */
  touch() {
    const now = Date.now();
    if (this.last !== null) this.total += Math.min((now - this.last) / 1000, this.limit);
    this.last = now;
  }

  /** The coder turned to something else: nothing counts until the next sign of life. */
  pause() {
    this.touch();
    this.last = null;
  }

  seconds() {
    this.touch();
    return Math.round(this.total * 10) / 10;
  }
}
