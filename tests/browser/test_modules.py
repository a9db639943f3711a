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

START = """
const { merge, move, remark, split, unpair } = module_model;
const { differences, Log } = module_log;

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

/** Do something to a log, somewhere; whether it could be done. */
function doSomething(log) {
  const at = random(log.beads.length);
  const side = ["src", "tgt"][random(2)];
  return [
    () => log.record("merge", at),
    () => log.record("split", at, side, random(4)),
    () => log.record("unpair", at),
    () => log.record("move", at, side, random(2) ? 1 : -1),
    () => log.record("remark", at, { star: true }),
    () => (log.note(at, `note ${random(1000)}`), true),
  ][random(6)]();
}
"""

EDITS = """
let done = 0;
for (let round = 0; round < 60; round++) {
  const { beads, src, tgt } = start();
  const log = new Log(beads, "a");
  const states = [JSON.stringify(beads)];
  let shown = log.beads;
  for (let i = 0; i < 40; i++) {
    if (!doSomething(log)) continue;
    done += 1;
    const state = JSON.stringify(log.beads);
    // What is typed on is one operation.
    if (log.operations.length < states.length) states[states.length - 1] = state;
    else states.push(state);
    const wrong = complaint(log.beads, src, tgt);
    if (wrong) return wrong;
    // What differs is all that is to be shown anew.
    const again = [...shown];
    for (const { at, removed, added } of differences(shown, log.beads)) {
      again.splice(at, removed.length, ...added);
    }
    if (JSON.stringify(again) !== state) return "not all that differs was told";
    shown = log.beads;
  }
  for (let i = states.length - 1; i > 0; i--) {
    log.undo();
    if (JSON.stringify(log.beads) !== states[i - 1]) return "undo did not undo";
  }
  if (log.undo() || log.canUndo) return "too much to undo";
  for (let i = 1; i < states.length; i++) {
    log.redo();
    if (JSON.stringify(log.beads) !== states[i]) return "redo did not redo";
  }
  if (log.redo() || log.canRedo) return "too much to redo";
}
return done;
"""

# Two tabs over one page, each of which hears of the other now and then.
TABS = """
const copy = (operations) => JSON.parse(JSON.stringify(operations));
let notes = 0;
for (let round = 0; round < 60; round++) {
  const { beads, src, tgt } = start();
  const logs = ["a", "b"].map((tab) => new Log(beads, tab));
  const hear = () => logs.forEach((log, i) => log.merge(copy(logs[1 - i].operations)));
  for (let i = 0; i < 30; i++) {
    const log = logs[random(2)];
    if (random(8) === 0) log.undo();
    else doSomething(log);
    if (random(5) === 0) hear();
    for (const each of logs) {
      const wrong = complaint(each.beads, src, tgt);
      if (wrong) return wrong;
    }
  }
  hear();
  const [one, other] = logs.map((log) => JSON.stringify(log.beads));
  if (one !== other) return "the tabs show different rows";
  // The note that was written last is in some row, whatever became of its own.
  const written = logs[0].operations.filter((each) => !each.undone && each.given[0]?.note);
  if (!written.length) continue;
  notes += 1;
  const { note } = written.at(-1).given[0];
  if (!logs[0].beads.some((bead) => bead.note.includes(note))) return `lost ${note}`;
}
return notes;
"""

CARRY = """
const { carry } = module_carry;
const { corrections } = module_exports;
const texts = { src: ["A.", "B.", "A.", "C.", "D."], tgt: ["а.", "б.", "в.", "г."] };
const plain = { confidence: 1, doubt: "", made: false, verdict: "", note: "", star: false };
const base = (spans) =>
  spans.map(([src, tgt], i) => ({ id: `b${i}`, label: `${i}`, src, tgt, ...plain, begins: null }));
const kept = () => ({ cuts: [], forbids: [], unmatched: [] });
const about = () => ({ kept: kept(), src_file: "", tgt_file: "" });
const here = base([[[0, 1], [0, 1]], [[1, 3], [1, 2]], [[3, 4], [2, 3]], [[4, 5], [3, 4]]]);
const there = base([[[0, 2], [0, 1]], [[2, 3], [1, 2]], [[3, 5], [2, 4]]]);
const one = new Log(here, "a");
one.record("merge", 0);
one.record("remark", 1, { verdict: "confirmed", star: true });
one.note(2, "look");
one.record("remark", 2, { verdict: "wrong" });
const said = corrections(one.beads, texts, about());
const other = new Log(there, "b");
const elsewhere = about();
const first = carry(said, other, texts, elsewhere);
const now = corrections(other.beads, texts, elsewhere);
const again = carry(said, other, texts, elsewhere);
const strange = carry({ pins: [{ source: ["Z."], target: [] }] }, other, texts, elsewhere);
const names = ["pins", "cuts", "forbids", "notes", "stars"];
return {
  same: names.every((name) => JSON.stringify(said[name]) === JSON.stringify(now[name])),
  unmatched: first.unmatched, again: again.operations, strange: strange.unmatched.length,
};
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
    done = run(["model", "log"], START + EDITS)
    assert isinstance(done, int), done
    assert done > 500


def test_tabs_put_together_what_each_did(run: Any) -> None:
    notes = run(["model", "log"], START + TABS)
    assert isinstance(notes, int), notes
    assert notes > 30


def test_what_was_said_on_another_page_of_the_texts_is_found_by_quotation(run: Any) -> None:
    found = run(["model", "log", "exports", "carry"], START + CARRY)
    assert found == {"same": True, "unmatched": [], "again": 0, "strange": 1}


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
