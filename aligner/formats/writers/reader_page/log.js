// What a person did to the rows, as operations. A page is its beads with the operations done one
// after the other, so that two tabs need only put their lists together: neither loses anything.
//
//   operation: { key: the same in every tab, at: when, in ms, tab, version: grows when it is
//                undone or redone, undone: when, or 0,
//                what: a name of model.js, touched: the spans [src, tgt] of the beads that it is
//                about, given: the rest of its arguments }

import { change, CHANGES, end, find, isAt, remarkWithin, withoutContradictions } from "./model.js";

const spansOf = (bead) => [bead.src, bead.tgt];

export class Log {
  constructor(beads, tab, operations = []) {
    this.base = beads;
    this.tab = tab;
    this.operations = operations;
    this.#replay();
  }

  /** Do something to the beads from a place on; whether it can be done. */
  record(what, at, ...given) {
    const splice = change(what, this.beads, at, ...given);
    if (!splice) return false;
    const touched = splice.removed.map(spansOf);
    this.add(this.#made(what, touched, given));
    return true;
  }

  /** Change the note of a bead: what is typed without a break is one operation. */
  note(at, text) {
    const [last] = this.operations.slice(-1);
    const spans = spansOf(this.beads[at]);
    if (last?.tab === this.tab && last.typed && !last.undone && same(last.touched[0], spans)) {
      last.given = [{ note: text }];
      last.version += 1;
      this.#replay();
    } else {
      this.add({ ...this.#made("remark", [spans], [{ note: text }]), typed: true });
    }
  }

  #made(what, touched, given) {
    const at = Math.max(Date.now(), (this.operations.at(-1)?.at ?? 0) + 1);
    return { key: `${this.tab} ${at}`, at, tab: this.tab, version: 0, undone: 0, what, touched, given };
  }

  add(operation) {
    this.operations.push(operation);
    this.#replay();
  }

  /** Take in the operations of another tab; whether there was anything new. */
  merge(others) {
    const known = new Map(this.operations.map((operation) => [operation.key, operation]));
    let changed = false;
    for (const other of others) {
      const own = known.get(other.key);
      if (own && own.version >= other.version) continue;
      if (own) Object.assign(own, other);
      else this.operations.push(other);
      changed = true;
    }
    if (changed) this.#replay();
    return changed;
  }

  get canUndo() {
    return Boolean(this.#last());
  }

  get canRedo() {
    return Boolean(this.#undone());
  }

  undo() {
    return this.#turn(this.#last(), Date.now());
  }

  redo() {
    return this.#turn(this.#undone(), 0);
  }

  #turn(operation, undone) {
    if (!operation) return false;
    // Of two that are undone in one millisecond, the later is redone first.
    const last = Math.max(0, ...this.operations.map((each) => Math.max(each.at, each.undone)));
    operation.undone = undone && Math.max(undone, last + 1);
    operation.version += 1;
    this.#replay();
    return true;
  }

  /** What is undone next: the last of this tab or, after a visit, the last of all. */
  #last() {
    const done = this.operations.filter((each) => !each.undone);
    return done.filter((each) => each.tab === this.tab).at(-1) ?? done.at(-1);
  }

  /** What is redone next: what was undone last, unless something was done since. */
  #undone() {
    const done = Math.max(0, ...this.operations.filter((each) => !each.undone && each.tab === this.tab).map((each) => each.at));
    const undone = this.operations.filter((each) => each.undone > done);
    return undone.sort((one, other) => one.undone - other.undone).at(-1);
  }

  #replay() {
    this.operations.sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1));
    const beads = [...this.base];
    for (const operation of this.operations) if (!operation.undone) redo(beads, operation);
    this.beads = withoutContradictions(beads);
  }
}

const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

/** Do an operation where its beads are as they were; a remark finds its text in any bead. */
function redo(beads, { what, touched, given }) {
  const at = find(beads, touched[0]);
  const stands = touched.every((spans, number) => beads[at + number] && isAt(beads[at + number], spans));
  if (stands) {
    // A segment that moves up touches the bead above first; all else is asked of the first bead.
    const asked = what === "move" && given[1] < 0 ? at + 1 : at;
    const splice = CHANGES.has(what) && change(what, beads, asked, ...given);
    if (splice) beads.splice(splice.at, splice.removed.length, ...splice.added);
  } else if (what === "remark" && beads[at]) {
    beads[at] = remarkWithin(beads[at], given[0]);
  }
}

/** The stretches in which two lists of beads over the same segments differ: splices of the first. */
export function differences(old, now) {
  const found = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (same(old[i], now[j])) {
      i += 1;
      j += 1;
      continue;
    }
    const [from, to] = [i, j];
    do {
      const [one, other] = [i > from ? end(old[i - 1]) : -1, j > to ? end(now[j - 1]) : -1];
      if (one <= other) i += 1;
      else j += 1;
    } while (i === from || j === to || end(old[i - 1]) !== end(now[j - 1]));
    found.push({ at: to, removed: old.slice(from, i), added: now.slice(to, j) });
  }
  return found;
}
