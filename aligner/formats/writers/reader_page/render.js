// A bead as a row, as rows.html writes it; and a row read back as a bead.

import { keepShape } from "./links.js";
import { isNull, SIDES } from "./model.js";
import { about, cells, element, rows } from "./page.js";

const COLUMNS = [about.src, about.tgt];
// Enough to know a segment again.
const SHOWN_CHARS = 48;
const MARKS = { "": "", d1: "?", d2: "??" };

/** The segments of both sides, and the beads over them, as the page was made. */
export function readBeads() {
  const segments = { src: [], tgt: [] };
  const beads = rows.map((row, number) => {
    const bead = {
      id: row.id,
      label: row.firstChild.firstChild.data.trim(),
      confidence: Number(row.dataset.c) / 1000,
      doubt: ["d2", "d1"].find((name) => row.classList.contains(name)) ?? "",
      pinned: row.classList.contains("pinned"),
      refused: row.classList.contains("refused"),
      elsewhere: row.querySelector(":scope > .gap > a")?.hash ?? "",
      made: false,
      verdict: "",
      note: row.querySelector(":scope > .noted")?.textContent ?? "",
      star: row.classList.contains("starred"),
      begins: null,
      cut: row.classList.contains("begins"),
    };
    const opens = row.matches(".p, .h");
    cells(row).forEach((cell, column) => {
      const side = segments[SIDES[column]];
      const start = side.length;
      side.push(...readCell(cell, opens, number, COLUMNS[column].separator));
      bead[SIDES[column]] = [start, side.length];
    });
    if (bead.cut) bead.begins = [bead.src[0], bead.tgt[0]];
    return bead;
  });
  return { segments, beads };
}

function readCell(cell, opens, from, separator) {
  if (cell.className === "gap") return [];
  const heading = cell.tagName === "H2";
  const pieces = cell.children.length ? [...cell.children] : [cell];
  let reached = 0;
  return pieces.map((piece, number) => {
    const at = reached;
    const text = piece.textContent;
    reached += text.length + separator.length;
    const begins = piece.className === "i" || (number === 0 && (opens || cell.className === "i"));
    return { text, heading, opens: begins, from, at };
  });
}

/** Make the row of a bead. */
export function makeRow(bead, segments) {
  const sides = SIDES.map((side) => segments[side].slice(...bead[side]));
  const [src, tgt] = sides;
  const both = [src, tgt].every((side) => !side.length || side[0].opens);
  const row = element("li", { id: bead.id }, makeLink(bead));
  row.dataset.c = Math.round(bead.confidence * 1000);
  row.className = classes(bead, sides, both).join(" ");
  // What moved is no longer elsewhere once a person has paired it.
  const elsewhere = bead.made ? "" : bead.elsewhere;
  COLUMNS.forEach((column, at) => row.append(sides[at].length ? makeCell(sides[at], column, both) : makeGap(column, elsewhere)));
  if (bead.note) row.append(element("p", { className: "noted" }, bead.note));
  if (bead.begins && !bead.cut) row.append(makeBegun(bead.begins, segments));
  keepShape(row, sides.map((side, at) => placed(side, COLUMNS[at].separator)));
  return row;
}

/** Change the note that a row shows, and nothing else of it. */
export function showNote(row, note) {
  const shown = row.querySelector(":scope > .noted");
  if (!note) shown?.remove();
  else if (shown) shown.textContent = note;
  else cells(row)[1].after(element("p", { className: "noted" }, note));
}

/** Say what begins together from the next run on. */
function makeBegun(begins, segments) {
  const quotes = begins.map((place, at) => {
    const text = segments[SIDES[at]][place].text;
    const quote = text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS).trimEnd()}…` : text;
    return element("q", { lang: COLUMNS[at].lang, dir: COLUMNS[at].direction }, quote);
  });
  return element("p", { className: "begun" }, "⚑ From the next run on these begin together: ", quotes[0], " and ", quotes[1]);
}

/** Segments with their places in a cell of their own. */
function placed(side, separator) {
  let reached = 0;
  return side.map((segment) => {
    const now = reached;
    reached += segment.text.length + separator.length;
    return { ...segment, now };
  });
}

function classes(bead, sides, both) {
  return [
    sides.some((side) => side[0]?.heading) ? "h" : both ? "p" : "",
    isNull(bead) ? "null" : "",
    bead.made || bead.verdict ? "" : bead.doubt,
    bead.pinned && !bead.made ? "pinned" : "",
    bead.made ? "made" : "",
    bead.verdict,
    bead.begins ? "begins" : "",
    stillRefused(bead) ? "refused" : "",
    bead.star ? "starred" : "",
  ].filter(Boolean);
}

/** Whether a pair was refused before, and nothing said of the bead since. */
const stillRefused = (bead) => bead.refused && !bead.made && !bead.verdict;

function marks(bead) {
  const state =
    bead.verdict === "wrong"
      ? ["✗", "not a translation"]
      : bead.verdict === "confirmed" || (bead.pinned && !bead.made)
        ? ["✓", "confirmed"]
        : bead.made
          ? ["✎", "corrected"]
          : [MARKS[bead.doubt], `confidence ${Math.round(bead.confidence * 1000) / 10} %`];
  const refused = stillRefused(bead) ? ["✗", "a person refused what this was paired with"] : ["", ""];
  const begins = bead.begins ? ["⚑", "begins here, says a person"] : ["", ""];
  return [state, refused, begins, bead.star ? ["★", "starred"] : ["", ""]].filter(([mark]) => mark);
}

function makeLink(bead) {
  const link = element("a", { href: `#${bead.id}` }, bead.label);
  for (const [mark, title] of marks(bead)) link.append(" ", element("b", { title }, mark));
  return link;
}

function makeGap(column, elsewhere) {
  if (!elsewhere) return element("p", { className: "gap" }, `not in ${column.name}`);
  const link = element("a", { href: elsewhere }, `in ${column.name} at ${elsewhere.slice(2)}`);
  return element("p", { className: "gap" }, "Moved: ", link);
}

function makeCell(side, column, both) {
  const cell = element(side[0].heading ? "h2" : "p", { lang: column.lang });
  if (column.direction === "rtl") cell.dir = "rtl";
  if (side[0].opens && !both) cell.className = "i";
  if (side.length === 1) {
    cell.append(side[0].text);
  } else {
    side.forEach((segment, at) => {
      const piece = element("span", {}, segment.text);
      if (at && segment.opens) piece.className = "i";
      if (at) cell.append(column.separator);
      cell.append(piece);
    });
  }
  return cell;
}

