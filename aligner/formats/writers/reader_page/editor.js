// Correcting in place: the tools of the chosen row, and the edits of js on the page.

import { carry } from "./carry.js";
import { anyCorrections, corrections, countCorrections, starredCsv } from "./exports.js";
import { forgetRow } from "./search.js";
import { refreshFilter, showAll } from "./filter.js";
import { differences, Log } from "./log.js";
import { find, mayBegin, SIDES } from "./model.js";
import { about, cells, current, download, element, main, onSelect, root, rows, say, select, toast } from "./page.js";
import { makeRow, readBeads, showNote } from "./render.js";
import { onKept } from "./store.js";

const tools = document.getElementById("row-tools").content.firstElementChild.cloneNode(true);
const bar = document.querySelector(".edits");
const button = (name) => document.querySelector(`[data-do=${name}]`);
const handedOn = main.querySelector(".pinned") || Object.values(about.kept).some((list) => list.length);
let segments, beads, log, store;
// The segment of which a person says that it begins with one of the other side, not yet which.
let beginning = null;

export const isEditing = () => root.dataset.editing === "yes";

/** Read the beads from the page; not before they are needed, for a novel has many. */
function open() {
  if (log) return;
  ({ segments, beads } = readBeads());
  log = new Log(beads, tabName());
}

/** A name that this tab keeps when the page is loaded again. */
function tabName() {
  try {
    const name = sessionStorage.getItem("aligner tab") || crypto.randomUUID();
    sessionStorage.setItem("aligner tab", name);
    return name;
  } catch {
    return crypto.randomUUID();
  }
}

const texts = () => ({ src: segments.src.map((s) => s.text), tgt: segments.tgt.map((s) => s.text) });
const indexOf = (row) => rows.indexOf(row);

/** Show the beads as they are by now; return the first row that changed. */
function show() {
  let first = null;
  for (const splice of differences(beads, log.beads)) {
    const row = showSplice(splice);
    first ??= row;
  }
  beads = log.beads;
  return first;
}

function showSplice({ at, removed, added }) {
  const old = rows.slice(at, at + removed.length);
  if (removed.length === 1 && added.length === 1 && onlyNoteDiffers(removed[0], added[0])) {
    showNote(old[0], added[0].note);
    return old[0];
  }
  const fresh = added.map((bead) => makeRow(bead, segments));
  old[0].before(...fresh);
  for (const row of old) row.remove();
  rows.splice(at, old.length, ...fresh);
  fresh.forEach(forgetRow);
  return fresh[0];
}

const onlyNoteDiffers = (one, other) => JSON.stringify({ ...one, note: "" }) === JSON.stringify({ ...other, note: "" });

/** Keep what this tab did together with what others did meanwhile. */
function keep() {
  const kept = runs();
  if (log.merge(kept[about.id]?.operations ?? [])) show();
  const said = corrections(beads, texts(), about);
  store.set("runs", { ...kept, [about.id]: { ...kept[about.id], operations: log.operations, said, at: Date.now() } });
}

const runs = () => store.get("runs") ?? {};

function settle(row) {
  keep();
  refreshFilter();
  refreshBar();
  if (row) select(row, { scroll: "nearest" });
}

/** Whether something was said here that no downloaded file holds. */
export function isUnsaved() {
  const run = runs()[about.id];
  return Boolean(log?.operations.length && (run?.at ?? 0) > (run?.downloaded ?? 0) && anyCorrections(beads, about));
}

function downloadCorrections() {
  open();
  const said = corrections(beads, texts(), about);
  download("corrections.json", "application/json", `${JSON.stringify(said, null, 1)}\n`);
  const kept = runs();
  if (kept[about.id]) store.set("runs", { ...kept, [about.id]: { ...kept[about.id], downloaded: Date.now() } });
  refreshBar();
}

function refreshBar() {
  const corrected = countCorrections(beads);
  const starred = beads.filter((bead) => bead.star).length;
  button("undo").disabled = !log.canUndo;
  button("redo").disabled = !log.canRedo;
  button("download-corrections").disabled = !anyCorrections(beads, about);
  button("download-starred").disabled = !starred;
  document.getElementById("edited").textContent = corrected
    ? `${corrected} row${corrected === 1 ? "" : "s"} corrected or confirmed`
    : `No ${handedOn ? "new " : ""}corrections yet`;
  // What is here is seen before anybody begins to correct.
  document.getElementById("waiting").hidden = !isUnsaved();
}

/** Do an edit to the chosen row: a change of the model's, at the row's place or beside it. */
function edit(what, said, given = [], step = 0) {
  const row = current();
  if (!row) return toast("Choose a row first: click it, or press j.");
  open();
  const at = indexOf(row) + step;
  if (at < 0 || !log.record(what, at, ...given)) return toast("That cannot be done to this row.");
  const before = beads[indexOf(row)];
  settle(show() ?? rows[find(beads, [before.src, before.tgt])]);
  say(said);
}

/** Join with the row that is seen above (step -1) or below (0): one that a filter hides is no such. */
function join(step) {
  const hidden = rows[indexOf(current()) + (step || 1)]?.hidden;
  if (hidden) return toast("The filter hides the row that this would be joined with.", "Show all rows", showAll);
  edit("merge", "joined", [], step);
}

function toggle(name, on, off) {
  open();
  const now = beads[indexOf(current())]?.[name];
  edit("remark", name, [{ [name]: now === on ? off : on }]);
}

export function star() {
  toggle("star", true, false);
}

export const editing = {
  confirm: () => toggle("verdict", "confirmed", ""),
  wrong: () => toggle("verdict", "wrong", ""),
  "merge-down": () => join(0),
  "merge-up": () => join(-1),
  unpair: () => edit("unpair", "parted"),
  undo: () => step(log?.undo(), "undone"),
  redo: () => step(log?.redo(), "redone"),
  note: () => openNote(),
  "download-corrections": downloadCorrections,
  "download-now": downloadCorrections,
  "download-starred": () =>
    download("starred.csv", "text/csv", starredCsv(beads, texts(), { src: about.src.separator, tgt: about.tgt.separator })),
};

function step(done, said) {
  if (!done) return;
  settle(show());
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

/** Keep a note while it is typed: nothing is left to do, and nothing moves, when a click follows. */
function keepNote(area) {
  const at = indexOf(current());
  if (at < 0 || beads[at].note === area.value.trim()) return;
  log.note(at, area.value.trim());
  show();
  keep();
  refreshBar();
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
  const changing = (text, label, what, given) => control(text, label, () => edit(what, label, given));
  const pieces = [...cell.querySelectorAll("span")];
  pieces.forEach((piece, position) => {
    if (position) piece.before(changing("⋯ split here ⋯", "Split here", "split", [side, position]));
  });
  const [first, last] = [pieces[0] ?? cell, pieces.at(-1) ?? cell];
  const flag = control("⚑", "Say what this begins with: nothing moves before the next run", () => begin(side, at));
  flag.setAttribute("aria-pressed", beginning?.side === side && beginning.place === beads[at][side][0]);
  first.prepend(flag);
  if (at > 0) first.prepend(changing("↑", "Move the first segment to the row above", "move", [side, -1]));
  if (at < rows.length - 1) last.append(changing("↓", "Move the last segment to the row below", "move", [side, 1]));
}

/** Say that a row's side begins together with a place of the other side, which comes first or next. */
function begin(side, at) {
  const bead = beads[at];
  if (bead.begins && !beginning) return edit("remark", "taken back", [{ begins: null, cut: false }]);
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
    edit("remark", "these begin together", [{ begins, cut: false }]);
    return toast("Kept: the next run begins a row with these two.");
  }
  decorate(current());
  toast("That contradicts a row that you confirmed or corrected, or another ⚑.");
}

export function openEditor(kept) {
  store = kept;
  onSelect(decorate);
  tools.querySelector("textarea").addEventListener("input", ({ target }) => keepNote(target));
  store.onChange(follow);
  onKept((failed) => (document.getElementById("unkept").hidden = !failed));
  addEventListener("beforeunload", (event) => isUnsaved() && event.preventDefault());
  const [own, other] = [runs()[about.id], lastOther()];
  if (own?.operations.length) follow();
  if (other && other.at > (own?.at ?? 0)) takeOver(other.said);
}

/** Do what another tab did. */
function follow() {
  open();
  if (!log.merge(runs()[about.id]?.operations ?? [])) return;
  const here = current() && beads[indexOf(current())];
  show();
  refreshFilter();
  refreshBar();
  if (here && !current().isConnected) select(rows[find(beads, [here.src, here.tgt])], { scroll: "", focus: false });
}

/** What was said last on another page of these texts: of a run before, or with other settings. */
function lastOther() {
  const others = Object.entries(runs()).filter(([id, run]) => id !== about.id && run.said);
  return others.map(([, run]) => run).sort((one, run) => one.at - run.at).at(-1);
}

function takeOver(said) {
  open();
  const { operations, unmatched } = carry(said, log, texts(), about);
  about.kept.unmatched.push(...unmatched);
  if (!operations && !unmatched.length) return;
  show();
  settle(null);
  const count = `${operations} correction${operations === 1 ? "" : "s"}`;
  const lost = unmatched.length ? `; ${unmatched.length} stand nowhere here and go along with the download` : "";
  toast(`Taken over from another page of these texts: ${count}${lost}.`);
}
