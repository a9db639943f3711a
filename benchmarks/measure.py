"""Measure one system on one document, in a process of its own.

    python -m benchmarks.measure SYSTEM STEM SRC_LANG TGT_LANG

STEM.src, STEM.tgt and STEM.gold are the document. Prints one line of JSON, a `Measurement`.
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from aligner.evaluation import evaluate
from benchmarks.sets import Pair, read_pair

# Segments of the first call: each loads and compiles what the second then finds.
FEW = 30
# Segments of which one is counted to guess how many tokens a text has.
SAMPLED = 50
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one system needed for one document, and how right it was.

    Args:
        segments: of both sides.
        startup: seconds to load everything, until a short text is aligned.
        seconds: from lines of text to beads.
        processor: seconds of work, of all cores together; it hardly depends on what else runs.
        mebibytes: the most memory that the process ever held, the texts among it.
        strict, lax: F1.
    """

    segments: int
    startup: float
    seconds: float
    processor: float
    mebibytes: float
    strict: float
    lax: float


def measure(name: str, pair: Pair, src_lang: str, tgt_lang: str) -> Measurement:
    """Run a system over a document once."""
    start = time.perf_counter()
    import aligner
    from aligner.encoders.embedded import encoder as embedded
    from aligner.encoders.embedded.encoder import EmbeddedEncoder
    from aligner.encoders.embedded.matmul import half_is_fast
    from benchmarks.systems import system

    encoder = aligner.get_encoder()
    run = system(name, encoder)
    run(pair.src[:FEW], pair.tgt[:FEW], src_lang, tgt_lang)
    if name in ("aligner", "vecalign") and isinstance(encoder, EmbeddedEncoder):
        for texts in (pair.src, pair.tgt):
            tokens = sum(map(len, encoder.tokenize(texts[::SAMPLED]))) * SAMPLED
            if tokens >= embedded.LONG and half_is_fast():
                # Long texts are multiplied by torch; its import is start-up.
                with patch.object(embedded, "LONG", 0):
                    run(pair.src[:FEW], pair.tgt[:FEW], src_lang, tgt_lang)
    worked, ready = time.process_time(), time.perf_counter()
    found = run(pair.src, pair.tgt, src_lang, tgt_lang)
    done, processor = time.perf_counter(), time.process_time() - worked
    held = _most_memory()
    right = evaluate([(pair.gold, found.links)])
    return Measurement(
        segments=pair.segments,
        startup=ready - start,
        seconds=done - ready,
        processor=processor,
        mebibytes=held / MIB,
        strict=right.strict.f1,
        lax=right.lax.f1,
    )


def _most_memory() -> int:
    """Bytes. Linux's own count is of this program alone; `getrusage` has its parent's, too."""
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main(arguments: Sequence[str]) -> None:
    name, stem, src_lang, tgt_lang = arguments
    print(json.dumps(asdict(measure(name, read_pair(Path(stem)), src_lang, tgt_lang))))


if __name__ == "__main__":
    main(sys.argv[1:])
