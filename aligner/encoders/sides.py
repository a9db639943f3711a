"""From a document and an encoder to what the engine takes."""

from collections.abc import Sequence

from aligner.encoders.contextual_spans import contextual
from aligner.encoders.contract import Encoder, SpanEncoder, WordEncoder
from aligner.encoders.packs.pack import find_pack, packed
from aligner.encoders.surface import read_surface
from aligner.engine.sides import Side
from aligner.languages.table import known_as
from aligner.types import Alignment, Document


def make_side(document: Document, encoder: Encoder, max_span: int, *, words: bool = False) -> Side:
    """Prepare one text for the engine.

    Args:
        document: with its segments.
        encoder: embeds them; where it is the embedded one, with the pack of their language.
        max_span: the longest span that will be needed, in segments.
        words: whether they are wanted, where the encoder knows them.
    """
    texts = document.texts
    surface = read_surface(texts, [each.block for each in document.segments], document.lang)
    encoder = with_pack(encoder, document.lang)
    if not isinstance(encoder, SpanEncoder):
        sketches, meaning = contextual(encoder, document, surface.lengths, max_span)
        return Side(sketches, surface, meaning, in_turn=True)
    sketches, meaning = encoder.spans(texts, max_span)
    if words and isinstance(encoder, WordEncoder):
        find = encoder.words
        return Side(sketches, surface, meaning, lambda start, stop: find(texts[start:stop]))
    return Side(sketches, surface, meaning)


def with_learnt_pack(
    encoder: Encoder, documents: Sequence[Document], alignment: Alignment
) -> tuple[int, Encoder] | None:
    """Learn the language of a text from the other text, where nobody knows it.

    Args:
        encoder: that embedded both.
        documents: source and target.
        alignment: of these.

    Returns:
        Which of the texts, 0 or 1, and an encoder that has learnt its language; None where both
        are known, or too little is sure to learn from.
    """
    from aligner.encoders.embedded.encoder import LANGUAGES, EmbeddedEncoder

    if not isinstance(encoder, EmbeddedEncoder):
        return None
    known = LANGUAGES | packed()
    unknown = [i for i, each in enumerate(documents) if known_as(each.lang) not in known]
    if not unknown:
        return None
    from aligner.encoders.packs.encoder import PackedEncoder
    from aligner.encoders.packs.learnt import learn_pack

    which = unknown[-1]
    other = with_pack(encoder, documents[1 - which].lang)
    assert isinstance(other, EmbeddedEncoder | PackedEncoder)
    pack = learn_pack(other, [each.texts for each in documents], alignment, which)
    return None if pack is None else (which, PackedEncoder(encoder, pack))


def with_pack(encoder: Encoder, lang: str) -> Encoder:
    """Return an encoder as it is for texts in a language: the embedded one, with its pack."""
    pack = find_pack(lang)
    if pack is None:
        return encoder
    from aligner.encoders.embedded.encoder import EmbeddedEncoder

    if not isinstance(encoder, EmbeddedEncoder):
        return encoder
    from aligner.encoders.packs.encoder import PackedEncoder

    return PackedEncoder(encoder, pack)
