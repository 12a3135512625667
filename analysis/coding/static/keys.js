// Which key does what. One table makes the keyboard, the buttons and the help.

export const LABEL_KEYS = { agreeing: "a", extending: "e", spam: "s", none: "n" };
export const POSITION_KEYS = { for: "f", against: "g", unclear: "u" };

// action, the keys, how they are written, on the button, in the help
export const ACTIONS = [
  ["unsure", ["?", "q"], "?", "unsure", "unsure: another careful coder might say otherwise (q does the same)"],
  ["note", ["m"], "m", "note", "write a note; Escape goes back to coding"],
  ["undo", ["z"], "z", "undo", "undo the last key"],
  ["clear", ["x"], "x", "take back", "take this comment's code back"],
  ["previous", ["ArrowLeft", ","], "←", "previous", "previous comment (a comma does the same)"],
  ["next", ["ArrowRight", "."], "→", "next", "next comment (a full stop does the same)"],
  ["first", ["j"], "j", "first uncoded", "first comment without a code"],
  ["codebook", ["c"], "c", "codebook", "codebook in place of the essay, and back"],
  ["again", ["r"], "r", "read again", "a screen reader reads the comment again"],
  ["help", ["h"], "h", "keys", "this list; h or Escape closes it"],
];
const REPEATABLE = new Set(["previous", "next"]); // a label key held down must not code thirty comments

/** What a key press asks for: [action, value], or null. */
export function actionOf(event) {
  if (event.isComposing || event.altKey) return null;
  const command = event.ctrlKey || event.metaKey;
  // on a keyboard of another script the key's place counts
  const place = event.code.startsWith("Key") && !/^[\x20-\x7e]$/.test(event.key);
  const key = (place ? event.code.slice(3) : event.key).replace(/^[A-Z]$/, (letter) => letter.toLowerCase());
  if (command) return key === "s" ? ["saved", null] : key === "z" ? ["undo", null] : null;
  const found = findAction(key);
  return found && event.repeat && !REPEATABLE.has(found[0]) ? ["nothing", null] : found;
}

function findAction(key) {
  const label = Object.keys(LABEL_KEYS).find((name) => LABEL_KEYS[name] === key);
  if (label) return ["label", label];
  const position = Object.keys(POSITION_KEYS).find((name) => POSITION_KEYS[name] === key);
  if (position) return ["position", position];
  const action = ACTIONS.find(([, keys]) => keys.includes(key));
  return action ? [action[0], null] : null;
}
