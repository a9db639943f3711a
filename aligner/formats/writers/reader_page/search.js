// Search on both sides. Matches are marked with the highlight API, which leaves the text as it
// is, and only in the groups of rows near the window, however many there are.

import { fold, positions } from "./fold.js";
import { cells, current, main, neighbour, rangeOf, rows, say, select, textOf } from "./page.js";

const query = document.getElementById("query");
const hits = document.getElementById("hits");
const buttons = document.querySelectorAll("[data-do=next-hit], [data-do=previous-hit]");
const index = new WeakMap();
const near = new Set();
let needle = "";
let waiting = 0;

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) near[isIntersecting ? "add" : "delete"](target);
    mark();
  },
  { rootMargin: "50%" },
);

function foldedCells(row) {
  let folded = index.get(row);
  if (!folded) {
    folded = cells(row).map((cell) => (cell.className === "gap" ? "" : fold(textOf(cell))));
    index.set(row, folded);
  }
  return folded;
}

const matches = (row) => foldedCells(row).some((text) => text.includes(needle));
const isHit = (row) => !row.hidden && matches(row);

function ranges(cell) {
  return positions(fold(textOf(cell)), needle).map((at) => rangeOf(cell, at, at + needle.length));
}

function mark() {
  if (!globalThis.Highlight) return;
  CSS.highlights.delete("found");
  if (!needle) return;
  const found = [...near]
    .flatMap((group) => [...group.children])
    .filter(isHit)
    .flatMap((row) => cells(row).filter((cell) => cell.className !== "gap").flatMap(ranges));
  CSS.highlights.set("found", new Highlight(...found));
}

/** Look again: the query, the rows or the filters changed. */
export function refreshSearch() {
  needle = fold(query.value.trim());
  const found = needle ? rows.filter(isHit) : [];
  const at = found.indexOf(current());
  for (const button of buttons) button.hidden = !found.length;
  hits.textContent = !needle ? "" : !found.length ? "no match" : at < 0 ? `${found.length}` : `${at + 1} of ${found.length}`;
  mark();
}

/** Go to the next row with a match, from the start again after the last one. */
export function nextHit(step) {
  if (!needle) return;
  const hit = neighbour(current(), step, isHit) ?? neighbour(null, step, isHit);
  if (hit) select(hit, { scroll: "center", focus: document.activeElement !== query });
  refreshSearch();
  say(hits.textContent);
}

/** Forget what is known of a row whose text changed. */
export function forgetRow(row) {
  index.delete(row);
}

export function openSearch() {
  for (const group of main.querySelectorAll(".group")) watcher.observe(group);
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      refreshSearch();
      say(hits.textContent);
    }, 100);
  });
  query.form.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      clearTimeout(waiting);
      refreshSearch();
      nextHit(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      query.value = "";
      refreshSearch();
      select(current() ?? neighbour(null, 1));
    } else return;
    event.preventDefault();
  });
}
