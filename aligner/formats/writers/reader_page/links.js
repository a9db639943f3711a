// Words that translate each other: point at one, or go to it with the arrow keys, and its
// counterparts in the row are lit. They are marked with the highlight API, which leaves the text
// as it is.

import { cells, current, main, offsetIn, onSelect, rangeOf, root, say } from "./page.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const source = document.getElementById("links");
const known = new Map();
const shapes = new WeakMap();
let encoded = null;
let lit = "";
let waiting = 0;

/** Signed numbers from base64 VLQ, as in source maps. */
export function decodeNumbers(text) {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

/** The links of the number-th row as the page was made: a word [start, stop) of each cell. */
function linksAsMade(number) {
  let links = known.get(number);
  if (links) return links;
  encoded ??= JSON.parse(source.textContent).split(";");
  const numbers = decodeNumbers(encoded[number] ?? "");
  const reached = [0, 0];
  links = [];
  for (let at = 0; at < numbers.length; at += 4) {
    links.push(
      [0, 1].map((column) => {
        const start = reached[column] + numbers[at + 2 * column];
        reached[column] = start + numbers[at + 2 * column + 1];
        return [start, reached[column]];
      }),
    );
  }
  known.set(number, links);
  return links;
}

/**
 * Remember what a row is made of that a person shaped: for each side its segments, each with
 * the row that it came `from`, its place `at` there, and its place `now`.
 */
export function keepShape(row, sides) {
  shapes.set(row, sides);
}

const within = (segment, word) => segment.at <= word[0] && word[1] <= segment.at + segment.text.length;
const moved = (segment, word) => word.map((place) => place - segment.at + segment.now);

/** The links of a row: of one that a person shaped, those with both words in it. */
export function linksOf(row) {
  if (!source) return [];
  const shape = shapes.get(row);
  if (!shape) return linksAsMade(Number(row.id.slice(1)) - 1);
  const found = [];
  for (const own of shape[0]) {
    for (const [src, tgt] of linksAsMade(own.from)) {
      if (!within(own, src)) continue;
      const other = shape[1].find((each) => each.from === own.from && within(each, tgt));
      if (other) found.push([moved(own, src), moved(other, tgt)]);
    }
  }
  return found;
}

const same = (one, other) => one[0] === other[0] && one[1] === other[1];

/** Light a word of a cell, and its counterparts; return them. */
function light(row, column, word) {
  const name = `${row.id} ${column} ${word[0]}`;
  const others = linksOf(row).filter((link) => same(link[column], word)).map((link) => link[1 - column]);
  if (name === lit) return others;
  const [own, across] = [cells(row)[column], cells(row)[1 - column]];
  const ranges = [rangeOf(own, ...word), ...others.map((other) => rangeOf(across, ...other))];
  CSS.highlights.set("linked", new Highlight(...ranges));
  lit = name;
  return others;
}

function darken() {
  if (!lit) return;
  CSS.highlights.delete("linked");
  lit = "";
}

const covers = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;

function point(x, y) {
  const cell = document.elementFromPoint(x, y)?.closest(".group > li > [lang]");
  const row = cell?.parentElement;
  const offset = cell && offsetIn(cell, x, y);
  if (offset == null) return darken();
  const column = cells(row).indexOf(cell);
  const word = linksOf(row)
    .map((link) => link[column])
    .find(([start, stop]) => start <= offset && offset <= stop && [...rangeOf(cell, start, stop).getClientRects()].some((box) => covers(box, x, y)));
  if (word) light(row, column, word);
  else darken();
}

/** The words of a row that have counterparts, in the order in which they are read. */
function stops(row) {
  const columns = root.dataset.swap === "yes" ? [1, 0] : [0, 1];
  const words = columns.filter((column) => cells(row)[column].offsetParent).flatMap((column) => {
    const starts = new Map(linksOf(row).map((link) => [link[column][0], link[column]]));
    return [...starts.values()].sort((one, other) => one[0] - other[0]).map((word) => ({ column, word }));
  });
  return words;
}

/** Go to the next word of the chosen row (step 1) or the one before (-1), as arrows point. */
export function goToWord(step) {
  // The click that chose the row would put out the light that comes now.
  cancelAnimationFrame(waiting);
  const row = current();
  const words = row && source && globalThis.Highlight ? stops(row) : [];
  if (!words.length) return;
  const at = words.findIndex(({ column, word }) => `${row.id} ${column} ${word[0]}` === lit);
  const back = at >= 0 && getComputedStyle(cells(row)[words[at].column]).direction === "rtl";
  const first = step > 0 ? 0 : words.length - 1;
  const { column, word } = words[at < 0 ? first : (at + (back ? -step : step) + words.length) % words.length];
  const others = light(row, column, word);
  const text = (side, place) => rangeOf(cells(row)[side], ...place).toString();
  say(`${text(column, word)}: ${others.map((other) => text(1 - column, other)).join(", ")}`);
}

export function openLinks() {
  if (!source || !globalThis.Highlight) return;
  main.addEventListener("pointermove", ({ clientX, clientY, buttons }) => {
    cancelAnimationFrame(waiting);
    // A reader who marks words wants to see what is marked.
    if (!buttons) waiting = requestAnimationFrame(() => point(clientX, clientY));
  });
  main.addEventListener("pointerleave", () => {
    cancelAnimationFrame(waiting);
    darken();
  });
  // A finger points by tapping; and choosing a row, which a tap does, too, puts out the light.
  main.addEventListener("click", ({ clientX, clientY }) => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => point(clientX, clientY));
  });
  onSelect(darken);
}
