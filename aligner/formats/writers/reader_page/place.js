// Where the reader is: permalinks, and the place kept between visits.

import { select, toast, topRow } from "./page.js";

let waiting = 0;

function rowOf(hash) {
  const row = document.getElementById(decodeURIComponent(hash.slice(1)));
  return row?.matches(".group > li") ? row : null;
}

function follow() {
  const row = rowOf(location.hash);
  if (row) select(row, { scroll: "center" });
  return row;
}

export async function copyLink(row) {
  history.replaceState(null, "", `#${row.id}`);
  try {
    await navigator.clipboard.writeText(location.href);
    toast("The link is copied.");
  } catch {
    toast("The link stands in the address bar.");
  }
}

export function openPlace(store) {
  addEventListener("hashchange", follow);
  const kept = store.get("place");
  if (!follow() && kept) {
    const row = rowOf(`#${kept}`);
    if (row) {
      select(row, { scroll: "start", focus: false });
      toast("You stopped reading here.", "Go to the start", () => scrollTo({ top: 0 }));
    }
  }
  addEventListener(
    "scroll",
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => store.set("place", scrollY < 200 ? "" : (topRow()?.id ?? "")), 300);
    },
    { passive: true },
  );
}
