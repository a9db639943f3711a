"""Numbers in half the memory are those that torch would make of them."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.encoders.embedded.bfloat16 import single, stored

HALF = np.dtype(np.uint16)
NUMBERS = st.lists(st.floats(-(2.0**100), 2.0**100, width=32), min_size=1, max_size=40)


@given(NUMBERS)
@settings(deadline=None)
def test_rounds_as_torch_does(numbers):
    values = np.array([numbers], np.float32)
    expected = torch.from_numpy(values).bfloat16()
    assert np.array_equal(stored(values, HALF), expected.view(torch.int16).numpy().view(np.uint16))
    assert np.array_equal(single(stored(values, HALF)), expected.float().numpy())


def test_ties_go_to_the_even_neighbour():
    step = 2.0**-7  # between neighbours from 1 to 2
    values = np.array([[1 + step / 2, 1 + 3 * step / 2]], np.float32)
    assert single(stored(values, HALF))[0] == pytest.approx([1, 1 + 2 * step], abs=0)


def test_float32_stays_as_it_is():
    values = np.ones((2, 3), np.float32)
    assert stored(values, values.dtype) is values
    assert single(values) is values
