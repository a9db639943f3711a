"""The page's modules by themselves: whatever is done, every segment stays in one bead."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from aligner.corrections import bind, load
from aligner.formats.writers import reader_page
from aligner.formats.writers.reader_page.bundle import bundle
from aligner.types import Span
from tests.corrections.test_corrections import document

EDITS = """
const { merge, move, remark, split, unpair } = module_model;
const { History } = module_history;

// A small generator of its own, so that a failure can be repeated.
let seed = 1;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;

function start() {
  const beads = [];
  let [src, tgt] = [0, 0];
  for (let i = 0; i < 12; i++) {
    const [m, n] = [random(4), random(4)];
    if (m + n === 0) continue;
    beads.push({ id: `b${i}`, label: `${i}`, src: [src, src + m], tgt: [tgt, tgt + n],
                 confidence: 1, made: false, verdict: "", note: "", star: false });
    [src, tgt] = [src + m, tgt + n];
  }
  return { beads, src, tgt };
}

function complaint(beads, src, tgt) {
  let [s, t] = [0, 0];
  for (const bead of beads) {
    if (bead.src[0] !== s || bead.tgt[0] !== t) return `gap before ${JSON.stringify(bead)}`;
    if (bead.src[1] < s || bead.tgt[1] < t) return `negative ${JSON.stringify(bead)}`;
    [s, t] = [bead.src[1], bead.tgt[1]];
    if (bead.src[0] === s && bead.tgt[0] === t) return `empty ${JSON.stringify(bead)}`;
  }
  if (s !== src || t !== tgt) return "short";
  if (new Set(beads.map((bead) => bead.id)).size < beads.length) return "two beads of one id";
  return "";
}

let done = 0;
for (let round = 0; round < 60; round++) {
  const { beads, src, tgt } = start();
  const first = JSON.stringify(beads);
  const past = new History(beads);
  const states = [first];
  for (let i = 0; i < 40; i++) {
    const at = random(beads.length);
    const side = ["src", "tgt"][random(2)];
    const splice = [
      () => merge(beads, at),
      () => split(beads, at, side, random(4)),
      () => unpair(beads, at),
      () => move(beads, at, side, random(2) ? 1 : -1),
      () => remark(beads, at, { star: true }),
    ][random(5)]();
    if (!splice) continue;
    past.record(splice);
    done += 1;
    states.push(JSON.stringify(beads));
    const wrong = complaint(beads, src, tgt);
    if (wrong) return wrong;
  }
  for (let i = states.length - 1; i > 0; i--) {
    past.undo();
    if (JSON.stringify(beads) !== states[i - 1]) return "undo did not undo";
  }
  if (past.undo() !== null) return "too much to undo";
  for (let i = 1; i < states.length; i++) {
    past.redo();
    if (JSON.stringify(beads) !== states[i]) return "redo did not redo";
  }
}
return done;
"""


@pytest.fixture
def run(browser: Any) -> Any:
    """Run JavaScript after some of the page's modules, and give back what it returns."""
    context = browser.new_context()
    page = context.new_page()

    def source(name: str) -> str:
        return resources.files(reader_page).joinpath(name).read_text("utf-8")

    yield lambda modules, body: page.evaluate(f"(() => {{ {bundle(modules, source)}\n{body} }})()")
    context.close()


def test_any_edits_keep_every_segment_and_can_be_undone(run: Any) -> None:
    assert run(["model", "history"], EDITS) > 500


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ёлка", "елка"),
        ("Crème BRÛLÉE", "creme brulee"),
        ("Йод", "йод"),
        ("İx", "ix"),
        ("😀A", "😀a"),
    ],
)
def test_folding_keeps_positions(run: Any, text: str, folded: str) -> None:
    result = run(["fold"], f"return module_fold.fold({text!r})")
    assert result == folded
    assert len(result) == len(text)


def test_all_positions_are_found(run: Any) -> None:
    assert run(["fold"], 'return module_fold.positions("abcabcab", "ab")') == [0, 3, 6]
    assert run(["fold"], 'return module_fold.positions("aaaa", "aa")') == [0, 2]


def test_what_was_refused_now_and_before_is_named_in_the_order_of_the_texts(
    run: Any, tmp_path: Path
) -> None:
    """Of repeated texts the next run takes the first after the correction before."""
    src, tgt = ["Yes.", "One.", "Yes."], ["Да.", "Раз.", "Да."]
    beads = [
        {"src": [i, i + 1], "tgt": [i, i + 1], "verdict": "" if i else "wrong"} for i in range(3)
    ]
    before = {"src": [1, 2], "tgt": [1, 2]}
    about = {"kept": {"cuts": [], "forbids": [before], "unmatched": []}}
    given = f"{json.dumps(beads)}, {json.dumps({'src': src, 'tgt': tgt})}, {json.dumps(about)}"
    found = run(["model", "exports"], f"return module_exports.corrections({given})")
    path = tmp_path / "corrections.json"
    path.write_text(json.dumps(found), "utf-8")
    forbids = bind(load(path), document(*src), document(*tgt)).forbids
    assert forbids == tuple((Span(i, i + 1), Span(i, i + 1)) for i in range(2))
