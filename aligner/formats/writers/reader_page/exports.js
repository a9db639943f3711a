// What the reader takes away: corrections for the next run, and starred pairs.

import { crosses, isFixed, SIDES, size } from "./model.js";

const KEYS = [["src", "source"], ["tgt", "target"]];

/**
 * Say what was corrected in the form that `aligner align --corrections` reads. Everything is
 * named by the text of its segments, so that it holds after another splitting or encoder; the
 * segment before says which one is meant where a text repeats itself.
 */
export function corrections(beads, texts, about) {
  const name = (bead) => {
    const found = {};
    const after = {};
    for (const [side, key] of KEYS) {
      const [start, stop] = bead[side] ?? [0, 0];
      found[key] = texts[side].slice(start, stop);
      if (start > 0) after[key] = texts[side][start - 1];
    }
    if (Object.keys(after).length) found.after = after;
    if (bead.note) found.note = bead.note;
    return found;
  };
  const pinned = beads.filter(isFixed);
  // What was said for the run that made this page holds on, unless a person fixed the contrary.
  const { forbids, unmatched } = about.kept;
  const begun = beads.filter((bead) => bead.begins).map(({ begins: [src, tgt] }) => ({ src: [src, src + 1], tgt: [tgt, tgt + 1] }));
  const cuts = [...about.kept.cuts, ...begun];
  const stands = (kept, against) => !pinned.some((bead) => against(bead, kept));
  const found = {
    format: "aligner corrections",
    version: 1,
    made_for: { source: about.src_file, target: about.tgt_file, signature: about.signature },
    pins: pinned.map(name),
    cuts: inOrder(cuts.filter((cut) => stands(cut, crossesCut))).map(name),
    forbids: inOrder([...forbids.filter((forbid) => stands(forbid, holds)), ...beads.filter((bead) => bead.verdict === "wrong")]).map(name),
    notes: beads.filter((bead) => bead.note && !pinned.includes(bead) && bead.verdict !== "wrong").map(name),
    stars: beads.filter((bead) => bead.star).map((bead) => name({ ...bead, note: "" })),
  };
  // What stands nowhere in these texts may stand in the next ones.
  for (const { list, entry } of unmatched) found[list].push(entry);
  return found;
}

/** Sort by place in the texts: the next run finds repeated texts in this order. */
function inOrder(said) {
  const apart = (one, other, side) => (one[side] && other[side] ? one[side][0] - other[side][0] : 0);
  return said.sort((one, other) => apart(one, other, "src") || apart(one, other, "tgt"));
}

/** Whether there is anything to download: said here, or handed on. */
export function anyCorrections(beads, about) {
  const said = (bead) => bead.made || bead.verdict || bead.pinned || bead.begins || bead.note || bead.star;
  return Object.values(about.kept).some((list) => list.length) || beads.some(said);
}

const crossesCut = (bead, cut) => crosses(bead, SIDES.map((side) => cut[side]?.[0]));

/** Whether a bead joins all that a forbid names; sides without segments are held by such sides. */
function holds(bead, forbid) {
  return SIDES.every((side) =>
    size(forbid, side) ? bead[side][0] <= forbid[side][0] && forbid[side][1] <= bead[side][1] : !size(bead, side));
}

/** How many beads the corrections speak of. */
export function countCorrections(beads) {
  return beads.filter((bead) => bead.made || bead.verdict || (bead.begins && !bead.cut)).length;
}

/** Starred pairs as CSV, as spreadsheets want it: a mark for UTF-8, and no cell runs as a formula. */
export function starredCsv(beads, texts, separators) {
  const cell = (text) => `"${(/^'*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = beads.filter((bead) => bead.star).map((bead) => {
    const sides = SIDES.map((side) => texts[side].slice(...bead[side]).join(separators[side]));
    return [bead.label, ...sides, bead.note].map(cell).join(",");
  });
  return "\ufeff" + ["id,source,target,note", ...rows].join("\r\n") + "\r\n";
}
