"""From a corpus to a pack: its texts held back, its vectors learnt, rounded, and judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.encoders.packs.encoder import PackedEncoder
from aligner.encoders.packs.pack import Pack, lowered
from benchmarks.languages import student
from benchmarks.languages.corpus import Corpus
from benchmarks.languages.judging import retrieval
from benchmarks.languages.teacher import token_sums

SENTENCE = 30  # characters of English from which a text is no single word or term
HELD_BACK = 500  # sentences of help that a pack is judged by
LEAST_JUDGED = 100  # texts; of fewer, a share of those found says little
SHARE = 0.6  # the pack's, of a text's vector: of .5 to 1 the best or near it for every language
SPREADS = 2.8  # standard deviations of a mixture that fit into the numbers -7 to 7

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a pack is learnt from and what it is judged by; pairs, English first."""

    learnt: tuple[Pair, ...]
    held_back: tuple[Pair, ...]
    sources: tuple[dict[str, object], ...]


def divide(corpora: Mapping[str, Corpus], lang: str, related: Sequence[str], seed: int) -> Texts:
    """Hold sentences back, by their English: no pair of theirs, in any language, is learnt from.

    Args:
        corpora: of all languages that were read.
        lang: the one to learn.
        related: others whose texts help.
        seed: of what is drawn.
    """
    own = corpora[lang].pairs
    names = sorted({english for english, _ in own if len(english) >= SENTENCE})
    drawn = np.random.default_rng(seed).permutation(len(names))[:HELD_BACK]
    wanted = {names[i] for i in drawn}
    held: dict[str, str] = {}
    for english, said in own:
        if english in wanted:
            held.setdefault(english, said)
    langs = [each for each in (lang, *related) if each in corpora]
    learnt = tuple(pair for each in langs for pair in corpora[each].pairs if pair[0] not in wanted)
    sources = tuple(
        asdict(source) | ({} if each == lang else {"language": each})
        for each in langs
        for source in corpora[each].sources
    )
    return Texts(learnt, tuple(held.items()), sources)


def learn(
    lang: str,
    texts: Texts,
    encoder: EmbeddedEncoder,
    settings: student.Settings,
    news: Sequence[Pair] = (),
    tell: Callable[[int, float], None] | None = None,
) -> Pack:
    """Learn a pack.

    Args:
        lang: the language's tag.
        texts: as `divide` returns them.
        encoder: whose space it is learnt for.
        settings: how.
        news: sentences to judge it by, as well, English first.
        tell: called with the steps made and the loss.
    """
    english, said = zip(*texts.learnt, strict=True)
    names = list(dict.fromkeys(english))
    number = {name: i for i, name in enumerate(names)}
    rows = np.array([number[name] for name in english])
    sums, sizes = token_sums(names)
    small = [lowered(text) for text in said]
    model = student.vocabulary(small, settings)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model)
    bag = student.learn(
        [np.array(ids or [0], np.int32) for ids in tokenizer.encode(small)],
        tokenizer.get_piece_size(),
        sums[rows],
        sizes[rows],
        student.Head({name: np.asarray(x) for name, x in encoder.weights.head.items()}),
        np.array([len(each) >= SENTENCE for each in english]),
        settings,
        "cpu",
        None if tell is None else lambda step, loss, _: tell(step, loss),
    )
    mixtures, directions, bias = (
        each.detach().numpy() for each in (bag.mixtures.weight, bag.directions, bag.bias)
    )
    rounded, scaled = _rounded(mixtures, directions)
    facts = {
        "share": SHARE,
        "found": {},
        "drawn": settings.drawn,
        "seed": settings.seed,
        "sources": texts.sources,
    }
    pack = Pack(lang, model, rounded, scaled, bias, facts)
    found = {"news": news, "help": texts.held_back}
    return Pack(
        lang, model, rounded, scaled, bias,
        facts | {"found": {
            kind: judge(pack, encoder, x) for kind, x in found.items() if len(x) >= LEAST_JUDGED
        }},
    )  # fmt: skip


def judge(pack: Pack, encoder: EmbeddedEncoder, pairs: Sequence[Pair]) -> float:
    """Return the share of texts that are nearest their translation, the mean of both ways."""
    english, said = zip(*pairs, strict=True)
    both = retrieval(encoder.encode(english), PackedEncoder(encoder, pack).encode(said))
    return round(sum(both) / 2, 3)


def _rounded(
    mixtures: NDArray[np.float32], directions: NDArray[np.float32]
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round mixtures to the numbers that half a byte holds; directions take up the scale."""
    scale = mixtures.std(0) * SPREADS / 7
    rounded = np.clip(np.rint(mixtures / scale), -7, 7).astype(np.int8)
    return rounded, directions * scale[:, None]
