// Codes given but not yet saved by the kernel. They wait in the page and, without notes, in the browser's own store,
// so that neither a stopped kernel nor a closed page loses a code. The store holds no text and no name of a reader.

const SHARED = Symbol.for("below-the-line.coding"); // outlives the pane when its cell is run again

export class Waiting {
  constructor(store) {
    this.key = `below-the-line/coding/${store}`;
    globalThis[SHARED] ??= new Map();
    const kept = globalThis[SHARED].get(this.key) ?? [];
    const known = new Set(kept.map((event) => event.event));
    this.events = [...this.load().filter((event) => !known.has(event.event)), ...kept];
    this.keep();
  }

  get size() {
    return this.events.length;
  }

  add(event) {
    this.events.push(event);
    this.keep();
  }

  /** Forget the events that are safe, or that never can be. */
  done(identities) {
    const gone = new Set(identities);
    this.events = this.events.filter((event) => !gone.has(event.event));
    this.keep();
  }

  /** The last thing said of a comment and not yet saved. */
  last(commentId) {
    return this.events.findLast((event) => event.comment_id === commentId) ?? null;
  }

  load() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      // late: the kernel leaves one out that is older than what was saved since, in another browser perhaps
      return found.filter((event) => typeof event.event === "string").map((event) => ({ ...event, late: true }));
    } catch {
      return []; // a browser without a store, or a store somebody else wrote to
    }
  }

  keep() {
    globalThis[SHARED].set(this.key, this.events);
    try {
      const codes = this.events.map(({ note, ...code }) => code);
      if (codes.length) localStorage.setItem(this.key, JSON.stringify(codes));
      else localStorage.removeItem(this.key);
    } catch {
      // without a store the codes wait in the page alone
    }
  }
}
