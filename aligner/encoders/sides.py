"""From a document and an encoder to what the engine takes."""

from aligner.encoders.contextual_spans import contextual
from aligner.encoders.contract import Encoder, SpanEncoder, WordEncoder
from aligner.encoders.surface import read_surface
from aligner.engine.sides import Side
from aligner.types import Document


def make_side(document: Document, encoder: Encoder, max_span: int, *, words: bool = False) -> Side:
    """Prepare one text for the engine.

    Args:
        document: with its segments.
        encoder: embeds them.
        max_span: the longest span that will be needed, in segments.
        words: whether they are wanted, where the encoder knows them.
    """
    texts = document.texts
    surface = read_surface(texts, [each.block for each in document.segments])
    if not isinstance(encoder, SpanEncoder):
        sketches, meaning = contextual(encoder, document, surface.lengths, max_span)
        return Side(sketches, surface, meaning, in_turn=True)
    sketches, meaning = encoder.spans(texts, max_span)
    if words and isinstance(encoder, WordEncoder):
        find = encoder.words
        return Side(sketches, surface, meaning, lambda start, stop: find(texts[start:stop]))
    return Side(sketches, surface, meaning)
