// Buttons and keys: each names an action, and an action is done wherever it was asked for.

import { editing, isEditing, openEditor, star, toggleEditing } from "./editor.js";
import { nextDoubt, openFilter, showAll } from "./filter.js";
import { goToWord, openLinks } from "./links.js";
import { about, current, main, neighbour, root, select, topRow } from "./page.js";
import { copyLink, openPlace } from "./place.js";
import { nextHit, openSearch } from "./search.js";
import { openSettings, setMode, swap } from "./settings.js";
import { openStore } from "./store.js";

const help = document.getElementById("help");

function go(step) {
  const row = current() ? neighbour(current(), step) : (topRow() ?? neighbour(null, step));
  if (row) select(row);
}

const actions = {
  ...editing,
  star,
  edit: toggleEditing,
  help: () => (help.open ? help.close() : help.showModal()),
  "copy-link": () => current() && copyLink(current()),
  "next-hit": () => nextHit(1),
  "previous-hit": () => nextHit(-1),
  "next-doubt": () => nextDoubt(1),
  "previous-doubt": () => nextDoubt(-1),
  "show-all": showAll,
  search: () => document.getElementById("query").select(),
  "next-row": () => go(1),
  "previous-row": () => go(-1),
  "next-word": () => goToWord(1),
  "previous-word": () => goToWord(-1),
  reveal: () => current()?.classList.toggle("shown"),
  swap,
};

const KEYS = {
  j: "next-row",
  k: "previous-row",
  ArrowDown: "next-row",
  ArrowUp: "previous-row",
  ArrowRight: "next-word",
  ArrowLeft: "previous-word",
  n: "next-doubt",
  N: "previous-doubt",
  "/": "search",
  "?": "help",
  s: "star",
  w: "swap",
  E: "edit",
  " ": "reveal",
};
const CORRECTING_KEYS = { c: "confirm", x: "wrong", m: "merge-down", M: "merge-up", e: "note", u: "undo", U: "redo" };

/** The key as a Latin keyboard has it: where j types о, it is still the key of j. */
function latin({ key, code, shiftKey }) {
  const letter = /^[^\x00-\x7f]$/.test(key) && /^Key([A-Z])$/.exec(code)?.[1];
  return letter ? (shiftKey ? letter : letter.toLowerCase()) : key;
}

function actionOf(event) {
  // Arrows and the space bar scroll the page until the reader has chosen a row.
  const scrolls = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", " "].includes(event.key);
  if (scrolls && (document.activeElement !== current() || !current())) return null;
  if (event.key === " " && root.dataset.mode !== "reveal") return null;
  const key = latin(event);
  return KEYS[key] ?? (isEditing() ? CORRECTING_KEYS[key] : null);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || help.open) return;
  if (event.target.matches("input, textarea, select")) return;
  if (/^[1-5]$/.test(event.key)) return setMode(Number(event.key) - 1);
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  actions[action]();
});

document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-do]");
  if (asked) return actions[asked.dataset.do]();
  const row = event.target.closest(".group > li");
  if (!row || event.target.closest("a, button, textarea, label")) return;
  if (root.dataset.mode === "reveal") row.classList.toggle("shown");
  // A reader who marks words wants to keep them marked.
  if (getSelection().isCollapsed && row !== current()) select(row, { scroll: "", focus: true });
});

const store = openStore(`aligner texts ${about.texts}`);
openSettings();
openFilter();
openSearch();
openLinks();
openEditor(store);
openPlace(store);
main.classList.add("ready");
