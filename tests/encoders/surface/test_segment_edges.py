"""Quotes, brackets and clauses that are open where a segment begins or ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.encoders.surface.segment_edges import EDGES, balances, edges


@pytest.mark.parametrize(
    ("text", "quotes", "brackets"),
    [
        ("She left.", 0, 0),
        ("“Go", 1, 0),
        ("home,” she said.", -1, 0),
        ("„Geh“, sagte sie.", 0, 0),
        ("»Gå«, sagde hun.", 0, 0),
        ("«Иди», — сказала она.", 0, 0),
        ("'I won't,' he said. 'Why", 1, 0),
        ("'The boys' books", 0, 0),
        ("don't", 0, 0),
        ('"Go', 1, 0),
        ('home," she said.', -1, 0),
        ("「行け", 1, 0),
        ("（见第三章", 0, 1),
        ("as before).", 0, -1),
        ("([", 0, 2),
    ],
)
def test_what_stays_open(text, quotes, brackets):
    assert balances([text]).tolist() == [[quotes, brackets]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She left.", []),
        ("the snow fell;", ["soft_end", "lower"]),
        ("He said:", ["soft_end"]),
        ("(so he said,)", ["soft_end", "lower"]),
        ("“Go home.”", ["closing", "opening"]),
        ("'Go home.'", ["closing", "opening"]),
        ("the boys'", ["lower"]),
        ("— Да, — сказал он.", ["dash"]),
        ("— Да,", ["soft_end", "dash"]),
        ("行け、", ["soft_end"]),
        ("* * *", ["letterless"]),
        ("1957", []),
        ("", ["letterless"]),
    ],
)
def test_how_a_text_begins_and_ends(text, names):
    assert {name for name, found in zip(EDGES, edges([text])[0], strict=True) if found} == set(
        names
    )


@given(st.lists(st.text(alphabet="aA ,;:.!?'\"“”„«»‹›「」『』()[]—–-…’‘1\n"), max_size=5))
def test_any_text_is_counted(texts):
    assert balances(texts).shape == (len(texts), 2)
    assert edges(texts).shape == (len(texts), len(EDGES))
