"""Encoders: the embedded one, and every sentence-transformers model."""

from functools import lru_cache

from aligner.encoders.base import Encoder
from aligner.errors import LanguageError
from aligner.text.language import LANGUAGES, SHORT
from aligner.text.tags import name, plain_name, primary

EMBEDDED = "embedded"

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
        from aligner.encoders.embedded import EmbeddedEncoder

        return EmbeddedEncoder()
    from aligner.encoders.sbert import SbertEncoder

    return SbertEncoder(name)


def check_languages(encoder: Encoder, *langs: str, where: str = "", short: bool = False) -> None:
    """Refuse languages that an encoder was not made for: it would align them badly.

    Args:
        encoder: the encoder to be used.
        langs: BCP-47 tags.
        where: the file that is in them.
        short: whether it is so short that its language may have been taken for another.

    Raises:
        LanguageError: a language is outside the encoder's set.
    """
    if encoder.languages is None:
        return
    foreign = [lang for lang in langs if primary(lang) not in encoder.languages]
    if not foreign:
        return
    made_for = ", ".join(sorted(map(plain_name, encoder.languages)))
    problem = (
        f"the encoder {encoder.name!r} was not made for {' and '.join(map(_describe, foreign))} "
        f"(only for {made_for})"
    )
    another = "choose another with --encoder MODEL, such as --encoder sentence-transformers/LaBSE"
    if short:
        remedy = f"{SHORT}: name it with --src-lang or --tgt-lang; or {another}"
    else:
        remedy = f"{another}, or name the language with --src-lang or --tgt-lang if it is not that"
    raise LanguageError(problem, where, remedy)


def _describe(lang: str) -> str:
    found = name(lang)
    if found == lang and primary(lang) not in LANGUAGES:
        return f"{lang!r}, which is no language that aligner knows"
    return found
