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

/** Apply a splice to the list, in place. */
export function apply(beads, splice) {
  beads.splice(splice.at, splice.removed.length, ...splice.added);
}

export function invert(splice) {
  return { at: splice.at, removed: splice.added, added: splice.removed };
}

/** A bead that a person shaped: what was said of its old shape does not hold for it. */
function reshape(bead, changes) {
  return { ...bead, made: true, verdict: "", ...changes };
}

function replace(beads, at, count, added) {
  return { at, removed: beads.slice(at, at + count), added };
}

/** Join a bead with the next one. */
export function merge(beads, at) {
  const [first, second] = [beads[at], beads[at + 1]];
  if (!first || !second) return null;
  const joined = reshape(first, {
    label: `${first.label.split("–")[0]}–${second.label.split("–").at(-1)}`,
    src: [first.src[0], second.src[1]],
    tgt: [first.tgt[0], second.tgt[1]],
    note: [first.note, second.note].filter(Boolean).join("\n"),
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

/** Move the first segment of a side to the bead before (step -1), or the last one to the next (1). */
export function move(beads, at, side, step) {
  const from = beads[at];
  const to = beads[at + step];
  if (!from || !to || size(from, side) === 0) return null;
  const [start, stop] = from[side];
  const left = reshape(from, { [side]: step < 0 ? [start + 1, stop] : [start, stop - 1] });
  const grown = reshape(to, { [side]: step < 0 ? [to[side][0], start + 1] : [stop - 1, to[side][1]] });
  const rest = size(left, "src") + size(left, "tgt") ? [left] : [];
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

function clamp(number, low, high) {
  return Math.min(Math.max(number, low), high);
}
