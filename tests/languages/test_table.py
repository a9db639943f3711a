"""What is said of languages that the table, or anybody, knows nothing of."""

import pytest

from aligner.languages.table import direction, find, known_as, separator


@pytest.mark.parametrize("tag", ["", "qqq-notatagatall", "a"])
def test_what_is_no_tag_is_known_as_itself(tag: str) -> None:
    assert known_as(tag) == tag.partition("-")[0]
    assert find(tag) is None
    assert separator(tag) == " "
    assert direction(tag) == "ltr"


def test_a_form_of_a_language_is_known_as_that() -> None:
    assert known_as("nb-NO") == known_as("no") == "no"
    assert known_as("en-GB") == "en"
