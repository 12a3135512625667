// What a check for accessibility looks for, in the page: names, roles, references, contrast. Returns what is wrong.
(root) => {
  const wrong = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const nameOf = (node) => {
    const by = node.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
    return (node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.textContent).trim();
  };
  for (const node of root.querySelectorAll("button, textarea, progress, [role]")) {
    if (!nameOf(node) && !["status", "alert"].includes(node.getAttribute("role"))) wrong.push(`no name: ${node.outerHTML.slice(0, 80)}`);
  }
  for (const node of root.querySelectorAll("[aria-labelledby], [aria-describedby], label[for]")) {
    for (const attribute of ["aria-labelledby", "aria-describedby", "for"]) {
      for (const id of (node.getAttribute(attribute) ?? "").split(" ").filter(Boolean)) {
        if (document.querySelectorAll(`#${id}`).length !== 1) wrong.push(`${attribute} leads nowhere: ${id}`);
      }
    }
  }
  if (root.querySelector("a, script, img, iframe, [onclick]")) wrong.push("something that acts or links");
  for (const node of root.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) wrong.push("an order of its own");
  for (const node of root.querySelectorAll("*")) {
    const scrolls = node.scrollHeight > node.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(node).overflowY);
    if (scrolls && shown(node) && node.tabIndex < 0) wrong.push(`scrolls without the keyboard: ${node.className}`);
  }
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let texts = 0;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.textContent.trim() || !shown(node)) continue;
    const layers = [];
    for (let up = node; up; up = up.parentElement) layers.unshift(getComputedStyle(up).backgroundColor);
    const behind = paint(["white", ...layers]);
    const ink = paint(["white", ...layers, getComputedStyle(node).color]);
    const ratio = (Math.max(behind, ink) + 0.05) / (Math.min(behind, ink) + 0.05);
    if (ratio < 4.5) wrong.push(`contrast ${ratio.toFixed(2)}: ${text.textContent.trim().slice(0, 40)}`);
    texts += 1;
  }
  if (texts < 15) wrong.push(`only ${texts} texts were looked at`);
  return wrong;
}
