"""Of what is done to a file of ours, nothing escapes the proof."""

import pytest

from benchmarks import damages


def test_no_damage_escapes() -> None:
    done, escaped = damages.run(90, seed=7)
    assert sum(done.values()) == 90
    assert escaped == []


def test_what_escapes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damages, "_is_told", lambda *_: False)
    done, escaped = damages.run(10, seed=7)
    assert len(escaped) == sum(done.values()) == 10
