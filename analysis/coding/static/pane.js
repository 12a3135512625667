// The coding pane: takes keys, keeps the codes until the kernel has them, and says what happens.
import { element, fill } from "./element.js";
import { Clock } from "./clock.js";
import { actionOf } from "./keys.js";
import { View } from "./view.js";
import { Waiting } from "./waiting.js";

const BEAT = 2000; // how often, in milliseconds, waiting codes are offered again
const SILENT = 6000; // after this long without an answer the coder is told
const TYPING = 600; // a pause in a note after which it is saved
const KEPT = 50; // comments kept in the page
const BLANK = { label: null, position: null, sure: true, note: "", seconds: 0 };
const GONE = "The kernel does not answer: it has stopped, or is busy with another cell. You can go on coding what is " +
  "shown; the codes wait in this browser. If it stopped, run this cell again and they are saved.";
const FINISHED = "All comments are coded. The arrow keys go through them again.";

const complete = (code) => code.label !== null && (code.position !== null || code.label === "spam");
const worded = (code) =>
  [code.label ?? "no label", code.position, code.sure ? null : "unsure"].filter((word) => word !== null).join(", ");

class Pane {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.session = [...crypto.getRandomValues(new Uint8Array(6))].map((b) => b.toString(16).padStart(2, "0")).join("");
    this.number = 0;
    this.items = new Map();
    this.past = [];
    this.at = null;
    this.asked = null; // when the oldest question without an answer was put
    this.failure = "";
    this.receive = (message) => message.session === this.session && this.hear(message);
    model.on("msg:custom", this.receive);
    this.timer = setInterval(() => this.beat(), BEAT);
    fill(el, element("p", { class: "btl btl-alone" }, "The coding pane is waiting for the kernel …"));
    this.ask({ kind: "open" });
  }

  close() {
    if (this.view) this.typed();
    clearInterval(this.timer);
    this.model.off("msg:custom", this.receive);
  }

  // ---- talking to the kernel

  ask(message) {
    this.asked ??= Date.now();
    this.lastAsked = Date.now();
    try {
      this.model.send({ ...message, session: this.session });
    } catch {
      // a stopped kernel; the beat asks again and says so
    }
  }

  silent() {
    return this.asked !== null && Date.now() - this.asked > SILENT;
  }

  beat() {
    if (!this.view) return this.ask({ kind: "open" });
    const focused = this.view.root.contains(document.activeElement);
    if (this.silent() && Date.now() - this.lastAsked < 5 * BEAT) return this.tell();
    if (this.waiting.size) this.offer();
    else if (!this.items.has(this.at)) this.ask({ kind: "show", at: this.at });
    else if (this.asked || (focused && Date.now() - this.lastAsked > 5 * BEAT)) this.ask({ kind: "alive" });
    return this.tell();
  }

  offer() {
    this.ask({ kind: "events", events: this.waiting.events });
  }

  hear(message) {
    this.asked = null;
    if (message.kind === "pane" && !this.view) this.open(message);
    if (message.kind === "saved") this.saved(message);
    if (message.kind === "items") this.received(message.items);
    if (message.kind === "refused") this.refused(message.events);
    if (message.why) this.failure = message.why;
    if (this.view) this.tell();
  }

  open(setup) {
    this.states = [...setup.states];
    this.waiting = new Waiting(setup.store);
    this.clock = new Clock(setup.idle);
    this.view = new View(this.el, setup, (action, value) => this.act(action, value));
    const root = this.view.root;
    root.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["pointermove", "wheel", "pointerdown"]) {
      root.addEventListener(kind, () => this.clock.touch(), { passive: true });
    }
    root.addEventListener("focusout", (event) => root.contains(event.relatedTarget) || this.clock.pause());
    // a click on the text turns the keys on; JupyterLab would take the focus back to its cell
    root.addEventListener("mousedown", (event) => event.stopPropagation());
    if (setup.dropped) {
      this.failure = `${setup.dropped} unfinished line(s) of ${setup.file}, left by a stopped kernel, were dropped.`;
    }
    if (this.waiting.size) this.offer(); // before the first comment without a code is looked for
    else this.go(this.firstOpen());
  }

  saved(message) {
    this.waiting.done(message.events);
    for (const [at, state] of Object.entries(message.states)) {
      if (!this.waiting.last(this.items.get(Number(at))?.comment_id)) this.states[at] = state;
    }
    if (message.events.length) this.failure = "";
    if (this.at === null) this.go(this.firstOpen());
    if (!this.waiting.size && this.doing) {
      this.say(`Saved: ${this.doing}.`);
      this.doing = null;
    }
  }

  /** These codes can never be saved: show the comment as the kernel knows it. */
  refused(events) {
    this.waiting.done(events);
    this.items.clear();
    this.go(this.at ?? this.firstOpen());
  }

  received(items) {
    for (const item of items) {
      item.code = { ...BLANK, ...item.code, ...this.waiting.last(item.comment_id) };
      if (!this.items.has(item.at)) this.items.set(item.at, item);
    }
    for (const at of this.items.keys()) if (this.items.size > KEPT && at !== this.at) this.items.delete(at);
    if (items.some((item) => item.at === this.at) && !this.shown) this.show();
  }

  // ---- moving

  firstOpen(from = 0) {
    const after = this.states.indexOf("-", from);
    const any = after < 0 ? this.states.indexOf("-") : after;
    return any < 0 ? Math.min(from, this.states.length - 1) : any;
  }

  go(at) {
    if (at < 0) return this.say("This is the first comment.");
    if (at >= this.states.length) return this.say("This is the last comment.");
    this.at = at;
    this.shown = false;
    this.show();
    if (!this.items.has(at) || (at + 1 < this.states.length && !this.items.has(at + 1))) this.ask({ kind: "show", at });
  }

  show() {
    const item = this.items.get(this.at) ?? null;
    this.view.showItem(this.at, item);
    this.view.showCode(item?.code ?? BLANK);
    this.shown = item !== null;
    if (!this.shown) return;
    this.clock.begin(item.code.seconds ?? 0);
    if (!this.view.root.contains(document.activeElement)) this.clock.pause();
    this.read();
    this.tell();
  }

  /** For a screen reader: the comment, with what it needs to be understood. */
  read() {
    const item = this.items.get(this.at);
    if (!item) return;
    const answers = item.thread.length ? `It answers: ${item.thread.at(-1).slice(0, 300)} ` : "";
    const code = item.code.label ? ` Coded ${worded(item.code)}.` : "";
    const said = item.said.map((other) => ` ${other.coder} said ${worded(other)}.`).join("");
    const where = `Comment ${this.at + 1} of ${this.states.length}, by ${item.author || "no name"}`;
    const under = `under ${item.essay_title || "an essay without a title"}.${code}${said}`;
    this.view.spoken.textContent = `${where}, ${under} ${answers}The comment: ${item.text.slice(0, 2000)}`;
  }

  say(words) {
    this.view.status.textContent = words;
  }

  /** Progress, what waits, and what is wrong. */
  tell() {
    const done = this.states.filter((state) => state !== "-").length;
    this.view.showProgress(done, this.states.filter((state) => state === "u").length);
    this.view.showPending(this.waiting.size);
    this.view.showTrouble(this.silent() ? GONE : this.failure);
    if (this.silent() && this.doing) this.say(`Not saved yet: ${this.doing}.`);
  }

  // ---- coding

  key(event) {
    event.stopPropagation();
    this.clock.touch();
    const typing = event.target === this.view.note;
    if (event.key === "Escape" || (typing && event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      if (!this.view.help.hidden) this.act("help");
      else this.view.root.focus({ preventScroll: true }); // leaving the note saves it
      return;
    }
    const found = typing ? null : actionOf(event);
    if (!found) return;
    event.preventDefault();
    if (this.view.help.hidden || found[0] === "help") this.act(...found);
  }

  act(action, value) {
    if (action === "help") return this.view.toggleHelp();
    if (action === "codebook") return this.say(this.view.toggleBook());
    if (action === "next") return this.go(this.at + 1);
    if (action === "previous") return this.go(this.at - 1);
    if (action === "first") return this.states.includes("-") ? this.go(this.firstOpen()) : this.say(FINISHED);
    if (action === "undo") return this.undo();
    if (action === "saved") return this.say("Codes are saved by themselves; there is nothing to do.");
    const item = this.items.get(this.at);
    if (!item || action === "nothing") return null;
    if (action === "again") return this.read();
    if (action === "note") return this.view.note.focus();
    if (action === "typing") return this.typing();
    if (action === "typed") return this.typed();
    return this.code(item, action, value);
  }

  code(item, action, value) {
    const before = item.code;
    const code = { ...before };
    if (action === "clear") Object.assign(code, { label: null, position: null, sure: true });
    else if (action === "unsure") code.sure = !code.sure;
    else code[action] = value;
    if (code.label === "spam") code.position = "unclear"; // the codebook: always so for spam
    else if (before.label === "spam") code.position = null; // and so it says nothing of another label
    const more = action === "label" && !complete(code) ? ". Now toward the essay: f, g or u" : "";
    this.keep(item, code, worded(code) + more);
    if (!complete(before) && complete(code)) this.onward();
  }

  keep(item, code, words) {
    this.past.push({ at: item.at, comment_id: item.comment_id, code: item.code });
    item.code = code;
    this.send(item.at, item.comment_id, code, words);
  }

  /** Put an event into the queue and offer the queue to the kernel; the words are said when it is saved. */
  send(at, commentId, code, words) {
    this.number += 1;
    const seconds = at === this.at && this.shown ? this.clock.seconds() : code.seconds;
    const { label, position, sure, note } = code;
    const now = { at: new Date().toISOString(), session: this.session, event: `${this.session}-${this.number}` };
    this.waiting.add({ comment_id: commentId, label, position, sure, note, seconds, ...now });
    code.seconds = seconds;
    this.states[at] = label === null ? "-" : sure ? "c" : "u";
    this.doing = words;
    this.say("");
    if (at === this.at) this.view.showCode(code);
    this.offer();
    this.tell();
  }

  onward() {
    if (this.states.includes("-")) return this.go(this.firstOpen(this.at + 1));
    this.doing = null;
    return this.say(FINISHED);
  }

  undo() {
    const last = this.past.pop();
    if (!last) return this.say("There is nothing to undo since the pane was opened; x takes a comment's code back.");
    const item = this.items.get(last.at);
    if (item) item.code = { ...last.code };
    if (last.at !== this.at) this.go(last.at);
    const words = `undone, comment ${last.at + 1} has ${worded(last.code)}`;
    return this.send(last.at, last.comment_id, item?.code ?? { ...last.code }, words);
  }

  typing() {
    clearTimeout(this.pause);
    this.noted ??= this.items.get(this.at);
    this.pause = setTimeout(() => this.typed(), TYPING);
  }

  typed() {
    clearTimeout(this.pause);
    const item = this.noted;
    this.noted = null;
    const note = this.view.note.value;
    if (item && item.code.note !== note) this.keep(item, { ...item.code, note }, note ? "note" : "no note");
  }
}

export default {
  render({ model, el }) {
    const pane = new Pane(model, el);
    return () => pane.close();
  },
};
