// What is kept in this browser between visits: the reader's settings for every page, and
// place and corrections for this one. Where storage is refused, all lasts as long as the page.

const memory = new Map();

function read(key) {
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
  } catch {
    // Full or forbidden: the copy in memory serves until the page is closed.
  }
}

export function openStore(key) {
  return {
    get: (name) => read(key)[name],
    set: (name, value) => write(key, { ...read(key), [name]: value }),
  };
}
