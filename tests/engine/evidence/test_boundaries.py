"""Boundaries of beads against a slow twin, written from the columns' names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.encoders.sides import read_surface
from aligner.engine.evidence.boundaries import BOUNDARIES, boundary_features, has_paragraphs
from tests.engine.cases import random_lattice

TEXTS = ("“Go", "home.”", "She left.", "he said,", "(see", "below)", "— Yes.", "* * *", "why not;")


def small(text):
    return next(filter(str.isalpha, text), "").islower()


def soft(texts, at):
    """Whether the sentence seems to go on behind segment `at`."""
    return texts[at][-1] in ",;" or (at + 1 < len(texts) and small(texts[at + 1]))


def expected(src, tgt, src_breaks, tgt_breaks, i, a, j, b):
    row = dict.fromkeys(BOUNDARIES, 0)
    opens = {"“": 1, "”": -1}, {"(": 1, ")": -1}

    def total(texts, marks):
        return sum(marks.get(c, 0) for text in texts for c in text)

    def closes(text):
        return text.endswith("”")

    x, y = src[i : i + a], tgt[j : j + b]
    if not a or not b:
        texts, breaks, at = (src, src_breaks, i) if a else (tgt, tgt_breaks, j)
        text = texts[at]
        for name, marks in zip(("quotes", "brackets"), opens, strict=True):
            row[f"open_{name}_differ"] = abs(total([text], marks))
        row["soft_end_differs"] = soft(texts, at)
        row["soft_end_both"] = small(text) or (at > 0 and texts[at - 1][-1] in ",;")
        row["closing_differs"] = closes(text)
        row["opening_differs"] = text[0] == "“"
        row["dash_differs"] = text[0] == "—"
        row["letterless"] = text == "* * *"
        row["break_both"] = breaks[at] and breaks[at + 1]
        return list(row.values())
    for name, marks in zip(("quotes", "brackets"), opens, strict=True):
        row[f"open_{name}_differ"] = min(abs(total(x, marks) - total(y, marks)), 3)
    for name, one, other in (
        ("soft_end", soft(src, i + a - 1), soft(tgt, j + b - 1)),
        ("closing", closes(x[-1]), closes(y[-1])),
        ("opening", x[0][0] == "“", y[0][0] == "“"),
        ("dash", x[0][0] == "—", y[0][0] == "—"),
        ("break", src_breaks[i + a], tgt_breaks[j + b]),
    ):
        row[f"{name}_differs"] = one != other
        row[f"{name}_both"] = one and other
    row["letterless"] = min([*x, *y].count("* * *"), 8)
    row["break_inside"] = sum(src_breaks[i + 1 : i + a]) + sum(tgt_breaks[j + 1 : j + b])
    return list(row.values())


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 5), st.booleans())
@settings(max_examples=40, deadline=None)
def test_boundaries_equal_the_slow_way(seed, n, m, paragraphs):
    rng = np.random.default_rng(seed)
    src, tgt = ([TEXTS[k] for k in rng.integers(len(TEXTS), size=size)] for size in (n, m))
    units = [np.cumsum(rng.integers(0, 2, size)).tolist() for size in (n, m)]
    sides = [
        read_surface(texts, unit if paragraphs else ())
        for texts, unit in zip((src, tgt), units, strict=True)
    ]
    lattice = random_lattice(n, m, rng)
    counted = all({*side.breaks[1:].tolist()} == {True, False} for side in sides)
    breaks = [
        [True, *side.breaks[1:].tolist(), True] if counted else [False] * (len(side.breaks) + 1)
        for side in sides
    ]
    found = boundary_features(*sides, lattice)
    for e in range(len(lattice)):
        bead = (int(x[e]) for x in (lattice.i, lattice.a, lattice.j, lattice.b))
        assert found[e].tolist() == [float(x) for x in expected(src, tgt, *breaks, *bead)]


@pytest.mark.parametrize(
    ("units", "say"), [("0000", False), ("0123", False), ("0012", True), ("0", False)]
)
def test_paragraphs_say_something_where_some_segments_begin_one(units, say):
    assert has_paragraphs(read_surface(["Yes."] * len(units), units)) is say
