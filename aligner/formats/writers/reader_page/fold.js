// Text as the search compares it: capitals, accents of Latin letters and the dots of ё do not
// count. Folding keeps every position, so that a match can be marked in the text itself.

const ACCENTED = /[\u00c0-\u024fёЁ\u1e00-\u1eff]/g;
const folded = new Map();

function foldLetter(letter) {
  let plain = folded.get(letter);
  if (plain === undefined) {
    plain = letter.normalize("NFD")[0].toLowerCase()[0];
    folded.set(letter, plain);
  }
  return plain;
}

export function fold(text) {
  const plain = text.replace(ACCENTED, foldLetter).toLowerCase();
  // A few capitals grow when they are made small; then capitals count.
  return plain.length === text.length ? plain : text;
}

/** Positions of a folded needle in a folded text. */
export function positions(text, needle) {
  const found = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}
