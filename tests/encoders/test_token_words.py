"""Where words stand in their texts, character by character, however a tokenizer cuts them."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.encoders import get_encoder
from aligner.encoders.token_words import find_words

LETTERS, UNSPACED, JOINERS = "aЯé1\u0301\u200cﬁ", "東のก", "'’."


class Cutter:
    """A tokenizer that cuts where it is told to, and normalises as SentencePiece does.

    A text begins with one more space, and a ligature becomes its two letters.
    """

    def __init__(self, cuts):
        self.cuts = cuts

    def normalize(self, text, with_offsets):
        assert with_offsets
        origins = [0, *(at for at, char in enumerate(text) for _ in plain(char)), len(text)]
        return "▁" + "".join(map(plain, text)), origins

    def encode(self, texts, out_type, num_threads):
        assert (out_type, num_threads) == (str, 1)
        return [
            [normal[start:stop] for start, stop in pairwise(self.places(len(normal)))]
            for normal in (self.normalize(text, True)[0] for text in texts)
        ]

    def places(self, size):
        return [0, *(cut for cut in sorted(self.cuts) if 0 < cut < size), size]


def plain(char):
    return {"ﬁ": "fi", " ": "▁"}.get(char, char)


def expected(texts, cutter):
    """Words as (text, begin, end), and the number of each token's word, -1 of marks."""
    words, of_token = [], []
    for number, text in enumerate(texts):
        normal, origins = cutter.normalize(text, True)

        def is_letter(at, text=text):
            return 0 <= at < len(text) and text[at] in LETTERS + UNSPACED

        def belongs(at, text=text, is_letter=is_letter):
            joins = text[at] in JOINERS and is_letter(at - 1) and is_letter(at + 1)
            return joins or is_letter(at)

        fresh = True
        for start, stop in pairwise(cutter.places(len(normal))):
            begin, end = origins[start], origins[stop]
            while begin < end and not belongs(begin):
                begin += 1
            while begin < end and not belongs(end - 1):
                end -= 1
            if begin == end:
                of_token.append(-1)
                continue
            if (
                not fresh
                and words[-1][2] == begin
                and not {text[begin - 1], text[begin]} & set(UNSPACED)
            ):
                words[-1] = (number, words[-1][1], end)
            else:
                words.append((number, begin, end))
            fresh = False
            of_token.append(len(words) - 1)
    return words, of_token


def found(tokenizer, texts):
    words = find_words(tokenizer, texts)
    counts = [stop - start for start, stop in pairwise(words.starts.tolist())]
    numbers = [number for number, count in enumerate(counts) for _ in range(count)]
    assert list(accumulate([0, *counts])) == words.starts.tolist()
    places = zip(numbers, words.begins.tolist(), words.ends.tolist(), strict=True)
    return list(places), words.of_token.tolist()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(LETTERS + UNSPACED + JOINERS + " ,«", max_size=12), max_size=4),
    st.sets(st.integers(1, 16)),
)
def test_words_are_where_their_letters_are(texts, cuts):
    assert found(Cutter(cuts), texts) == expected(texts, Cutter(cuts))


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["It’s one."], ["It’s", "one"]),
        (["the U.S. army"], ["the", "U.S", "army"]),
        (["“ﬁne”, he said", "(ＡＢＣ)"], ["ﬁne", "he", "said", "ＡＢＣ"]),
        (["un", "believable"], ["un", "believable"]),
        (["un.", ".believable"], ["un", "believable"]),
        (["", "x", "", "«y»"], ["x", "y"]),
        (["日本 café"], ["日本", "café"]),
    ],
)
def test_places_in_several_texts(texts, places):
    words, _ = found(get_encoder().tokenizer, texts)
    assert [texts[number][begin:end] for number, begin, end in words] == places
    # Each stands in the text that says it, where it first does.
    assert all(texts[n].index(texts[n][begin:end]) == begin for n, begin, end in words)
