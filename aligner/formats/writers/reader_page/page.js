// The rows on the page, and the one that the reader is at.

export const about = JSON.parse(document.getElementById("about").textContent);
export const root = document.documentElement;
export const main = document.getElementById("text");
export const rows = [...main.querySelectorAll(".group > li")];

let here = null;
const followers = [];

export const current = () => here;
/** Call back whenever the reader goes to another row. */
export const onSelect = (follower) => followers.push(follower);

/** The two cells of a row, source first; swapping is a matter of style. */
export const cells = (row) => [row.children[1], row.children[2]];

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The pieces of text of a cell, without the buttons that correcting puts there. */
function textNodes(cell) {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("button")) nodes.push(walker.currentNode);
  return nodes;
}

export const textOf = (cell) => textNodes(cell).map((node) => node.data).join("");

/** The range of characters [start, stop) of a cell's text. */
export function rangeOf(cell, start, stop) {
  const nodes = textNodes(cell);
  const place = (offset, end) => {
    for (const node of nodes) {
      if (offset < node.length + end) return [node, offset];
      offset -= node.length;
    }
    return [nodes.at(-1), nodes.at(-1).length];
  };
  const range = new Range();
  range.setStart(...place(start, 0));
  range.setEnd(...place(stop, 1));
  return range;
}

/** Between which characters of a cell's text a point of the window lies; null for none. */
export function offsetIn(cell, x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const [found, offset] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
  let before = 0;
  for (const node of textNodes(cell)) {
    if (node === found) return before + offset;
    before += node.length;
  }
  return null;
}

/** Go to a row: light it on both sides, and give it the keyboard. */
export function select(row, { scroll = "nearest", focus = true } = {}) {
  if (here !== row) {
    here?.removeAttribute("aria-current");
    here = row;
  }
  if (row) {
    row.setAttribute("aria-current", "true");
    row.tabIndex = -1;
    if (focus) row.focus({ preventScroll: true });
    if (scroll) bringIntoView(row, scroll);
  }
  for (const follower of followers) follower(row);
}

/** Scroll to a row, and again when the groups on the way have got their true heights. */
export function bringIntoView(row, block) {
  row.scrollIntoView({ block });
  requestAnimationFrame(() => row.scrollIntoView({ block }));
}

/** The next row (step 1) or the one before (-1) that is shown and wanted; null at the end. */
export function neighbour(row, step, wanted = () => true) {
  let at = row ? rows.indexOf(row) : step > 0 ? -1 : rows.length;
  do at += step;
  while (rows[at] && (rows[at].hidden || !wanted(rows[at])));
  return rows[at] ?? null;
}

/** The first row that is at least partly below the bar. */
export function topRow() {
  const under = document.querySelector(".bar").getBoundingClientRect().bottom;
  const box = main.getBoundingClientRect();
  const [x, bottom] = [box.left + box.width / 2, Math.min(box.bottom, innerHeight)];
  for (let y = under + 8; y < bottom; y += 24) {
    const row = document.elementFromPoint(x, y)?.closest(".group > li");
    if (row) return row;
  }
  return null;
}

/** Say something to screen readers. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

let hiding = 0;
/** Show a line at the bottom for a while, with one thing to do about it. */
export function toast(text, label = "", action = null) {
  const box = document.getElementById("toast");
  const button = box.querySelector("button");
  box.querySelector("span").textContent = text;
  button.textContent = label;
  button.hidden = !label;
  button.onclick = () => {
    box.hidden = true;
    action();
  };
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (box.hidden = true), 8000);
  say(text);
}

/** Hand a file to the reader. */
export function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
