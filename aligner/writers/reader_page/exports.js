// What the reader takes away: corrections for the next run, and starred pairs.

import { SIDES } from "./model.js";

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
      found[key] = texts[side].slice(...bead[side]);
      if (bead[side][0] > 0) after[key] = texts[side][bead[side][0] - 1];
    }
    if (Object.keys(after).length) found.after = after;
    if (bead.note) found.note = bead.note;
    return found;
  };
  const pinned = beads.filter((bead) => bead.verdict === "confirmed" || (bead.made && bead.verdict !== "wrong"));
  return {
    format: "aligner corrections",
    version: 1,
    made_for: { source: about.src_file, target: about.tgt_file, signature: about.signature },
    pins: pinned.map(name),
    cuts: [],
    forbids: beads.filter((bead) => bead.verdict === "wrong").map(name),
    notes: beads.filter((bead) => bead.note && !pinned.includes(bead) && bead.verdict !== "wrong").map(name),
  };
}

/** How many beads the corrections speak of. */
export function countCorrections(beads) {
  return beads.filter((bead) => bead.made || bead.verdict).length;
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
