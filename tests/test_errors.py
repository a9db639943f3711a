"""What went wrong is said in one line, also by another process."""

import pickle

import pytest

from aligner import errors
from aligner.errors import AlignerError, ReadError


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("it is empty",), "it is empty"),
        (("it is empty", "a.txt"), "a.txt: it is empty"),
        (("it is empty", "", "name another"), "it is empty; name another"),
        (("it is empty", "a.txt", "name another"), "a.txt: it is empty; name another"),
    ],
)
def test_what_where_and_what_to_do(parts, said):
    error = ReadError(*parts)
    assert str(error) == said
    assert (error.problem, error.where, error.remedy) == (*parts, "", "")[:3]
    sent = pickle.loads(pickle.dumps(error))
    assert (type(sent), str(sent), vars(sent)) == (ReadError, said, vars(error))


def test_whoever_catches_one_catches_all():
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    assert len(kinds) > 5
    assert all(issubclass(each, AlignerError) for each in kinds)


def test_whatever_is_told_it_is_one_line():
    assert (
        str(AlignerError("it said\nso", "a\r\nb.txt", "mend\tit")) == "a b.txt: it said so; mend it"
    )
