"""The reader: one page with the two texts side by side, complete in itself.

The page holds its style and script, and a policy that lets nothing else in: no network, no
script but ours, whatever the texts say.
"""

import base64
import hashlib
from datetime import datetime
from importlib import resources
from pathlib import PurePath
from typing import Any, BinaryIO, Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from aligner.formats.fingerprint import fingerprint
from aligner.formats.losses import NOT_XML, Losses, Stripper
from aligner.formats.writers import reader_page
from aligner.formats.writers.reader_page.bundle import bundle
from aligner.formats.writers.reader_page.carried_corrections import handed_on
from aligner.formats.writers.reader_page.link_encoding import encode
from aligner.formats.writers.reader_page.page_head import PageSide, describe_side, gather
from aligner.formats.writers.reader_page.page_rows import groups
from aligner.languages.table import separator
from aligner.types import DOUBTFUL, UNSURE, Bitext
from aligner.version import __version__
from aligner.wording import percent

STYLES = ("style.css", "tools.css")
# Each after those that it imports.
SCRIPTS = (
    *("store", "fold", "model", "log", "exports", "carry"),
    *("page", "settings", "links", "search", "filter", "place", "render", "editor", "main"),
)
# A title alone is no table of contents.
FEWEST_HEADINGS = 2
# Enough that no two texts that a person aligns are taken for one.
IDENTITY_DIGITS = 16
# Without an icon of its own, a browser asks the server for one.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath fill='%232f6f8f' d='M1 2h6v12H1z'/%3E%3Cpath fill='%23c98a2b' d='M9 2h6v12H9z'/%3E"
    "%3C/svg%3E"
)


def write(bitext: Bitext, out: BinaryIO) -> Losses:
    """Write the page.

    Args:
        bitext: what to show.
        out: binary stream.

    Returns:
        What the format could not hold.
    """
    # HTML can name no control character either (HTML standard, 13.2.3.5).
    strip = Stripper(NOT_XML)
    src = describe_side(bitext, "src", "the source")
    tgt = describe_side(bitext, "tgt", "the target")
    style = "\n".join(map(_source, STYLES))
    early_script, narrow_script = _source("early.js"), _source("narrow.js")
    script = bundle(SCRIPTS, _source)
    provenance = bitext.provenance
    page = _environment().get_template("page.html")
    pieces = page.generate(
        policy=_policy(style, early_script, narrow_script, script),
        version=provenance.version or __version__,
        # Our own files, and hashed in the policy.
        style=Markup(style),
        early_script=Markup(early_script),
        narrow_script=Markup(narrow_script),
        script=Markup(script),
        icon=ICON,
        title=src.title or PurePath(src.file).stem or "Bitext",
        src=src,
        tgt=tgt,
        src_separator=separator(src.lang),
        tgt_separator=separator(tgt.lang),
        facts=gather(bitext),
        unsure=UNSURE,
        doubtful=DOUBTFUL,
        made=_date(provenance.created),
        provenance=provenance,
        **_contents(bitext, src, tgt),
        moves=len(bitext.alignment.moves),
        groups=groups(bitext, strip),
        left_out=bitext.left_out,
        unmatched=bitext.unmatched,
        about=_about(bitext, src, tgt),
        links=encode(bitext),
    )
    for piece in pieces:
        out.write(piece.encode("utf-8", errors="replace"))
    return Losses(characters=strip.count)


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "thousands": _thousands, "rounded": _rounded}
    return environment


def _source(name: str) -> str:
    return resources.files(reader_page).joinpath(name).read_text("utf-8")


def _policy(style: str, *scripts: str) -> str:
    """Return the Content-Security-Policy under which this style and these scripts alone run."""
    return "; ".join(
        (
            "default-src 'none'",
            "img-src data:",
            f"style-src {_hash(style)}",
            f"script-src {' '.join(map(_hash, scripts))}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _about(bitext: Bitext, src: PageSide, tgt: PageSide) -> dict[str, Any]:
    """Return what the page's scripts know beyond the rows."""
    return {
        "id": fingerprint(bitext)[:IDENTITY_DIGITS],
        "texts": _texts(bitext),
        **{
            key: {
                "name": side.name,
                "lang": side.lang,
                "direction": side.direction,
                "separator": separator(side.lang),
            }
            for key, side in (("src", src), ("tgt", tgt))
        },
        "src_file": src.file,
        "tgt_file": tgt.file,
        "signature": bitext.provenance.signature,
        "kept": handed_on(bitext),
    }


def _texts(bitext: Bitext) -> str:
    """Return what place and corrections are kept under: the same for the same letters.

    Another run finds them again, whatever its segments and beads are.
    """
    digest = hashlib.sha256()
    for side in (bitext.src, bitext.tgt):
        for text in side.texts:
            digest.update("".join(text.split()).encode("utf-8", errors="replace"))
        digest.update(b"\n")
    return digest.hexdigest()[:IDENTITY_DIGITS]


def _contents(bitext: Bitext, src: PageSide, tgt: PageSide) -> dict[str, Any]:
    """Return the table of contents: the source's headings or, where it has none, the target's."""
    headings = _headings(bitext, "src")
    side = src
    if len(headings) < FEWEST_HEADINGS:
        headings, side = _headings(bitext, "tgt"), tgt
    return {"headings": headings if len(headings) >= FEWEST_HEADINGS else [], "toc": side}


def _headings(bitext: Bitext, side: Literal["src", "tgt"]) -> list[tuple[int, str]]:
    """Return the headings of a side: the row each stands in, and its text."""
    document = getattr(bitext, side)
    headings, last = [], -1
    for number, bead in enumerate(bitext.alignment.beads, start=1):
        span = getattr(bead, side)
        for segment in document.segments[span.start : span.stop]:
            block = document.blocks[segment.block]
            if block.kind == "heading" and segment.block != last:
                headings.append((number, " ".join(block.text.split())))
            last = segment.block
    return headings


def _thousands(number: int) -> str:
    return f"{number:,}"


def _rounded(number: float) -> str:
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"


def _date(created: str) -> str:
    """Say a date as people do; as it is where it is no ISO 8601."""
    try:
        date: Any = datetime.fromisoformat(created)
    except ValueError:
        return created
    return f"{date.day} {date:%B %Y}"
