"""Checks find what they name, marking loses nothing, and what is dropped is listed."""

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.export.filters import CHECKS, Rule, drop, mark
from aligner.export.filters.checks import MAX_DIGITS, numbers_differ
from aligner.export.filters.sifting import leave_out
from aligner.formats.rows import parse_signature
from aligner.types import (
    Alignment,
    Bead,
    Bitext,
    Block,
    Correction,
    CorrectionKind,
    Document,
    LeftOut,
    Move,
    Origin,
    Placed,
    Quote,
    Segment,
    Span,
)
from tests.formats.writers.bitexts import bitexts

FILLER = [
    ("The river rose slowly all night long.", "Всю ночь река медленно поднималась."),
    ("By the morning the old bridge was gone.", "К утру старого моста уже не было."),
]


def bitext_of(*pairs: tuple[str, str], confidence: float = 1.0) -> Bitext:
    """A bitext of pairs; an empty text is an empty side."""
    sides: tuple[list[str], list[str]] = ([], [])
    beads = []
    for pair in pairs:
        spans = []
        for side, text in zip(sides, pair, strict=True):
            side.extend([text] if text else [])
            spans.append(Span(len(side) - bool(text), len(side)))
        beads.append(Bead(*spans, confidence=confidence))
    documents = []
    for side, lang in zip(sides, ("en", "ru"), strict=True):
        starts = [0, *accumulate(len(text) + 1 for text in side)][:-1]
        segments = tuple(
            Segment(text, start, start + len(text))
            for text, start in zip(side, starts, strict=True)
        )
        block = Block("\n".join(side), place="line 1")
        documents.append(Document((block,), lang, Origin("x"), segments))
    return Bitext(*documents, Alignment(tuple(beads), *map(len, sides)))


def failing(name: str, *pairs: tuple[str, str]) -> list[int]:
    return Rule(name).failures(bitext_of(*pairs))


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("identical", ("OK, go!", "Ok — GO"), ("Go!", "Иди!")),
        ("identical", ("Moscow", "moscow"), ("12", "12")),  # a number has no translation
        (
            "untranslated",
            ("He said he would come to us.", "he said he would come — да"),
            ("New York Times and the BBC", "New York Times и BBC сообщают об этом"),
        ),
        ("length", ("No.", "Он говорил об этом так долго, что все давно ушли."), FILLER[0]),
        ("numbers", ("It was 1987.", "Шёл 1978 год."), ("It was 1987.", "Шёл 1987 год.")),
        (
            "language",
            ("The weather was very good on that day.", "Погода была в тот день очень good."),
            FILLER[1],
        ),
        ("not-1-1", ("Left out.", ""), FILLER[0]),
    ],
)
def test_a_check_fails_the_bad_and_passes_the_good(
    name: str, bad: tuple[str, str], good: tuple[str, str]
) -> None:
    if name == "language":
        bad = (bad[0], "Die Brücke war am nächsten Morgen verschwunden.")
    assert failing(name, *FILLER, bad, good) == [2]


@pytest.mark.parametrize("name", sorted(set(CHECKS) - {"unsure", "not-1-1"}))
def test_null_alignments_have_nothing_to_compare(name: str) -> None:
    assert failing(name, ("The same 5.", ""), ("", "The same 6."), ("The same 5.", "")) == []


def test_duplicates_are_the_later_ones() -> None:
    pairs = [("One, 5.", "Раз, 5."), FILLER[0], ("One, 5.", "Раз, 5."), ("one 7", "«Раз» — 7")]
    assert failing("duplicate", *pairs) == [2]
    assert failing("near-duplicate", *pairs) == [2, 3]
    # The same source with another translation is no duplicate.
    assert failing("near-duplicate", ("One.", "Раз."), ("One.", "Один.")) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("1,000 men and 2.5 miles", "1 000 человек и 2,5 мили"),
        ("1,234,567", "1.234.567"),
        ("in 2024", "٢٠٢٤"),
        ("three of 40", "3 из 40"),
        ("the 20th century", "XX век"),
        ("10,000 people", "10 тысяч человек"),
        ("150,000 people", "15万人"),
        ("5 May 2024", "2024年5月5日 в 5"),
        ("no numbers", "без чисел"),
    ],
)
def test_the_same_numbers_in_other_forms_pass(source: str, target: str) -> None:
    assert not numbers_differ(source, target)
    assert not numbers_differ(target, source)


@pytest.mark.parametrize(
    ("source", "target"),
    [("5 dogs", "7 собак"), ("in 1945", "в том году"), ("10 of 20", "10 из 30"), ("1.5", "15 и 2")],
)
def test_other_numbers_fail(source: str, target: str) -> None:
    assert numbers_differ(source, target)
    assert numbers_differ(target, source)


@given(st.text(st.sampled_from("0123456789 ,.'٣७IVX\u00a0x"), max_size=30))
def test_a_text_has_the_same_numbers_as_itself(text: str) -> None:
    assert not numbers_differ(text, text)


def test_a_number_may_be_longer_than_python_reads() -> None:
    assert numbers_differ("9" * 10_000, "x")
    assert not numbers_differ("9" * 10_000, "9" * (MAX_DIGITS + 1))


def test_a_limit_can_be_given() -> None:
    bitext = bitext_of(*FILLER, confidence=0.6)
    assert Rule("unsure").failures(bitext) == []
    assert Rule.parse("unsure=0.7").failures(bitext) == [0, 1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("spelling", "no check 'spelling'; there are unsure"),
        ("numbers=1", "has no limit"),
        ("unsure=high", "'high' is no number"),
        ("unsure=70", "between 0 and 1"),
        ("length=0.5", "between 1 and"),
        ("unsure=nan", "between 0 and 1"),
    ],
)
def test_a_wrong_rule_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Rule.parse(text)


def test_marking_adds_flags_and_changes_nothing_else() -> None:
    bitext = bitext_of(*FILLER, ("In 1945.", "Тогда."), ("One.", ""))
    beads = list(bitext.alignment.beads)
    beads[2] = replace(beads[2], flags=("pinned",))
    bitext = replace(bitext, alignment=replace(bitext.alignment, beads=tuple(beads)))
    marked = mark(bitext, [Rule("numbers"), Rule("not-1-1")])
    assert [bead.flags for bead in marked.alignment.beads] == [
        *((), (), ("numbers", "pinned"), ("not-1-1",))
    ]
    plain = tuple(replace(bead, flags=()) for bead in marked.alignment.beads)
    assert plain == tuple(replace(bead, flags=()) for bead in bitext.alignment.beads)
    assert (marked.src, marked.tgt) == (bitext.src, bitext.tgt)


def test_what_is_dropped_is_counted_and_listed() -> None:
    bitext = bitext_of(FILLER[0], ("In 1945.", "Тогда."), ("One.", ""), FILLER[1])
    result = drop(bitext, [Rule("not-1-1"), Rule("numbers"), Rule("identical")])
    assert (result.beads, result.counts) == (2, {"not-1-1": 1, "numbers": 1})
    assert [result.bitext.src_text(bead) for bead in result.bitext.alignment.beads] == [
        FILLER[0][0],
        FILLER[1][0],
    ]
    listed = [(piece.text, piece.reason, piece.place) for piece in result.bitext.left_out]
    assert listed == [
        ("In 1945.", "dropped: numbers", "line 1"),
        ("One.", "dropped: not-1-1", "line 1"),
        ("Тогда.", "dropped: numbers", "line 1"),
    ]


def test_the_signature_says_by_what_rules() -> None:
    result = drop(bitext_of(*FILLER), [Rule("numbers"), Rule("unsure"), Rule("length", 3)])
    assert result.bitext.provenance.settings == (("drop", "numbers unsure=0.5 length=3"),)
    signature = result.bitext.provenance.signature
    assert signature.endswith("|drop:numbers unsure=0.5 length=3")
    assert parse_signature(signature) == result.bitext.provenance
    rules = dict(parse_signature(signature).settings)["drop"].split()
    assert [Rule.parse(rule) for rule in rules] == [
        *(Rule("numbers"), Rule("unsure", 0.5), Rule("length", 3.0))
    ]


def test_nothing_is_dropped_without_rules() -> None:
    bitext = bitext_of(*FILLER, *FILLER)
    assert drop(bitext, []).bitext is bitext
    assert mark(bitext, []) is bitext


@given(bitexts(), st.lists(st.sampled_from(sorted(set(CHECKS) - {"language"})), max_size=3))
@settings(deadline=None, max_examples=80)
def test_every_segment_is_kept_or_listed(bitext: Bitext, names: list[str]) -> None:
    result = drop(bitext, map(Rule, names))
    left = result.bitext
    assert len(left.alignment) == len(bitext.alignment) - result.beads
    for before, after in ((bitext.src, left.src), (bitext.tgt, left.tgt)):
        dropped = [piece for piece in after.left_out if piece.reason.startswith("dropped: ")]
        kept = [(each.text, each.start, each.stop) for each in (*after.segments, *dropped)]
        assert sorted(kept) == sorted((s.text, s.start, s.stop) for s in before.segments)
        assert after.blocks == before.blocks
    texts = {(bitext.src_text(bead), bitext.tgt_text(bead)) for bead in bitext.alignment.beads}
    for bead in left.alignment.beads:
        assert (left.src_text(bead), left.tgt_text(bead)) in texts


def test_moved_spans_follow_their_segments() -> None:
    bitext = bitext_of(("In 1945.", "Тогда."), ("One.", ""), FILLER[0], ("", "Раз."))
    moves = (Move(Span(1, 2), Span(2, 3), 0.5), Move(Span(0, 1), Span(0, 1), 0.5))
    bitext = replace(bitext, alignment=replace(bitext.alignment, moves=moves))
    left = drop(bitext, [Rule("numbers")]).bitext
    assert left.alignment.moves == (Move(Span(0, 1), Span(1, 2), 0.5),)
    assert left.src.segments[0].text == "One."
    assert left.tgt.segments[1].text == "Раз."


def test_corrections_follow_the_segments_of_their_own_side() -> None:
    bitext = bitext_of(("Gone.", ""), FILLER[0], ("", "Ушло."), ("Left.", ""), FILLER[1])
    nothing = Quote(())
    kinds: tuple[CorrectionKind, ...] = ("pin", "cut", "cut", "pin", "note", "star")
    said = [Correction(kind, nothing, nothing) for kind in kinds]
    placed = (
        Placed(said[0], Span(1, 2), Span(0, 1)),
        Placed(said[1], Span(3, 4), None),
        Placed(said[2], None, Span(2, 3)),
        Placed(said[3], Span(2, 3), Span(2, 2)),
        Placed(said[4], Span(2, 2), Span(1, 2)),
        Placed(said[5], reason="not there any more"),
    )
    gone = {0: "a", 2: "b"}
    left = leave_out(replace(bitext, corrections=placed), gone)
    assert left.corrections == (
        Placed(said[0], Span(0, 1), Span(0, 1)),
        Placed(said[1], Span(2, 3), None),
        Placed(said[2], None, Span(1, 2)),
        Placed(said[3], Span(1, 2), Span(1, 1)),
        Placed(said[4], reason="left out of this file"),
        placed[5],
    )


def test_what_is_left_out_joins_the_list_in_the_order_of_the_text() -> None:
    bitext = bitext_of(FILLER[0], ("Gone.", ""), FILLER[1], ("Lost.", ""))
    start = bitext.src.segments[2].start
    listed = LeftOut("Menu", start, start + 4, "furniture")
    bitext = replace(bitext, src=replace(bitext.src, left_out=(listed,)))
    left = leave_out(bitext, {3: "later", 1: "sooner"})
    assert [(piece.text, piece.reason) for piece in left.src.left_out] == [
        ("Gone.", "sooner"),
        ("Menu", "furniture"),
        ("Lost.", "later"),
    ]
    assert left.tgt == bitext.tgt
    assert left.alignment.beads[1] == replace(
        bitext.alignment.beads[2], src=Span(1, 2), tgt=Span(1, 2)
    )


@pytest.mark.parametrize(
    ("source", "target", "differ"),
    [
        ("Open %s.", "%s öffnen.", False),
        ("Open %s.", "Öffnen.", True),
        ("%s of %s", "%2$s von %1$s", False),
        ("%s of %s", "%2$s von", True),
        ("%d files", "%s Dateien", True),
        ("%(name)s is %(age)d", "%(age)d ist %(name)s", False),
        ("%(name)s", "%(Name)s", True),
        ("Actual: {0}, expected: {1}", "Erwartet: {1}, tatsächlich: {0}", False),
        ("Hello {name}!", "Hallo {nahme}!", True),
        ("Hello {{ name }}!", "Hallo!", True),
        ("In ${home}.", "In $home.", True),
        ("100% sure, 50 % done", "Zu 100 % sicher, 50% fertig", False),
        (
            "{count, plural, one {a file} other {files}}",
            "{count, plural, one {D} other {E}}",
            False,
        ),
        ("{}", "{}", False),
        ("{:.2f}", "{:.3f}", True),
        ("%@ wrote", "%@ schrieb", False),
    ],
)
def test_placeholders(source, target, differ):
    assert failing("placeholders", (source, target)) == ([0] if differ else [])


@pytest.mark.parametrize(
    ("source", "target", "differ"),
    [
        ("A <b>boat</b>.", "Ein <b>Boot</b>.", False),
        ("A <b>boat</b>.", "Ein Boot.", True),
        ("A <b>boat</b>.", "Ein <b>Boot.", True),
        ('<a href="en.html">x</a>', '<a href="de.html">y</a>', False),
        ("one<br>two", "eins<br/>zwei", False),
        ("<B>x</B>", "<b>y</b>", False),
        ("a < b > c", "a < b", False),
        ("<i>x</i>", "<b>y</b>", True),
    ],
)
def test_tags(source, target, differ):
    assert failing("tags", (source, target)) == ([0] if differ else [])


def test_letterless():
    pairs = [("✓", "✓"), ("640", "640"), ("Yes", "Ja"), ("Yes", "1"), ("—", "Ja"), ("日", "日")]
    assert failing("letterless", *pairs) == [0, 1, 3, 4]
