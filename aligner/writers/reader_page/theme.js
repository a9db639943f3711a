// Light or dark: as the system says, until the reader says otherwise.

const button = document.getElementById("theme");
const system = matchMedia("(prefers-color-scheme: dark)");
button.closest(".tools").hidden = false;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system.matches;
}

button.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
});
