// Every element of the pane is made here. What comes from a page enters as text and never as markup.

/** Make an element; children are elements or texts, and a text stays a text whatever it holds. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Replace what an element holds by elements and texts. */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((child) => child !== null));
}

/** A text of somebody else's, apart from ours in direction: its marks cannot turn our words round. */
export function foreign(tag, text, attributes = {}) {
  return element(tag, { dir: "auto", ...attributes }, text);
}

const MANY = 500; // a text of more lines stays one block: thousands of elements would make the pane slow

/** The paragraphs of somebody else's text, each with its own direction. */
export function paragraphs(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.length > MANY ? [foreign("p", text)] : lines.map((line) => foreign("p", line));
}
