// What was said on another page of these texts, found here by quotation, as the next run finds it.

import { corrections } from "./exports.js";
import { change, end, find, isAt, isFixed, noted } from "./model.js";

const plain = (text) => text.replace(/\s+/g, "");

/** Finds the segments that a correction names: text by text, the one after the segment it names. */
class Quotes {
  constructor(texts) {
    this.texts = texts.map(plain);
    this.places = new Map();
    this.texts.forEach((text, at) => this.places.set(text, [...(this.places.get(text) ?? []), at]));
  }

  find(quote, after, reached) {
    const wanted = quote.map(plain);
    const before = after === undefined ? undefined : plain(after);
    if (!wanted.length) {
      const places = before === undefined ? [-1] : (this.places.get(before) ?? []);
      const at = places.find((place) => place + 1 >= reached) ?? places[0];
      return at === undefined ? null : [at + 1, at + 1];
    }
    const here = (this.places.get(wanted[0]) ?? []).filter((at) => wanted.every((text, i) => this.texts[at + i] === text));
    const follows = here.filter((at) => before === undefined || this.texts[at - 1] === before);
    const found = follows.length ? follows : here;
    const at = found.find((place) => place >= reached) ?? found[0];
    return at === undefined ? null : [at, at + wanted.length];
  }
}

/**
 * Do to a log's beads what corrections say that is not so yet.
 *
 * @returns how many operations that took, and what stands nowhere in these texts.
 */
export function carry(said, log, texts, about) {
  const quotes = { src: new Quotes(texts.src), tgt: new Quotes(texts.tgt) };
  // What this page would hand on already: the run that made it may have been given the same.
  const own = corrections(log.beads, texts, about);
  const isKnown = (list, entry) => own[list].some((each) => JSON.stringify(each) === JSON.stringify(entry));
  const unmatched = [];
  let operations = 0;
  const reached = { src: 0, tgt: 0 };
  const spansOf = ({ source, target, after = {} }) => {
    const spans = [quotes.src.find(source, after.source, reached.src), quotes.tgt.find(target, after.target, reached.tgt)];
    return spans.every(Boolean) ? spans : null;
  };
  const record = (...given) => (operations += log.record(...given));
  const beadAt = (spans) => log.beads[find(log.beads, spans)];
  const todo = {
    pins: (spans, { note = "" }) => {
      const at = find(log.beads, spans);
      const bead = log.beads[at];
      if (!isAt(bead, spans)) return change("pin", log.beads, at, spans) ? record("pin", at, spans, note) : false;
      if (!isFixed(bead)) record("remark", at, { verdict: "confirmed" });
      return remark(spans, { note });
    },
    cuts: ([src, tgt]) => {
      const at = find(log.beads, [src, tgt]);
      const begins = [src[0], tgt[0]];
      const known = about.kept.cuts.some((cut) => cut.src?.[0] === src[0] && cut.tgt?.[0] === tgt[0]);
      if (!known && !log.beads[at].begins) record("remark", at, { begins, cut: false });
      return true;
    },
    forbids: (spans, { note = "" }) => {
      const bead = beadAt(spans);
      if (isAt(bead, spans) && !isFixed(bead) && bead.verdict !== "wrong") record("remark", find(log.beads, spans), { verdict: "wrong" });
      else if (!isAt(bead, spans)) about.kept.forbids.push({ src: spans[0], tgt: spans[1], ...(note && { note }) });
      return !isAt(bead, spans) || remark(spans, { note });
    },
    notes: (spans, { note = "" }) => remark(spans, { note }),
    stars: (spans) => remark(spans, { star: true }),
  };
  function remark(spans, { note = "", star = false }) {
    const bead = beadAt(spans);
    const isNew = note && !bead.note.includes(note);
    const changes = { ...(isNew && { note: noted(bead.note, note) }), ...(star && !bead.star && { star }) };
    if (Object.keys(changes).length) record("remark", find(log.beads, spans), changes);
    return true;
  }
  const last = log.beads.length ? end(log.beads.at(-1)) : 0;
  for (const [list, act] of Object.entries(todo)) {
    [reached.src, reached.tgt] = [0, 0];
    for (const entry of said[list] ?? []) {
      if (isKnown(list, entry)) continue;
      const spans = spansOf(entry);
      // A cut of one side alone is in no row: it goes along as it is.
      const whole = list !== "cuts" || (entry.source.length && entry.target.length);
      const inside = whole && spans && spans[0][0] + spans[1][0] < last;
      if (!inside || !act(spans, entry)) unmatched.push({ list, entry });
      else [reached.src, reached.tgt] = [spans[0][1], spans[1][1]];
    }
  }
  return { operations, unmatched };
}
