"""Encoders: the embedded one, and every sentence-transformers model."""

from functools import lru_cache

from aligner.encoders.base import Encoder
from aligner.errors import LanguageError

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


def check_languages(encoder: Encoder, *langs: str) -> None:
    """Refuse languages that an encoder was not made for: it would align them badly.

    Args:
        encoder: the encoder to be used.
        langs: BCP-47 tags.

    Raises:
        LanguageError: a language is outside the encoder's set.
    """
    if encoder.languages is None:
        return
    foreign = [lang for lang in langs if lang.split("-")[0].lower() not in encoder.languages]
    if foreign:
        raise LanguageError(
            f"the encoder {encoder.name!r} was not made for {' and '.join(map(repr, foreign))} "
            f"(only for {' '.join(sorted(encoder.languages))})",
            remedy="choose another with --encoder MODEL, "
            "for example --encoder sentence-transformers/LaBSE, "
            "or give the language with --src-lang or --tgt-lang if it was taken for another",
        )
