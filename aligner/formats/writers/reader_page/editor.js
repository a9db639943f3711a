// Correcting in place: the tools of the chosen row, and the edits of js on the page.

import { anyCorrections, corrections, countCorrections, starredCsv } from "./exports.js";
import { forgetRow } from "./search.js";
import { refreshFilter } from "./filter.js";
import { History } from "./history.js";
import { mayBegin, merge, move, remark, SIDES, split, unpair } from "./model.js";
import { about, cells, current, download, element, main, onSelect, root, rows, say, select, toast } from "./page.js";
import { makeRow, readBeads } from "./render.js";

const tools = document.getElementById("row-tools").content.firstElementChild.cloneNode(true);
const bar = document.querySelector(".edits");
const button = (name) => document.querySelector(`[data-do=${name}]`);
const handedOn = main.querySelector(".pinned") || Object.values(about.kept).some((list) => list.length);
let segments, beads, past, store;
// The segment of which a person says that it begins with one of the other side, not yet which.
let beginning = null;

export const isEditing = () => root.dataset.editing === "yes";

/** Read the beads from the page; not before they are needed, for a novel has many. */
function open() {
  if (past) return;
  ({ segments, beads } = readBeads());
  past = new History(beads);
}

const texts = () => ({ src: segments.src.map((s) => s.text), tgt: segments.tgt.map((s) => s.text) });
const indexOf = (row) => rows.indexOf(row);

function show(splice) {
  const old = rows.slice(splice.at, splice.at + splice.removed.length);
  const fresh = splice.added.map((bead) => makeRow(bead, segments));
  old[0].before(...fresh);
  for (const row of old) row.remove();
  rows.splice(splice.at, old.length, ...fresh);
  fresh.forEach(forgetRow);
  return fresh[0];
}

function settle(row) {
  store.set("edits", { done: past.done, undone: past.undone });
  refreshFilter();
  refreshBar();
  if (row) select(row, { scroll: "nearest" });
}

function refreshBar() {
  const corrected = countCorrections(beads);
  const starred = beads.filter((bead) => bead.star).length;
  button("undo").disabled = !past.done.length;
  button("redo").disabled = !past.undone.length;
  button("download-corrections").disabled = !anyCorrections(beads, about);
  button("download-starred").disabled = !starred;
  document.getElementById("edited").textContent = corrected
    ? `${corrected} row${corrected === 1 ? "" : "s"} corrected or confirmed`
    : `No ${handedOn ? "new " : ""}corrections yet`;
}

/** Do an edit to the chosen row: `make` gets the beads and the row's place, and gives a splice. */
function edit(make, said) {
  const row = current();
  if (!row) return toast("Choose a row first: click it, or press j.");
  open();
  const splice = make(beads, indexOf(row));
  if (!splice) return toast("That cannot be done to this row.");
  past.record(splice);
  settle(show(splice));
  say(said);
}

function toggle(name, on, off) {
  edit((all, at) => remark(all, at, { [name]: all[at][name] === on ? off : on }), name);
}

export function star() {
  toggle("star", true, false);
}

export const editing = {
  confirm: () => toggle("verdict", "confirmed", ""),
  wrong: () => toggle("verdict", "wrong", ""),
  "merge-down": () => edit((all, at) => merge(all, at), "joined"),
  "merge-up": () => edit((all, at) => (at ? merge(all, at - 1) : null), "joined"),
  unpair: () => edit((all, at) => unpair(all, at), "parted"),
  undo: () => step(past?.undo(), "undone"),
  redo: () => step(past?.redo(), "redone"),
  note: () => openNote(),
  "download-corrections": () =>
    download("corrections.json", "application/json", `${JSON.stringify(corrections(beads, texts(), about), null, 1)}\n`),
  "download-starred": () =>
    download("starred.csv", "text/csv", starredCsv(beads, texts(), { src: about.src.separator, tgt: about.tgt.separator })),
};

function step(splice, said) {
  if (!splice) return;
  settle(show(splice));
  say(said);
}

function openNote() {
  if (!current()) return;
  open();
  const box = tools.querySelector(".note");
  box.hidden = !box.hidden;
  tools.querySelector("[data-do=note]").setAttribute("aria-expanded", !box.hidden);
  const area = box.querySelector("textarea");
  area.value = beads[indexOf(current())].note;
  if (!box.hidden) area.focus();
}

function keepNote(area) {
  const at = indexOf(current());
  if (at >= 0 && beads[at].note !== area.value.trim()) {
    edit((all) => remark(all, at, { note: area.value.trim() }), "note kept");
  }
}

export function toggleEditing() {
  const on = !isEditing();
  root.dataset.editing = on ? "yes" : "";
  bar.hidden = !on;
  button("edit").setAttribute("aria-pressed", on);
  if (on) open();
  if (on) refreshBar();
  decorate(current());
}

/** Put the row's tools into it and, while correcting, buttons between its segments. */
function decorate(row) {
  tools.remove();
  for (const old of main.querySelectorAll(".edit")) old.remove();
  if (!row) return;
  const starred = row.classList.contains("starred");
  tools.querySelector("[data-do=star]").setAttribute("aria-pressed", starred);
  tools.querySelector("[data-do=star]").textContent = starred ? "★ Starred" : "☆ Star";
  for (const name of ["confirm", "wrong"]) {
    const verdict = name === "wrong" ? "wrong" : "confirmed";
    tools.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", row.classList.contains(verdict));
  }
  tools.querySelector(".note").hidden = true;
  row.append(tools);
  if (!isEditing()) return;
  const at = indexOf(row);
  cells(row).forEach((cell, column) => {
    if (cell.className !== "gap") addButtons(cell, SIDES[column], at);
  });
}

function addButtons(cell, side, at) {
  const control = (text, label, run) => {
    const made = element("button", { type: "button", className: "edit", title: label }, text);
    made.setAttribute("aria-label", label);
    made.onclick = (event) => {
      event.stopPropagation();
      run();
    };
    return made;
  };
  const changing = (text, label, make) => control(text, label, () => edit(make, label));
  const pieces = [...cell.querySelectorAll("span")];
  pieces.forEach((piece, position) => {
    if (position) piece.before(changing("⋯ split here ⋯", "Split here", (all) => split(all, at, side, position)));
  });
  const [first, last] = [pieces[0] ?? cell, pieces.at(-1) ?? cell];
  const flag = control("⚑", "Say what this begins with: nothing moves before the next run", () => begin(side, at));
  flag.setAttribute("aria-pressed", beginning?.side === side && beginning.place === beads[at][side][0]);
  first.prepend(flag);
  if (at > 0) first.prepend(changing("↑", "Move the first segment to the row above", (all) => move(all, at, side, -1)));
  if (at < rows.length - 1) last.append(changing("↓", "Move the last segment to the row below", (all) => move(all, at, side, 1)));
}

/** Say that a row's side begins together with a place of the other side, which comes first or next. */
function begin(side, at) {
  const bead = beads[at];
  if (bead.begins && !beginning) return edit((all) => remark(all, at, { begins: null, cut: false }), "taken back");
  if (beginning?.side !== side) return beginning ? beginTogether(side, at) : waitForOther(side, at);
  const again = beginning.place === bead[side][0];
  beginning = null;
  if (again) decorate(current());
  else waitForOther(side, at);
}

function waitForOther(side, at) {
  beginning = { side, place: beads[at][side][0] };
  const other = about[side === "src" ? "tgt" : "src"].name;
  toast(`Now go to the row where the ${other} begins that belongs to it, and press ⚑ there.`, "Cancel", () => {
    beginning = null;
    decorate(current());
  });
  decorate(current());
}

function beginTogether(side, at) {
  const places = { [side]: beads[at][side][0], [beginning.side]: beginning.place };
  const begins = SIDES.map((each) => places[each]);
  beginning = null;
  if (mayBegin(beads, begins)) {
    edit((all) => remark(all, at, { begins, cut: false }), "these begin together");
    return toast("Kept: the next run begins a row with these two.");
  }
  decorate(current());
  toast("That contradicts a row that you confirmed or corrected, or another ⚑.");
}

export function openEditor(kept) {
  store = kept;
  onSelect(decorate);
  tools.querySelector("textarea").addEventListener("change", ({ target }) => keepNote(target));
  const edits = store.get("edits");
  if (!edits?.done.length) return;
  open();
  for (const splice of edits.done) {
    past.record(splice);
    show(splice);
  }
  past.undone.push(...edits.undone);
  refreshFilter();
  refreshBar();
}
