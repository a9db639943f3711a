"""What the user gave, as two documents of known languages."""

import logging
from dataclasses import replace
from pathlib import Path

from aligner.errors import LanguageError, ReadError
from aligner.readers import READERS
from aligner.text import language
from aligner.text.bilingual import Layout, split_bilingual
from aligner.text.evidence import doubt
from aligner.text.language import SHORT, is_short
from aligner.text.tags import canonical, name, primary
from aligner.types import Bitext, Document

_log = logging.getLogger(__name__)

Source = str | Path | Document

GIVE_LANGUAGES = "give both with --src-lang and --tgt-lang"


def read(path: str | Path, *, encoding: str | None = None) -> Document | Bitext:
    """Read a file; the suffix picks the format.

    Args:
        path: the file.
        encoding: of the file; found out where it is None.

    Returns:
        The bitext that was written, of a file in one of our own formats; of any other a
        document of blocks, not yet cut into segments.

    Raises:
        FormatError: no reader answers to the suffix.
        ReadError: the file cannot be read.
    """
    path = Path(path)
    found: Document | Bitext = READERS.find(path).load().read(path, encoding=encoding)
    return found


def open_sides(
    source: Source,
    target: Source | None = None,
    *,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    layout: Layout = "auto",
    encoding: str | None = None,
    as_said: str = "as you said",
) -> tuple[Document, Document]:
    """Read two texts, or the two texts of one bilingual file, and tell their languages.

    Args:
        source: a path or a document.
        target: the same for the other side; None where `source` holds both.
        src_lang: BCP-47 tag of the source, which wins over everything; None to tell it from
            the text.
        tgt_lang: the same for the target.
        layout: how a bilingual file holds its texts; found out by "auto".
        encoding: of the files; found out where it is None.
        as_said: who named the languages, in the words that messages use.

    Returns:
        Source and target: with segments only where they came with them.

    Raises:
        ReadError, FormatError: an input cannot be read.
        LanguageError: the languages cannot be told, or are not two.
    """
    src_lang, tgt_lang = (canonical(tag) if tag else None for tag in (src_lang, tgt_lang))
    if target is not None:
        src, tgt = (_one_text(each, encoding) for each in (source, target))
    else:
        both = source if isinstance(source, Document) else read(source, encoding=encoding)
        if isinstance(both, Document):
            return split_bilingual(both, src_lang, tgt_lang, layout, as_said=as_said)
        src, tgt = both.src, both.tgt
        if names_other_sides(both, src_lang, tgt_lang):
            src, tgt = tgt, src
    src, tgt = _with_language(src, src_lang, as_said), _with_language(tgt, tgt_lang, as_said)
    if primary(src.lang) != primary(tgt.lang):
        return src, tgt
    if src_lang and tgt_lang:
        _log.warning("both texts are taken for %s, %s", name(src.lang), as_said)
    else:
        remedy = f"give a text and its translation; if they are that, {GIVE_LANGUAGES}"
        if any(is_short(block.text for block in side.blocks) for side in (src, tgt)):
            remedy = f"{SHORT}: {GIVE_LANGUAGES}"
        raise LanguageError(
            f"both texts are in {name(src.lang)}", f"{src.origin.path}, {tgt.origin.path}", remedy
        )
    return src, tgt


def names_other_sides(bitext: Bitext, src_lang: str | None, tgt_lang: str | None) -> bool:
    """Whether the languages given (tags) are those of the other side each: it is to be turned."""
    src, tgt = primary(bitext.src.lang), primary(bitext.tgt.lang)
    crossed = (src_lang, tgt), (tgt_lang, src)
    return src != tgt and any(given and primary(given) == other for given, other in crossed)


def swapped(bitext: Bitext) -> Bitext:
    """Return the bitext from the target's side."""
    whole = bitext.alignment
    alignment = replace(
        whole,
        beads=tuple(replace(bead, src=bead.tgt, tgt=bead.src) for bead in whole.beads),
        n_src=whole.n_tgt,
        n_tgt=whole.n_src,
        moves=tuple(replace(move, src=move.tgt, tgt=move.src) for move in whole.moves),
    )
    return replace(bitext, src=bitext.tgt, tgt=bitext.src, alignment=alignment)


def _one_text(source: Source, encoding: str | None) -> Document:
    found = source if isinstance(source, Document) else read(source, encoding=encoding)
    if isinstance(found, Bitext):
        raise ReadError("this file holds both sides already", str(source), "give it alone")
    return found


def _with_language(document: Document, lang: str | None, as_said: str) -> Document:
    """Return the document with the language given, else its own, else the one it is in."""
    texts = [block.text for block in document.blocks]
    if lang and (seen := doubt(lang, texts)):
        _log.warning(
            "%s: it looks like %s, and is taken for %s, %s",
            document.origin.path,
            name(seen),
            name(lang),
            as_said,
        )
    lang = lang or document.lang or language.identify(texts)
    if lang == "und":
        raise LanguageError(
            "its language cannot be told: there are no letters",
            document.origin.path,
            GIVE_LANGUAGES,
        )
    return replace(document, lang=lang)
