// Runs before anything is painted, so that a dark page never flashes white.
try {
  const settings = JSON.parse(localStorage.getItem("aligner")) || {};
  for (const name of ["mode", "swap", "theme", "size"]) {
    if (settings[name]) document.documentElement.dataset[name] = settings[name];
  }
} catch {
  // No storage (a private window, a sandbox): the page opens as it was made.
}
document.documentElement.classList.add("js");
