// Beads over the segments of two texts, and the ways in which a person may change them.
// No page here: a bead is a plain object, an edit is one splice of the list of beads.
//
//   bead: { id, label, src: [start, stop], tgt: [start, stop], confidence,
//           doubt: "" | "d1" | "d2", as the page was made,
//           made, verdict: "" | "confirmed" | "wrong", note, star,
//           refused: said before of a pair of which it holds a segment,
//           begins: null or the segments [src, tgt] that begin together, cut: said before }
//   splice: { at, removed: [bead], added: [bead] }

export const SIDES = ["src", "tgt"];

export function size(bead, side) {
  return bead[side][1] - bead[side][0];
}

export function isNull(bead) {
  return SIDES.some((side) => size(bead, side) === 0);
}

/** Where a bead ends: the sum of both sides grows from bead to bead. */
export const end = (bead) => bead.src[1] + bead.tgt[1];

export const isAt = (bead, [src, tgt]) =>
  bead.src[0] === src[0] && bead.src[1] === src[1] && bead.tgt[0] === tgt[0] && bead.tgt[1] === tgt[1];

/** The index of the bead that holds the first segment of these spans. */
export function find(beads, [src, tgt]) {
  const place = src[0] + tgt[0];
  let [low, high] = [0, beads.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end(beads[middle]) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A bead that a person shaped: what was said of its old shape does not hold for it. */
function reshape(bead, changes) {
  return { ...bead, made: true, verdict: "", ...changes };
}

/** Put notes together, each on a line of its own. */
export function noted(...notes) {
  return notes.filter(Boolean).join("\n");
}

/** Whether a bead goes across places, one a side; undefined where nothing is said of that side. */
export function crosses(bead, places) {
  return SIDES.some((side, at) => bead[side][0] < places[at] && places[at] < bead[side][1]);
}

function replace(beads, at, count, added) {
  const removed = beads.slice(at, at + count);
  return { at, removed, added: named(beads, removed, added) };
}

/**
 * Give beads that a person made names of their own: each is named for where it began, and may
 * have moved since.
 */
function named(beads, removed, added) {
  if (!added.some(({ id }) => id.startsWith("b-"))) return added;
  const taken = new Set(beads.map(({ id }) => id));
  for (const { id } of removed) taken.delete(id);
  return added.map((bead) => {
    let id = bead.id;
    while (taken.has(id)) id += "-";
    taken.add(id);
    return id === bead.id ? bead : { ...bead, id };
  });
}

/** Join a bead with the next one. */
export function merge(beads, at) {
  const [first, second] = [beads[at], beads[at + 1]];
  if (!first || !second) return null;
  const joined = reshape(first, {
    label: `${first.label.split("–")[0]}–${second.label.split("–").at(-1)}`,
    src: [first.src[0], second.src[1]],
    tgt: [first.tgt[0], second.tgt[1]],
    note: noted(first.note, second.note),
    star: first.star || second.star,
    begins: first.begins ?? second.begins,
  });
  return replace(beads, at, 2, [joined]);
}

/** Split a bead before its position-th segment of one side; the other side is shared out. */
export function split(beads, at, side, position) {
  const bead = beads[at];
  if (position < 1 || position >= size(bead, side)) return null;
  const other = side === "src" ? "tgt" : "src";
  const share = (size(bead, other) * position) / size(bead, side);
  const cut = size(bead, other) > 1 ? clamp(Math.round(share), 1, size(bead, other) - 1) : size(bead, other);
  return replace(beads, at, 1, halves(bead, { [side]: position, [other]: cut }));
}

/** Part the two sides of a bead: two beads without a counterpart. */
export function unpair(beads, at) {
  const bead = beads[at];
  if (isNull(bead)) return null;
  return replace(beads, at, 1, halves(bead, { src: size(bead, "src"), tgt: 0 }));
}

function halves(bead, cuts) {
  const first = reshape(bead, {});
  const second = reshape(bead, { label: `${bead.label}·2`, note: "", star: false, begins: null });
  for (const side of SIDES) {
    const middle = bead[side][0] + cuts[side];
    first[side] = [bead[side][0], middle];
    second[side] = [middle, bead[side][1]];
  }
  // No two beads begin at the same segments of both sides.
  second.id = `b-${second.src[0]}-${second.tgt[0]}`;
  return [first, second];
}

/** Make a bead of these spans; what is left of those that they cut is unsure. */
export function pin(beads, at, [src, tgt], note = "") {
  let stop = at;
  while (beads[stop] && (beads[stop].src[0] < src[1] || beads[stop].tgt[0] < tgt[1])) stop += 1;
  if (!beads[at] || stop === at) return null;
  const [first, last] = [beads[at], beads[stop - 1]];
  const left = (bead, spans) => ({ ...bead, ...spans, id: `b-${spans.src[0]}-${spans.tgt[0]}`, doubt: "d2", note: "", star: false, begins: null });
  const before = left(first, { src: [first.src[0], src[0]], tgt: [first.tgt[0], tgt[0]] });
  const after = left(last, { src: [src[1], last.src[1]], tgt: [tgt[1], last.tgt[1]] });
  const sound = [before, after].every((bead) => SIDES.every((side) => size(bead, side) >= 0));
  if (!sound || size({ src, tgt }, "src") + size({ src, tgt }, "tgt") === 0) return null;
  const made = reshape(first, { src, tgt, note, id: `b-${src[0]}-${tgt[0]}`, begins: null });
  const full = (bead) => size(bead, "src") + size(bead, "tgt") > 0;
  return replace(beads, at, stop - at, [before, made, after].filter(full));
}

/** Move the first segment of a side to the bead before (step -1), or the last one to the next (1). */
export function move(beads, at, side, step) {
  const from = beads[at];
  const to = beads[at + step];
  if (!from || !to || size(from, side) === 0) return null;
  const [start, stop] = from[side];
  const left = reshape(from, { [side]: step < 0 ? [start + 1, stop] : [start, stop - 1] });
  const grown = reshape(to, { [side]: step < 0 ? [to[side][0], start + 1] : [stop - 1, to[side][1]] });
  const rest = size(left, "src") + size(left, "tgt") ? [left] : [];
  // Of a bead that is no more, what was said of it goes to the one that took it in.
  if (!rest.length) Object.assign(grown, { note: noted(from.note, to.note), star: from.star || to.star });
  return step < 0
    ? replace(beads, at - 1, 2, [grown, ...rest])
    : replace(beads, at, 2, [...rest, grown]);
}

/** Whether segments may begin together: no fixed bead stands across, and no other beginning. */
export function mayBegin(beads, [src, tgt]) {
  const apart = (bead) =>
    (bead.src[1] <= src && bead.tgt[1] <= tgt) || (bead.src[0] >= src && bead.tgt[0] >= tgt);
  const ordered = (other) => (other[0] - src) * (other[1] - tgt) >= 0 && (other[0] === src) === (other[1] === tgt);
  return beads.every((bead) => (!isFixed(bead) || apart(bead)) && (!bead.begins || ordered(bead.begins)));
}

/** Whether a person said that a bead is right as it stands. */
export function isFixed(bead) {
  return bead.verdict !== "wrong" && Boolean(bead.verdict || bead.made || bead.pinned);
}

/** Change what is said of a bead, not its shape. */
export function remark(beads, at, changes) {
  return replace(beads, at, 1, [{ ...beads[at], ...changes }]);
}

/** Say of a bead what was said of one that it holds by now. */
export function remarkWithin(bead, { note = "", star = false }) {
  const isThere = bead.note.split("\n").includes(note);
  return { ...bead, note: isThere ? bead.note : noted(bead.note, note), star: bead.star || star };
}

/** Take back beginnings inside beads that a person fixed: the next run could not keep both. */
export function withoutContradictions(beads) {
  const begun = beads.filter((bead) => bead.begins && !bead.cut);
  if (!begun.length) return beads;
  const fixed = beads.filter(isFixed);
  const wrong = new Set(begun.filter(({ begins }) => fixed.some((bead) => crosses(bead, begins))));
  return wrong.size ? beads.map((bead) => (wrong.has(bead) ? { ...bead, begins: null } : bead)) : beads;
}

/** What may be done to beads, by name: each gets the list and a place, and gives a splice or null. */
const changes = { merge, split, unpair, move, remark, pin };
export const CHANGES = new Set(Object.keys(changes));
export const change = (what, beads, at, ...given) => changes[what](beads, at, ...given);

function clamp(number, low, high) {
  return Math.min(Math.max(number, low), high);
}
