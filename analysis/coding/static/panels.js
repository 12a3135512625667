// The two things to look up while coding: the codebook, and the list of keys.
import { element } from "./element.js";
import { ACTIONS, LABEL_KEYS, POSITION_KEYS } from "./keys.js";

const list = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));

/** The codebook, label by label in the order in which a coder decides. */
export function bookOf(book) {
  const labels = book.order.map((name) => {
    const entry = book.labels[name];
    return element("div", { class: "btl-entry" },
      element("p", { class: "btl-title" }, element("kbd", {}, LABEL_KEYS[name]), ` ${name}`),
      element("p", {}, entry.meaning), list(entry.signs ?? []),
      entry.but ? element("p", {}, entry.but) : null,
      ...(entry.examples ?? []).map((text) => element("p", { class: "btl-example" }, text)));
  });
  const positions = Object.entries(book.positions).map(([name, text]) =>
    element("p", {}, element("kbd", {}, POSITION_KEYS[name]), element("strong", {}, ` ${name}: `), text));
  return element("div", { class: "btl-scroll btl-book", role: "document", tabindex: 0, "aria-label": "The codebook" },
    element("p", { class: "btl-caption" }, `Codebook ${book.version}: stop at the first label that fits`),
    book.unit ? element("p", {}, book.unit) : null, ...labels,
    element("div", { class: "btl-entry" }, element("p", { class: "btl-title" }, "Toward the essay"), ...positions));
}

/** The list of keys, with what the pane does by itself. */
export function helpOf(setup, id, close) {
  const row = (key, what) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)];
  const codes = [
    ...setup.codebook.order.map((name) => row(LABEL_KEYS[name], `label: ${name}`)),
    ...setup.positions.map((name) => row(POSITION_KEYS[name], `toward the essay: ${name}`)),
  ];
  const others = ACTIONS.map(([, , shown, , what]) => row(shown, what));
  return element("div", { class: "btl-help", role: "dialog", "aria-labelledby": id, tabindex: 0, hidden: true },
    element("p", { class: "btl-title", id }, "Keys"),
    element("div", { class: "btl-keys" }, ...[codes, others].map((rows) => element("dl", {}, ...rows.flat()))),
    element("p", {}, "With a label and a position given, the pane goes on to the next comment; spam needs no position. " +
      `Each key is saved at once to ${setup.file}, which is only ever added to.`),
    element("p", {}, "Time is counted for each comment; a stretch without a key or a move of the mouse counts " +
      `${setup.idle / 60} minutes at most.`),
    element("p", {}, setup.adjudicate ? "You see what the coders said, and decide. Their own files stay as they are."
      : "You see neither the machine's labels nor another coder's codes."),
    element("button", { type: "button", click: close }, "Close"));
}
