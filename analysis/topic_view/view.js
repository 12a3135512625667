// The topics, to be looked through: draws what the page's own data holds, asks nobody for anything, and puts every word
// of the corpus in as text, never as markup.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const WIDE = 480, HIGH = 340, EDGE = 10; // of the map, in its own units
  const COVERED = 0.09; // of the map, by all circles together: more would hide one another
  const APART = 13; // of two numbers, at least
  const WEAK = "Weak: not to be built on. Other draws of the essays gave other words, or it leads no essay.";
  const FEW = 12; // topics; with more the list is higher than a screen, and is not held in sight beside the words

  /** Fill an element with attributes, listeners and children; a text stays a text whatever it holds. */
  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") node.addEventListener(name, value);
      else if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  /** A number with three digits after the point, rounded as the tables are: a tie goes to the even digit. */
  const three = (value) => {
    if (value === null) return "?";
    const tie = Number.isInteger(value * 16) && Math.abs(value * 16) % 2 === 1;
    const below = Math.floor(value * 1000);
    const digits = tie ? ((below % 2 === 0 ? below : below + 1) / 1000).toFixed(3) : value.toFixed(3);
    return digits.replace("-", "\u2212");
  };
  const span = (low, high) => (low === null || high === null ? "" : ` (${three(low)} to ${three(high)})`);
  const whole = (value) => value.toLocaleString("en-US");
  const times = (n, noun) => `${whole(n)} ${n === 1 ? noun.replace(/s$/, "") : noun}`;
  const named = (topic) => `Topic ${topic.topic}: ${topic.label}${topic.weak ? " (weak)" : ""}`;

  /** Words of a topic by relevance (Sievert & Shirley 2014), the most relevant first; equals by the alphabet. */
  const rank = (data, topic, relevance) => {
    const { smoothing, tokens, shown } = data.relevance;
    const score = ([word, p]) => Math.log(p) - (1 - relevance) * Math.log((data.words[word][1] + smoothing) / tokens);
    const scored = topic.uses.map((use) => [score(use), use]);
    scored.sort(([a, one], [b, other]) => b - a || one[0] - other[0]);
    return scored.slice(0, shown).map(([, use]) => use);
  };

  /** A bar with its name before and its number after; all bars of a list share one scale. */
  const bar = ({ name, value, low = null, high = null, most, said, hit = false, light = false, title = null }) =>
    make("li", { class: [hit && "btl-hit", light && "btl-light"].filter(Boolean).join(" ") || null },
      make("span", { class: "btl-name", dir: "auto", title: title ?? name }, name),
      make("span", { class: "btl-track", "aria-hidden": "true" },
        make("span", { class: "btl-bar", style: `width:${(100 * (value ?? 0)) / most}%` }),
        low === null || high === null ? null : make("span", { class: "btl-whisker",
          style: `left:${(100 * low) / most}%;width:${(100 * (high - low)) / most}%` })),
      make("span", { class: "btl-n" }, said));

  const start = (root) => {
    const data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    if (!data.topics.length) return;
    const own = data.relevance.own;
    const state = { topic: data.topics[0], reading: "apart", relevance: own ?? 1, word: null };
    const spoken = make("p", { class: "btl-spoken", role: "status" });
    const dots = new Map(), entries = new Map();
    const detail = make("section", { "aria-label": "The chosen topic" });

    const choose = (topic, say = true) => {
      state.topic = topic;
      for (const [other, node] of dots) {
        node.setAttribute("aria-checked", String(other === topic));
        node.setAttribute("tabindex", other === topic ? "0" : "-1");
      }
      for (const [other, node] of entries) {
        node.setAttribute("aria-pressed", String(other === topic));
        node.closest("tr").toggleAttribute("data-chosen", other === topic);
      }
      show();
      if (say) spoken.textContent = `${named(topic)} is shown.`;
    };

    // ---- the chosen topic
    const words = make("ol", { class: "btl-bars" });
    const how = make("p", { class: "btl-soft" });
    const output = make("output");
    const lowest = data.relevance.steps[0];
    const slider = make("input", { type: "range", min: lowest, max: 1, step: 0.05, value: state.relevance,
      "aria-label": "Relevance, from what sets apart to what is frequent",
      input: () => { state.relevance = Number(slider.value); showWords(); } });
    const slide = make("label", { class: "btl-row" }, "relevance", slider, output);
    const readings = { apart: "words that set it apart", uses: "words it uses" };
    const buttons = Object.entries(readings).map(([reading, text]) =>
      make("button", { type: "button", "data-reading": reading,
        click: () => { state.reading = reading; showWords(); } }, text));

    const showWords = () => {
      const { topic, reading, relevance } = state;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.reading === reading));
      slide.hidden = reading === "apart";
      slide.style.display = reading === "apart" ? "none" : "";
      output.textContent = relevance.toFixed(2) + (relevance === own ? " (the package\u2019s own)" : "");
      if (reading === "apart") {
        how.textContent = "As in the table topic_words: the weight of a word for this topic, 1 for the first. " +
          "For ordering; not a share.";
        const most = Math.max(...topic.apart.map(([, weight]) => weight), Number.MIN_VALUE);
        words.replaceChildren(...topic.apart.map(([word, weight]) =>
          bar({ name: word, value: weight, most, said: three(weight), hit: word === state.word, light: true })));
        return;
      }
      how.textContent = "Probability of the word in the topic, and how often it stands in the corpus. At 1 the most " +
        "probable words come first; lower, those that are rarer elsewhere. This and the words that set it apart are " +
        "two readings of one fit; their orders need not agree.";
      const ranked = rank(data, topic, relevance);
      const most = Math.max(...topic.uses.map(([, p]) => p), Number.MIN_VALUE);
      words.replaceChildren(...ranked.map(([place, p]) => {
        const [word, count] = data.words[place];
        const said = `${p.toPrecision(3)} · ${whole(count)}\u00d7`;
        return bar({ name: word, value: p, most, said, hit: word === state.word });
      }));
    };

    const fact = (name, value) => make("div", {}, make("dt", {}, name), make("dd", {}, value));
    const passage = ({ title, share, pieces }) => make("li", {},
      make("p", { class: "btl-soft" }, make("bdi", {}, title), ` · share ${three(share)}`),
      make("blockquote", { dir: "auto" }, ...pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text))));
    const change = ({ slope, slope_low: low, slope_high: high, p_holm: p }) => make("p", { class: "btl-soft" },
      `Change a year ${three(slope)}${span(low, high)}; p ${three(p)}, adjusted for all topics.`);
    const strip = ({ title, unit, rows, trend }) => {
      const most = Math.max(...rows.map(({ share, high }) => Math.max(share ?? 0, high ?? 0)), Number.MIN_VALUE);
      const bars = rows.map((row) => bar({ ...row, value: row.share, most,
        said: `${three(row.share)}${span(row.low, row.high)}${row.apart ? " *" : ""}, ${times(row.n, unit)}` }));
      return make("div", {}, make("h5", {}, title), trend && trend.slope !== null ? change(trend) : null,
        make("ol", { class: "btl-bars btl-wide", "aria-label": title }, ...bars), rows.some(({ apart }) => apart)
          ? make("p", { class: "btl-soft" }, "* differs from all other groups, adjusted for all comparisons.") : null);
    };

    const show = () => {
      const { topic } = state;
      showWords();
      const most = Math.max(...topic.essays_most.map(([, share]) => share), Number.MIN_VALUE);
      const parts = [
        make("h4", {}, named(topic)),
        make("dl", { class: "btl-facts" },
          fact("share of the words", three(topic.prevalence)),
          fact("stability", three(topic.stability) + span(topic.low, topic.high)),
          fact("coherence (NPMI)", three(topic.npmi)),
          topic.c_v === null ? null : fact("C_V", three(topic.c_v)),
          topic.exclusivity === null ? null : fact("exclusivity", three(topic.exclusivity)),
          fact("essays it leads", whole(topic.essays))),
        topic.weak ? make("p", {}, topic.why ? `Weak, not to be built on: ${topic.why}` : WEAK) : null,
        make("div", { class: "btl-row", role: "group", "aria-label": "Which words" }, ...buttons),
        slide, how, words,
        make("h5", {}, "Paragraphs that show it most clearly"),
        topic.paragraphs.length ? make("ol", {}, ...topic.paragraphs.map(passage)) : make("p", {}, "None was kept."),
        make("h5", {}, "Essays with most of it"),
        make("ol", { class: "btl-bars btl-wide" }, ...topic.essays_most.map(([name, value]) =>
          bar({ name, value, most, said: three(value) }))),
        ...topic.strips.map(strip)];
      detail.replaceChildren(...parts.filter((part) => part !== null));
    };

    // ---- the map
    const largest = Math.max(...data.topics.map(({ prevalence }) => prevalence));
    const radius = ({ prevalence }) => Math.max(4, Math.sqrt((COVERED * WIDE * HIGH * prevalence) / Math.PI));
    const scale = () => {
      const ends = (name) => [Math.min, Math.max].map((end) => end(...data.topics.map((topic) => topic[name])));
      const [[west, east], [south, north]] = [ends("x"), ends("y")];
      const edge = 2 * (EDGE + radius({ prevalence: largest }));
      const unit = Math.min((WIDE - edge) / Math.max(east - west, 1e-9), (HIGH - edge) / Math.max(north - south, 1e-9));
      return ({ x, y }) => [WIDE / 2 + (x - (west + east) / 2) * unit, HIGH / 2 - (y - (south + north) / 2) * unit];
    };
    const move = (event, topic) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const last = data.topics.length - 1, at = data.topics.indexOf(topic);
      const to = by ? (at + by + last + 1) % (last + 1) : { Home: 0, End: last, Enter: at, " ": at }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation(); // the notebook has uses of its own for these keys
      choose(data.topics[to]);
      dots.get(data.topics[to]).focus();
    };
    /** Where a number stands: in the middle of its circle, or aside where another number stands already. */
    const free = (taken, x, y, r) => {
      const aside = r < 9 ? [[r + 7, 0], [0, -r - 7], [-r - 7, 0], [0, r + 7]]
        : [[0, 0], [0.65 * r, 0], [-0.65 * r, 0], [0, -0.65 * r], [0, 0.65 * r]];
      const spots = aside.map(([dx, dy]) => [x + dx, y + dy]);
      const spot = spots.find(([a, b]) => taken.every(([c, d]) => Math.hypot(a - c, b - d) >= APART)) ?? spots[0];
      taken.push(spot);
      return spot;
    };
    const map = () => {
      const place = scale(), taken = [], numbers = [];
      const shapes = [...data.topics].sort((a, b) => b.prevalence - a.prevalence).map((topic) => {
        const [x, y] = place(topic), r = radius(topic);
        const node = draw("g", { role: "radio", class: topic.weak ? "btl-weak" : null,
          "aria-label": `${named(topic)}, share ${three(topic.prevalence)}`,
          click: () => { choose(topic); node.focus(); }, keydown: (event) => move(event, topic) },
          draw("title", {}, named(topic)), draw("circle", { cx: x, cy: y, r }));
        const [left, top] = free(taken, x, y, r);
        dots.set(topic, node);
        numbers.push(draw("text", { x: left, y: top, "aria-hidden": "true" }, String(topic.topic)));
        return node;
      });
      return draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "radiogroup",
        "aria-label": "Map of the topics; arrow keys go from topic to topic" }, ...shapes, ...numbers);
    };
    const kept = data.kept === null ? "" : ` The map keeps ${three(data.kept)} of the squared distances (1: all).`;
    const figure = make("figure", {}, map(), make("figcaption", {},
      "Near each other: topics that use the same words (Jensen-Shannon distance, flattened). Area: share of the " +
      `words. Dashed: weak.${kept}`));

    // ---- the list
    const entry = (topic) => {
      const button = make("button", { type: "button", click: () => choose(topic) }, topic.label);
      entries.set(topic, button);
      const cell = (text) => make("td", { class: "btl-n" }, text);
      return make("tr", {}, cell(String(topic.topic)), make("td", {}, button, topic.weak ? " (weak)" : ""),
        cell(three(topic.prevalence)), cell(three(topic.stability) + span(topic.low, topic.high)),
        cell(three(topic.npmi)));
    };
    const head = (text, n = true) => make("th", { scope: "col", class: n ? "btl-n" : null }, text);
    const list = make("table", { "aria-label": "All topics" },
      make("thead", {}, make("tr", {},
        head("no."), head("topic", false), head("share"), head("stability"), head("NPMI"))),
      make("tbody", {}, ...data.topics.map(entry)));

    // ---- the search
    const found = make("ul", { class: "btl-found", "aria-live": "polite", "aria-label": "Words found" });
    const match = ([word, count, topics]) => make("li", {},
      make("b", { dir: "auto" }, word), make("span", { class: "btl-soft" }, `${whole(count)}\u00d7`),
      ...topics.map(([number, share]) => make("button", { type: "button", click: () => {
        Object.assign(state, { word, reading: "uses" });
        choose(data.topics[number - 1]);
      } }, `topic ${number}: ${three(share)} of its uses`)));
    const look = () => {
      const asked = search.value.trim().toLowerCase();
      const starts = asked ? data.words.filter(([word]) => word.startsWith(asked)) : [];
      starts.sort((a, b) => (b[0] === asked) - (a[0] === asked) || b[1] - a[1]);
      state.word = starts.some(([word]) => word === asked) ? asked : null;
      found.replaceChildren(...starts.slice(0, 5).map(match));
      const none = `No word of the topics begins with \u201c${asked}\u201d.`;
      if (asked && !starts.length) found.append(make("li", {}, none));
      showWords();
    };
    const search = make("input", { type: "search", autocomplete: "off", spellcheck: "false", input: look,
      keydown: (event) => event.stopPropagation() });

    const held = data.topics.length > FEW ? null : "btl-held";
    const left = make("section", { "aria-label": "All topics", class: held }, figure,
      make("h5", {}, "All topics, most prevalent first"), list);
    const live = make("div", { class: "btl-live" },
      make("label", { class: "btl-row" }, "Find a word", search), found,
      make("div", { class: "btl-grid" }, left, detail),
      data.more.length ? make("p", { class: "btl-soft" }, data.more.join(" ")) : null, spoken);
    choose(state.topic, false);
    root.querySelector(".btl-live")?.remove();
    root.querySelector(".btl-static").hidden = true;
    root.append(live);
  };

  for (const root of document.querySelectorAll(".btl-topics")) {
    if (root.btlStarted) continue;
    root.btlStarted = true;
    start(root);
  }
})();
