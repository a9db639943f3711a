// Undo and redo over splices.

import { apply, invert } from "./model.js";

export class History {
  constructor(beads, done = [], undone = []) {
    this.beads = beads;
    this.done = done;
    this.undone = undone;
  }

  /** Do a splice for the first time. */
  record(splice) {
    apply(this.beads, splice);
    this.done.push(splice);
    this.undone.length = 0;
    return splice;
  }

  /** Undo the last splice; return what was done to the list, or null. */
  undo() {
    const splice = this.done.pop();
    if (!splice) return null;
    this.undone.push(splice);
    return this.#run(invert(splice));
  }

  redo() {
    const splice = this.undone.pop();
    if (!splice) return null;
    this.done.push(splice);
    return this.#run(splice);
  }

  #run(splice) {
    apply(this.beads, splice);
    return splice;
  }
}
