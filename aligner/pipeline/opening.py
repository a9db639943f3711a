"""What the user gave, as two documents of known languages."""

import logging
from dataclasses import replace
from pathlib import Path

from aligner.errors import LanguageError, ReadError
from aligner.formats.readers import read
from aligner.languages.given import NOT_GIVEN, GivenLanguages
from aligner.languages.identification import SHORT, identify, is_short, seen_instead
from aligner.languages.language_tags import name, primary
from aligner.text.bilingual.two_texts import Layout, split_bilingual
from aligner.types import Bitext, Document

_log = logging.getLogger(__name__)

Source = str | Path | Document

GIVE_LANGUAGES = "give both with --src-lang and --tgt-lang"


def open_sides(
    source: Source,
    target: Source | None = None,
    given: GivenLanguages = NOT_GIVEN,
    *,
    layout: Layout = "auto",
    encoding: str | None = None,
) -> tuple[Document, Document]:
    """Read two texts, or the two texts of one bilingual file, and tell their languages.

    Args:
        source: a path or a document.
        target: the same for the other side; None where `source` holds both.
        given: the languages that were given, which win over everything; the others are told
            from the texts.
        layout: how a bilingual file holds its texts; found out by "auto".
        encoding: of the files; found out where it is None.

    Returns:
        Source and target: with segments only where they came with them.

    Raises:
        ReadError, FormatError: an input cannot be read.
        LanguageError: the languages cannot be told, or are not two.
    """
    if target is not None:
        src, tgt = (_one_text(each, encoding) for each in (source, target))
    else:
        both = (
            source
            if isinstance(source, Document)
            else read(source, encoding=encoding, src_lang=given.src, tgt_lang=given.tgt)
        )
        if isinstance(both, Document):
            return split_bilingual(both, given, layout)
        src, tgt = both.src, both.tgt
        if names_other_sides(both, given):
            src, tgt = tgt, src
    src, tgt = (
        _with_language(side, lang, given.by)
        for side, lang in zip((src, tgt), given.tags, strict=True)
    )
    if primary(src.lang) != primary(tgt.lang):
        return src, tgt
    if all(given.tags):
        _log.warning("both texts are taken for %s, %s", name(src.lang), given.by)
    else:
        remedy = f"give a text and its translation; if they are that, {GIVE_LANGUAGES}"
        if any(is_short(block.text for block in side.blocks) for side in (src, tgt)):
            remedy = f"{SHORT}: {GIVE_LANGUAGES}"
        raise LanguageError(
            f"both texts are in {name(src.lang)}", f"{src.origin.path}, {tgt.origin.path}", remedy
        )
    return src, tgt


def names_other_sides(bitext: Bitext, given: GivenLanguages) -> bool:
    """Whether the languages given are those of the other side each: it is to be turned."""
    src, tgt = primary(bitext.src.lang), primary(bitext.tgt.lang)
    crossed = (given.src, tgt), (given.tgt, src)
    return src != tgt and any(tag and primary(tag) == other for tag, other in crossed)


def _one_text(source: Source, encoding: str | None) -> Document:
    found = source if isinstance(source, Document) else read(source, encoding=encoding)
    if isinstance(found, Bitext):
        raise ReadError("this file holds both sides already", str(source), "give it alone")
    return found


def _with_language(document: Document, lang: str | None, by: str) -> Document:
    """Return the document with the language given, else its own, else the one it is in."""
    texts = [block.text for block in document.blocks]
    if lang and (seen := seen_instead(lang, texts)):
        _log.warning(
            "%s: it looks like %s, and is taken for %s, %s",
            document.origin.path,
            name(seen),
            name(lang),
            by,
        )
    lang = lang or document.lang or identify(texts)
    if lang == "und":
        raise LanguageError(
            "its language cannot be told: there are no letters",
            document.origin.path,
            GIVE_LANGUAGES,
        )
    return replace(document, lang=lang)
