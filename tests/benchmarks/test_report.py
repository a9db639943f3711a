"""Tables, and the page they are put into."""

import pytest

from aligner.errors import ReadError
from benchmarks.report import PAGE, put, table


def test_a_table():
    assert table(("set", "F1"), [("one", "0.9"), ("a long one", "1.000")]).splitlines() == [
        "| set        |    F1 |",
        "| :--------- | ----: |",
        "| one        |   0.9 |",
        "| a long one | 1.000 |",
    ]


def test_a_text_is_put_in_its_place(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Before.\n\n<!-- x -->\nold\n<!-- end of x -->\n\nAfter.\n", "utf-8")
    for _ in range(2):  # the second time changes nothing
        put("x", "new", page)
        text = "Before.\n\n<!-- x -->\n\nnew\n\n<!-- end of x -->\n\nAfter.\n"
        assert page.read_text("utf-8") == text
    with pytest.raises(ReadError, match="no place for 'y'"):
        put("y", "new", page)
    assert page.read_text("utf-8") == text


def test_the_page_has_the_places_that_the_commands_fill():
    text = PAGE.read_text("utf-8")
    for name in ("accuracy", "speed", "speed-document"):
        assert text.count(f"<!-- {name} -->\n") == text.count(f"<!-- end of {name} -->") == 1
