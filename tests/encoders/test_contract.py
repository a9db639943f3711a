"""An encoder may be anybody's: what is none is told before the work, in one line."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from aligner import align_segments
from aligner.encoders.contract import checked, encode_checked
from aligner.errors import EncoderError


def encoder(**changed: Any) -> Any:
    whole = {
        "name": "own",
        "dimension": 3,
        "languages": None,
        "encode": lambda t: [[1, 0, 0]] * len(t),
    }
    return SimpleNamespace(**(whole | changed))


def test_one_that_is_one() -> None:
    assert checked(encoder()).name == "own"
    assert checked(encoder(dimension=np.int64(3))).dimension == 3
    assert encode_checked(encoder(), ["a", "b"]).tolist() == [[1, 0, 0]] * 2


@pytest.mark.parametrize(
    "changed",
    [{"dimension": each} for each in (0, -1, "3", None, 2.0)]
    + [{"name": None}, {"name": 3}, {"encode": None}],
    ids=str,
)
def test_one_that_is_none(changed: dict[str, Any]) -> None:
    with pytest.raises(EncoderError, match="this is no encoder"):
        align_segments(["A."], ["B."], src_lang="en", tgt_lang="ru", encoder=encoder(**changed))


@pytest.mark.parametrize(
    "answer",
    [None, "x", ["x"], [["x"] * 3], [[1j, 0, 0]], [[1, 0], [1, 0, 0]], [[True, False, True]]],
    ids=str,
)
def test_one_that_gives_no_vectors(answer: Any) -> None:
    with pytest.raises(EncoderError, match="the encoder gave") as caught:
        encode_checked(encoder(encode=lambda _: answer), ["a"])
    assert "\n" not in str(caught.value)
