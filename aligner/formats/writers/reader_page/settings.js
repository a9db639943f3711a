// How the page looks: mode, order of the sides, light or dark, size of the text.

import { root } from "./page.js";
import { openStore } from "./store.js";

const store = openStore("aligner");
const menu = document.querySelector(".menu");
const MODES = ["columns", "interlinear", "reveal", "src", "tgt"];

function use(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  if (name === "size") root.style.setProperty("--size", (value || 100) / 100);
  store.set(name, value);
}

export function setMode(number) {
  menu.querySelector(`[name=mode][value=${MODES[number]}]`).click();
}

export function swap() {
  menu.querySelector("[name=swap]").click();
}

export function openSettings() {
  for (const input of menu.querySelectorAll("input")) {
    const kept = store.get(input.name);
    if (input.type === "radio") input.checked = (kept || menu.querySelector(`[name=${input.name}]`).value) === input.value;
    else if (input.type === "checkbox") input.checked = Boolean(kept);
    else input.value = kept || 100;
    if (kept) use(input.name, kept);
  }
  menu.addEventListener("input", ({ target }) => {
    use(target.name, target.type === "checkbox" ? (target.checked ? "yes" : "") : target.value);
  });
  // A menu closes when the reader turns to something else.
  document.addEventListener("click", ({ target }) => {
    for (const open of document.querySelectorAll(".menu[open]")) if (!open.contains(target)) open.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const open = document.querySelector(".menu[open]");
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
}
