// What is kept in this browser between visits: the reader's settings for every page, and
// place and corrections for these texts. Where storage is refused or full, all lasts as long as
// the page, and whoever asked to be told is told.

const memory = new Map();
const unkept = new Set();
const told = [];

function read(key) {
  // What could not be kept is newer than what is.
  if (unkept.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    return memory.get(key) || {};
  }
}

function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
    unkept.delete(key);
  } catch {
    unkept.add(key);
  }
  for (const tell of told) tell(unkept.size > 0);
}

/** Call back whenever something was kept, or could not be. */
export const onKept = (tell) => told.push(tell);

export function openStore(key) {
  return {
    get: (name) => read(key)[name],
    set: (name, value) => write(key, { ...read(key), [name]: value }),
    /** Call back whenever another tab has written. */
    onChange: (follow) => addEventListener("storage", (event) => event.key === key && follow()),
  };
}
