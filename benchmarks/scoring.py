"""From what a system found to figures."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.evaluation import Evaluation, Link, evaluate
from benchmarks.sets import DevelopmentSet
from benchmarks.systems import Result, System

BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """One system's figures on one set.

    Args:
        evaluation: strict and lax.
        calibration_error: see the function; None where beads have no confidence, or where
            they were merged to be scored and it no longer belongs to them.
        seconds: from lines of text to beads, all documents.
    """

    evaluation: Evaluation
    calibration_error: float | None
    seconds: float


def score(system: System, tested: DevelopmentSet) -> Score:
    """Run a system over a set and score it."""
    src_lang, tgt_lang = tested.languages
    start = time.perf_counter()
    results = [system(pair.src, pair.tgt, src_lang, tgt_lang) for pair in tested.pairs]
    seconds = time.perf_counter() - start
    both = list(zip(tested.pairs, results, strict=True))
    return Score(
        evaluate(
            (pair.gold, pair.merged(result.links) if tested.is_coarse else result.links)
            for pair, result in both
        ),
        None
        if tested.is_coarse
        else calibration_error((pair.gold, result) for pair, result in both),
        seconds,
    )


def calibration_error(results: Iterable[tuple[Sequence[Link], Result]]) -> float | None:
    """Return the expected calibration error: how far confidence is from the truth, on average.

    Beads are sorted into BINS of equal width by confidence; the error is the difference between
    a bin's mean confidence and its share of right beads, weighted by its beads (Naeini et al.
    2015). A bead is right when gold has exactly this bead.

    Args:
        results: gold and what was found, of each document.
    """
    bins = [[0, 0, 0.0] for _ in range(BINS)]  # beads, right ones, sum of confidences
    for gold, result in results:
        right = set(gold)
        if not result.confidences:
            return None
        for link, confidence in zip(result.links, result.confidences, strict=True):
            entry = bins[min(int(confidence * BINS), BINS - 1)]
            entry[0] += 1
            entry[1] += link in right
            entry[2] += confidence
    total = sum(int(count) for count, _, _ in bins)
    return sum(abs(right - believed) for _, right, believed in bins) / total if total else None
