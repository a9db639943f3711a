// Which rows are shown: by confidence, type, stars and corrections; and the open doubts.

import { main, neighbour, rows, select, current, toast } from "./page.js";
import { refreshSearch } from "./search.js";

const menu = document.getElementById("filters");
const inputs = [...menu.querySelectorAll("input")];
// A row of average length, in pixels: what an unseen group is taken for.
const ROW_HEIGHT = 84;

const settled = (row) => ["pinned", "made", "confirmed", "wrong"].some((name) => row.classList.contains(name));
/** Whether a row is unsure and nobody has looked at it. */
export const isOpen = (row) => (row.classList.contains("d1") || row.classList.contains("d2")) && !settled(row);

function typeOf(row) {
  if (row.classList.contains("null")) return "null";
  return row.querySelector(":scope > p > span, :scope > h2 > span") ? "many" : "one";
}

export function refreshFilter() {
  const [limit, one, many, none, starred, touched] = inputs;
  const types = new Set([one, many, none].filter((input) => input.checked).map((input) => input.value));
  const all = limit.value === "100" && types.size === 3 && !starred.checked && !touched.checked;
  let shown = 0;
  for (const row of rows) {
    row.hidden = !(
      all ||
      (Number(row.dataset.c) <= limit.value * 10 &&
        types.has(typeOf(row)) &&
        (!starred.checked || row.classList.contains("starred")) &&
        (!touched.checked || settled(row) || row.matches(".begins, .refused")))
    );
    shown += !row.hidden;
  }
  for (const group of main.querySelectorAll(".group")) {
    const left = [...group.children].filter((row) => !row.hidden).length;
    group.hidden = left === 0;
    group.style.containIntrinsicBlockSize = `auto ${left * ROW_HEIGHT}px`;
  }
  document.getElementById("limit").textContent = `${limit.value} %`;
  document.getElementById("filtered").textContent = all ? "" : `${shown} of ${rows.length}`;
  main.querySelector(".nothing").hidden = shown > 0 || !rows.length;
  refreshDoubts();
  refreshSearch();
}

export function showAll() {
  for (const input of inputs) {
    if (input.type === "range") input.value = 100;
    else input.checked = input.name === "type";
  }
  refreshFilter();
}

export function refreshDoubts() {
  const left = rows.filter(isOpen).length;
  document.getElementById("doubts").textContent = left;
  document.querySelector("[data-do=next-doubt]").disabled = !left;
}

/** Go to the next row that nobody has looked at, from the start again after the last one. */
export function nextDoubt(step) {
  const row = neighbour(current(), step, isOpen) ?? neighbour(null, step, isOpen);
  if (row) select(row, { scroll: "center" });
  else toast("Nothing unsure is left among the rows shown.");
}

export function openFilter() {
  menu.addEventListener("input", refreshFilter);
  refreshDoubts();
}
