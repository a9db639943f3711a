"""Encoders: the embedded one, and every sentence-transformers model."""

import logging
from functools import lru_cache

from aligner.encoders.contract import Encoder
from aligner.errors import LanguageError
from aligner.languages.identification import SHORT
from aligner.languages.language_tags import is_registered, name, plain_name
from aligner.languages.table import known_as

_log = logging.getLogger(__name__)

EMBEDDED = "embedded"
ANOTHER = "--encoder sentence-transformers/LaBSE"  # made for 109 languages
# Of two novels whose letters were exchanged (docs/algorithm.md, section 2).
EXPECT = (
    "1 to 4 wrong beads of a hundred in a novel that is translated closely, more in short texts"
)

# Encoders kept ready between calls: one that is tried and one it is compared with.
KEPT = 2


@lru_cache(KEPT)
def get_encoder(name: str = EMBEDDED) -> Encoder:
    """Return the encoder of a name, loaded once.

    Args:
        name: "embedded", or the name or folder of a sentence-transformers model.

    Raises:
        EncoderError: there is no such model, or it cannot be loaded.
    """
    if name == EMBEDDED:
        from aligner.encoders.embedded.encoder import EmbeddedEncoder

        return EmbeddedEncoder()
    from aligner.encoders.transformers import SbertEncoder

    return SbertEncoder(name)


def check_languages(encoder: Encoder, *langs: str, where: str = "", unsure: bool = False) -> None:
    """Warn of languages that an encoder was not made for, and refuse what may be none at all.

    Such a text is aligned by what the encoder still sees in it: names, numbers, words of other
    languages, length. Where there is a language pack, the embedded encoder knows the language.

    Args:
        encoder: the encoder to be used.
        langs: BCP-47 tags.
        where: the file that is in them.
        unsure: whether its language was told from so little that it may be another.

    Raises:
        LanguageError: a language outside the encoder's set is unsure, or not known.
    """
    if encoder.languages is None:
        return
    from aligner.encoders.packs.pack import packed

    known = encoder.languages
    # What is told from very little is rather one of the encoder's own languages.
    if encoder.name == EMBEDDED and not unsure:
        known = known | packed()
    foreign = [lang for lang in langs if known_as(lang) not in known]
    if not foreign:
        return
    problem = (
        f"the encoder {encoder.name!r} was not made for {' and '.join(map(_describe, foreign))}"
    )
    if not unsure and all(map(is_registered, foreign)):
        _log.warning(
            "%s%s: expect %s; look at the doubtful rows, or try another, such as %s",
            *(f"{where}: " if where else "", problem, EXPECT, ANOTHER),
        )
        return
    made_for = ", ".join(sorted(map(plain_name, known)))
    another = f"choose another with --encoder MODEL, such as {ANOTHER}"
    if unsure:
        remedy = f"{SHORT}: name it with --src-lang or --tgt-lang; or {another}"
    else:
        remedy = f"{another}, or name the language with --src-lang or --tgt-lang if it is not that"
    raise LanguageError(f"{problem} (only for {made_for})", where, remedy)


def _describe(lang: str) -> str:
    return (
        name(lang) if is_registered(lang) else f"{lang!r}, which is no language that aligner knows"
    )
