"""Numbers in figures, letters, characters and words."""

import re

import pytest

from aligner.languages.numerals import numeral, plain


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "12", 12),
        ("ar", "١٢", 12),
        ("en", "iv", 4),
        ("en", "XLIX", 49),
        ("en", "IIII", None),
        ("zh", "三", 3),
        ("zh", "十", 10),
        ("zh", "二十一", 21),
        ("zh", "一百零五", 105),
        ("ja", "二〇", 20),
        ("zh", "廿三", 23),
        ("de", "drei", 3),
        ("de", "Drittes", 3),
        ("en", "twenty-one", 21),
        ("en", "Twelfth", 12),
        ("ru", "третья", 3),
        ("ru", "двадцать первая", 21),
        ("ru", "шестнадцатая", 16),
        ("es", "primera", 1),
        ("fr", "première", 1),
        ("it", "seconda", 2),
        ("pl", "dwudziesty pierwszy", 21),
        ("fi", "seitsemäs", 7),
        ("ar", "الثالث", 3),
        ("he", "שלישי", 3),
        ("nb", "tredje", 3),
        ("en", "house", None),
        ("en", "series", None),
        ("de", "der", None),
        ("tlh", "wej", None),
    ],
)
def test_numerals(lang, text, number):
    assert numeral(re.findall(r"\w+", plain(text)), lang) == number
