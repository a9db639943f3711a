"""Align two texts, or two lists of segments.

    read → tell the languages apart → cut into segments → embed → align

The engine and the encoders are slow to import; they are imported when the inputs have
proved good, so that a wrong path is told at once.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from threadpoolctl import threadpool_limits

from aligner.corrections import Bound, bind, check, load, load_with_digest
from aligner.encoders import EMBEDDED, check_languages, get_encoder
from aligner.encoders.contract import Encoder, checked
from aligner.encoders.progress import Reporting
from aligner.languages.given import GivenLanguages
from aligner.languages.identification import is_short
from aligner.languages.language_tags import canonical
from aligner.pipeline.opening import Source, open_sides
from aligner.text.bilingual.two_texts import Layout
from aligner.text.blocks.frames import without_frames
from aligner.text.sentences import overlong, segment
from aligner.text.sentences.own import OwnAbbreviations
from aligner.text.sentences.own import load as own_abbreviations
from aligner.types import (
    MAX_SPAN,
    Alignment,
    Bitext,
    Block,
    Correction,
    Document,
    Origin,
    Provenance,
    Segment,
)
from aligner.version import __version__

_log = logging.getLogger(__name__)

Mode = Literal["auto", "lines"]
# Called with the stage's name, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


def align(
    source: Source,
    target: Source | None = None,
    *,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    encoder: str | Encoder = EMBEDDED,
    segments: Mode = "auto",
    layout: Layout = "auto",
    max_span: int = MAX_SPAN,
    encoding: str | None = None,
    corrections: str | Path | None = None,
    abbreviations: str | Path | None = None,
    links: bool = False,
    progress: Progress | None = None,
) -> Bitext:
    """Align two texts, or the two texts of one bilingual file.

    Args:
        source: a path, or a document; one that has segments already keeps them.
        target: the same for the other side; None where `source` holds both.
        src_lang: BCP-47 tag of the source; told from the text where it is None.
        tgt_lang: the same for the target.
        encoder: "embedded", the name or folder of a sentence-transformers model, or an encoder.
        segments: "lines" where the texts have one segment a line, "auto" to split sentences.
        layout: how a bilingual file holds its texts; found out by "auto".
        max_span: the most segments that one side of a bead may have, 1 to MAX_SPAN.
        encoding: of the files; found out where it is None.
        corrections: a file that the page wrote. What a person fixed there is kept, the rest is
            aligned around it.
        abbreviations: a file of words whose full stop ends no sentence, beside the program's.
        links: whether to find, too, which words of a bead translate each other
            (`Bitext.word_links`); encoders other than the embedded one know none.
        progress: called as the work goes on.

    Returns:
        Both documents and their alignment. What is in neither is in `left_out`; corrections
        that stand nowhere in these texts are in `unmatched`.

    Raises:
        CorrectionError: the corrections cannot be read, or contradict each other.
        ReadError: an input, or the file of abbreviations, cannot be read.
        FormatError: no reader answers to an input's suffix.
        LanguageError: the languages are not two, or not known.
        EncoderError: the encoder cannot be loaded.
    """
    settings = {"layout": layout, "max_span": str(max_span), "segments": segments}
    given: tuple[Correction, ...] = ()
    if corrections is not None:
        given, settings["corrections"] = load_with_digest(Path(corrections))
    own = own_abbreviations(abbreviations)
    tags = GivenLanguages.of(src_lang, tgt_lang)
    src, tgt = open_sides(source, target, tags, layout=layout, encoding=encoding)
    src, tgt = (_segmented(*sides, segments, own) for sides in ((src, tgt), (tgt, src)))
    model = get_encoder(encoder) if isinstance(encoder, str) else checked(encoder)
    _check_side(model, src, src_lang)
    _check_side(model, tgt, tgt_lang)
    bound = bind(given, src, tgt)
    alignment = _align_documents(src, tgt, bound, model, max_span, links, progress)
    return Bitext(src, tgt, alignment, _provenance(model, settings | own.settings), bound.placed)


def _check_side(model: Encoder, side: Document, named: str | None) -> None:
    """Make sure that the encoder takes a side's language, named by a person or told from it."""
    unsure = named is None and is_short(side.texts)
    check_languages(model, side.lang, where=side.origin.path, unsure=unsure)


def _provenance(model: Encoder, settings: dict[str, str]) -> Provenance:
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Provenance(__version__, model.name, tuple(sorted(settings.items())), created)


def align_segments(
    src_segments: Sequence[str],
    tgt_segments: Sequence[str],
    *,
    src_lang: str,
    tgt_lang: str,
    encoder: str | Encoder = EMBEDDED,
    max_span: int = MAX_SPAN,
    corrections: str | Path | None = None,
    links: bool = False,
    progress: Progress | None = None,
) -> Alignment:
    """Align two lists of segments: sentences that another program has split.

    Args:
        src_segments: the source's texts, in order; beads count them from 0.
        tgt_segments: the target's.
        src_lang: BCP-47 tag of the source.
        tgt_lang: BCP-47 tag of the target.
        encoder: "embedded", the name or folder of a sentence-transformers model, or an encoder.
        max_span: the most segments that one side of a bead may have, 1 to MAX_SPAN.
        corrections: a file that the page wrote, to be obeyed as by `align`; what stands nowhere
            in the segments is a warning in the log.
        links: whether to find, too, which words of a bead translate each other
            (`Alignment.word_links`); encoders other than the embedded one know none.
        progress: called as the work goes on.

    Returns:
        The alignment: every segment in exactly one bead.

    Raises:
        CorrectionError: the corrections cannot be read, or contradict each other.
        LanguageError: a language is not known.
        EncoderError: the encoder cannot be loaded.
    """
    src = _document_of(src_segments, canonical(src_lang))
    tgt = _document_of(tgt_segments, canonical(tgt_lang))
    model = get_encoder(encoder) if isinstance(encoder, str) else checked(encoder)
    check_languages(model, src.lang, tgt.lang)
    bound = bind(load(Path(corrections)) if corrections is not None else (), src, tgt)
    for missed in bound.missed:
        _log.warning("not found, and not obeyed: %s", missed)
    return _align_documents(src, tgt, bound, model, max_span, links, progress)


def _align_documents(
    src: Document,
    tgt: Document,
    bound: Bound,
    encoder: Encoder,
    max_span: int,
    links: bool,
    progress: Progress | None,
) -> Alignment:
    """Align two documents that have segments, under corrections that must have been obeyed."""
    report = progress or _silent
    from aligner import engine
    from aligner.encoders.contract import SpanEncoder
    from aligner.encoders.sides import make_side, with_learnt_pack

    total = len(src.segments) + len(tgt.segments)
    report("encoding", 0, total)
    if not isinstance(encoder, SpanEncoder):
        encoder = Reporting(encoder, lambda done, of: report("encoding", done, max(of, total)))
    # The matrices are small, and BLAS threads that wait for each other on a busy machine
    # make the whole twice as slow; what is worth sharing out has threads of its own.
    with threadpool_limits(1, "blas"):
        sides = [make_side(each, encoder, max_span, words=links) for each in (src, tgt)]
        run = partial(
            engine.align,
            max_span=max_span,
            constraints=bound,
            progress=partial(report, "aligning"),
        )
        alignment = run(*sides)
        if learnt := with_learnt_pack(encoder, (src, tgt), alignment):
            which, better = learnt
            sides[which] = make_side((src, tgt)[which], better, max_span, words=links)
            alignment = run(*sides)
    if isinstance(encoder, Reporting):
        _log.info("Encoded     %s texts for %s segments", f"{encoder.done:,}", f"{total:,}")
        alignment = replace(alignment, encoded=encoder.done)
    check(bound, alignment, src, tgt)
    return alignment


def _segmented(document: Document, other: Document, mode: Mode, own: OwnAbbreviations) -> Document:
    """Cut a document into segments, if it has none; lines that are segments are all kept."""
    if document.segments:
        return document
    if mode == "lines":
        return segment(document, mode)
    segmented = segment(without_frames(document, other.lang), lex=own.lexicon(document.lang))
    overlong.tell(segmented)
    return segmented


def _document_of(texts: Sequence[str], lang: str) -> Document:
    """Return the texts as a document of one block, as though each stood on a line.

    The block holds no text: nobody will look at it, and a long text is long.
    """
    segments, start = [], 0
    for text in texts:
        folded = " ".join(text.split())
        # The same text twice would be memory that a million segments do not have.
        kept = text if text == folded else folded
        segments.append(Segment(kept, start, start + len(text)))
        start += len(text) + 1
    return Document((Block(""),), lang, Origin(""), tuple(segments))


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report to nobody."""
