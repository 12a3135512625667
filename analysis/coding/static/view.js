// What the coder sees and a screen reader says. The view knows no rules: it shows what it is told.
import { element, fill, foreign, paragraphs } from "./element.js";
import { ACTIONS, LABEL_KEYS, POSITION_KEYS } from "./keys.js";
import { bookOf, helpOf } from "./panels.js";

const OFF = "Keys are off. Click the pane, or press Tab until its frame is thick.";

const hidden = (node, yes) => node.toggleAttribute("hidden", yes);

export class View {
  constructor(el, setup, act) {
    this.act = act;
    this.total = setup.states.length;
    this.buttons = new Map();
    this.build(setup, `btl${Math.random().toString(36).slice(2, 8)}`);
    fill(el, this.root);
  }

  build(setup, id) {
    this.where = element("strong", { class: "btl-where" });
    this.count = element("span", { class: "btl-count" });
    this.bar = element("progress", { max: this.total, value: 0, "aria-label": "comments coded" });
    this.status = element("span", { class: "btl-status", role: "status" });
    this.pending = element("span", { class: "btl-pending" });
    this.trouble = element("p", { class: "btl-trouble", role: "alert", hidden: true });
    this.spoken = element("div", { class: "btl-spoken", "aria-live": "polite" });
    this.help = helpOf(setup, `${id}-help`, () => this.act("help"));
    const who = setup.adjudicate ? `adjudicated by ${setup.coder}` : `coder ${setup.coder}`;
    this.root = element(
      "section",
      // JupyterLab's own shortcuts do not act below this attribute
      { class: "btl", role: "application", tabindex: 0, "data-lm-suppress-shortcuts": "true",
        "aria-label": `Coding pane, ${who}. One key codes a comment; h lists the keys.` },
      element("div", { class: "btl-top" }, this.where, this.bar, this.count,
        element("span", { class: "btl-who" }, who), this.pending),
      element("div", { class: "btl-now" }, this.status,
        element("span", { class: "btl-off", "aria-hidden": "true" }, OFF)),
      this.trouble,
      element("div", { class: "btl-body" }, this.buildContext(setup), this.buildWork(setup, id)),
      this.buildTools(),
      this.help,
      this.spoken,
    );
  }

  buildContext(setup) {
    this.essayTitle = element("div", { class: "btl-essay-head" });
    this.essayText = element("div", { class: "btl-text" });
    this.essay = element("div", { class: "btl-scroll", role: "document", tabindex: 0, "aria-label": "The essay" },
      this.essayTitle, this.essayText);
    this.book = bookOf(setup.codebook);
    hidden(this.book, true);
    return element("div", { class: "btl-context" }, this.essay, this.book);
  }

  buildWork(setup, id) {
    const scroll = (name) => ({ role: "document", tabindex: 0, "aria-label": name });
    this.thread = element("div", { class: "btl-thread", ...scroll("What the comment answers"), hidden: true });
    this.meta = element("p", { class: "btl-meta" });
    this.text = element("div", { class: "btl-text" });
    const task = scroll("The comment to code");
    this.comment = element("div", { class: "btl-comment", ...task }, this.meta, this.text);
    const name = "What the coders said";
    this.said = element("div", { class: "btl-said", role: "group", "aria-label": name, hidden: true });
    const labels = setup.codebook.order.map((label) =>
      this.choice("label", label, LABEL_KEYS[label], `${id}-${label}`, setup.codebook.labels[label].meaning));
    const positions = setup.positions.map((name) =>
      this.choice("position", name, POSITION_KEYS[name], `${id}-${name}`, setup.codebook.positions[name] ?? null));
    const heard = { input: () => this.act("typing"), blur: () => this.act("typed") };
    this.note = element("textarea", { id: `${id}-note`, rows: 1, ...heard });
    return element("div", { class: "btl-work" }, this.thread, this.comment, this.said,
      element("div", { class: "btl-labels", role: "group", "aria-label": "Label" }, ...labels),
      element("div", { class: "btl-positions", role: "group", "aria-label": "Toward the essay" },
        element("span", { class: "btl-caption" }, "Toward the essay"), ...positions),
      element("div", { class: "btl-note" }, element("label", { for: `${id}-note` }, "Note"), this.note));
  }

  choice(kind, name, key, id, meaning) {
    const button = element("button",
      { type: "button", "aria-pressed": "false", "aria-keyshortcuts": key, "aria-labelledby": `${id}-name`,
        "aria-describedby": meaning ? `${id}-what` : null, title: meaning, click: () => this.act(kind, name) },
      element("kbd", { "aria-hidden": "true" }, key),
      element("span", { class: "btl-name", id: `${id}-name` }, name),
      meaning ? element("span", { class: "btl-what", id: `${id}-what` }, meaning) : null);
    this.buttons.set(`${kind}/${name}`, button);
    return button;
  }

  buildTools() {
    const tools = ACTIONS.map(([action, keys, shown, name]) => {
      const button = element("button",
        { type: "button", class: action === "again" ? "btl-for-ears" : "", "aria-keyshortcuts": keys.join(" "),
          click: () => this.act(action) },
        element("kbd", { "aria-hidden": "true" }, shown), element("span", { class: "btl-name" }, name));
      this.buttons.set(action, button);
      return button;
    });
    return element("div", { class: "btl-tools", role: "group", "aria-label": "More keys" }, ...tools);
  }

  /** Show a comment with its essay and thread, from the top. */
  showItem(at, item) {
    this.where.textContent = `Comment ${at + 1} of ${this.total}`;
    this.root.toggleAttribute("data-waiting", item === null);
    fill(this.text, ...paragraphs(item === null ? "Waiting for the kernel to send this comment …" : item.text));
    if (item === null) {
      fill(this.meta);
      hidden(this.thread, true);
      return;
    }
    const parts = [foreign("bdi", item.author || "no name", { class: "btl-author" })];
    if (item.author_link) parts.push(foreign("bdi", item.author_link, { class: "btl-link" }));
    if (item.date) parts.push(foreign("bdi", item.date));
    fill(this.meta, ...parts);
    hidden(this.thread, item.thread.length === 0);
    fill(this.thread, element("p", { class: "btl-caption" }, "It answers"),
      ...item.thread.map((text) => foreign("blockquote", text)));
    this.thread.scrollTop = this.thread.scrollHeight;
    this.comment.scrollTop = 0;
    this.showEssay(item);
    this.showSaid(item.said);
  }

  showEssay(item) {
    const same = this.shown?.essay === item.essay && this.shown?.essay_title === item.essay_title;
    this.shown = item;
    if (same) return; // keep the place in it
    fill(this.essayTitle, foreign("p", item.essay_title || "Essay without a title", { class: "btl-title" }),
      item.essay_author ? foreign("p", item.essay_author, { class: "btl-meta" }) : null);
    fill(this.essayText, ...paragraphs(item.essay || "The essay's text is not there."));
    this.essay.scrollTop = 0;
  }

  showSaid(said) {
    hidden(this.said, said.length === 0);
    fill(this.said, ...said.map((code) => element("p", {},
      element("strong", {}, code.coder), ` said ${code.label}`, code.position ? `, ${code.position}` : "",
      code.sure ? "" : ", unsure", code.note ? ": " : "", code.note ? foreign("q", code.note) : null)));
  }

  /** Show a comment's code on the buttons and in the note. */
  showCode(code) {
    for (const [name, button] of this.buttons) {
      const [kind, value] = name.split("/");
      if (value) button.setAttribute("aria-pressed", String(code[kind] === value));
    }
    this.buttons.get("unsure").setAttribute("aria-pressed", String(!code.sure));
    if (document.activeElement !== this.note) this.note.value = code.note;
  }

  showProgress(done, unsure) {
    this.bar.value = done;
    this.count.textContent = `${done} of ${this.total} coded, ${unsure} unsure`;
  }

  showPending(count) {
    this.root.toggleAttribute("data-pending", count > 0);
    this.pending.textContent = count ? `not saved yet: ${count}` : "all saved";
  }

  showTrouble(words) {
    if (this.trouble.textContent !== words) this.trouble.textContent = words;
    hidden(this.trouble, !words);
  }

  /** The codebook in place of the essay, or back; says which is there now. */
  toggleBook() {
    hidden(this.essay, this.book.hidden);
    hidden(this.book, !this.book.hidden);
    this.buttons.get("codebook").setAttribute("aria-pressed", String(!this.book.hidden));
    return this.book.hidden ? "The essay is shown." : "The codebook is shown.";
  }

  /** The list of keys takes the focus, and gives it back to the pane. */
  toggleHelp() {
    hidden(this.help, !this.help.hidden);
    (this.help.hidden ? this.root : this.help).focus({ preventScroll: true });
  }
}
