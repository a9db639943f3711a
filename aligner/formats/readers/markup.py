"""HTML and XHTML elements to blocks: paragraphs, headings, cells, captions, in page order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

from aligner.formats.readers import asides
from aligner.formats.readers.markup_depth import shallow
from aligner.types import BlockKind


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that stand in a line of text; all others begin a block of their own.
_INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb "
    "ruby s samp small span strike strong sub sup time tt u var wbr img"
)
# Elements whose text is no part of the page's text (rt: how a word is read, in ruby).
_SILENT = _names(
    "script style noscript template head title svg math object iframe canvas audio video map "
    "select datalist textarea rt rp"
)
# Elements and roles that hold what stands around a page's text.
# Characters of a picture's name that is a letter, with the quote before it.
MOST_FOR_LETTER = 2
_FURNITURE = _names("nav footer aside form button menu dialog")
_FURNITURE_ROLES = _names("navigation banner contentinfo complementary search menu dialog")
# What older pages, which lay their parts out in tables, call them; they hold little but links.
_FURNITURE_CLASSES = _names(
    "sidebar sidenav navbar navigation nav menu breadcrumb breadcrumbs footer"
)
_MOST_LOOKED_AT = 400  # elements of one of these: looking into each may take the square of its size
_KINDS: dict[str, BlockKind] = {
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "td": "cell",
    "th": "cell",
    "figcaption": "caption",
    "caption": "caption",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A block of a page.

    Args:
        text: white space as it stands.
        kind: of the block.
        tag: the block element's name.
        links: how many characters of its text stand in links.
        furniture: whether the page itself says that it stands around the text.
        column: of a cell, from 1.
        reason: what the page says that it is, where it is a part that is no running text, or a
            mark that stood in the block before.
    """

    text: str
    kind: BlockKind
    tag: str
    links: int
    furniture: bool
    column: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Context:
    """The block element that text belongs to."""

    tag: str
    kind: BlockKind = "paragraph"
    furniture: bool = False
    column: int = 0
    reason: str = ""


class _Collector:
    """Text on its way to a block."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._links = 0
        self._marks: list[tuple[str, str]] = []

    @property
    def text(self) -> str:
        """What the block says so far."""
        return "".join(self._text)

    def mark(self, element: etree._Element, tag: str) -> bool:
        """Set aside a note's mark or a page number; return whether the element is one."""
        reason = asides.mark(element, tag, self.text) if tag in asides.IN_LINE else ""
        if reason:
            self._marks.append(("".join(map(str, element.itertext())), reason))
        return reason != ""

    def say(self, text: str | None, in_link: bool) -> None:
        """Add text to the block."""
        if text:
            self._text.append(text)
            self._links += len(text.strip()) if in_link else 0

    def end(self, context: _Context) -> Iterator[Found]:
        """End the block; yield it unless it is blank, and the marks that stood in it."""
        text = self.text
        where = context.furniture, context.column
        if text.strip():
            yield Found(text, context.kind, context.tag, self._links, *where, context.reason)
        for mark, reason in self._marks:
            yield Found(mark, "paragraph", context.tag, 0, *where, context.reason or reason)
        self._text, self._links, self._marks = [], 0, []


def blocks(root: etree._Element) -> Iterator[Found]:
    """Yield the blocks of a page or a chapter, in order.

    A line break ends a block: it separates lines that mean something (verse, dialogue).
    """
    collector = _Collector()
    contexts = [_Context("body")]
    links = 0
    # The cells so far of each row that is open: tables may stand in cells.
    cells: list[int] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = _tag(element)
        is_block = tag != "" and tag not in _INLINE and tag not in _SILENT
        if event == "start":
            if is_block:
                yield from collector.end(contexts[-1])
                column = _next_column(cells, tag) or contexts[-1].column
                contexts.append(_context(element, tag, contexts[-1], column))
            links += tag == "a"
            if tag in _SILENT or _is_hidden(element) or collector.mark(element, tag):
                walk.skip_subtree()
            else:
                collector.say(_letter(element) if tag == "img" else element.text, links > 0)
        else:
            if event == "end":
                links -= tag == "a"
                if is_block:
                    yield from collector.end(contexts.pop())
                    if tag == "tr":
                        cells.pop()
            if element is not root:
                collector.say(element.tail, links > 0)
    yield from collector.end(contexts[-1])


def parse(text: str) -> tuple[etree._Element | None, str]:
    """Parse a page as browsers do, whatever it looks like.

    Returns:
        Its root, None where it has no element; and the page as it was parsed: without elements
        that stand deeper in each other than the parser follows.

    Raises:
        RecursionError: there are such elements still.
    """
    root, is_whole = _parse(text)
    if not is_whole:
        text = shallow(text, _INLINE)
        root, is_whole = _parse(text)
    if not is_whole:
        raise RecursionError
    return root, text


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """Return a page's root, and whether the parser followed it to the last element."""
    # lxml refuses a str that declares an encoding, so it gets bytes in one that we say.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None, True
    return root, all(each.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log)


def title(root: etree._Element) -> str:
    """Return what the page calls itself, or ""."""
    return next((e.text for e in root.iter("title", "{*}title") if e.text), "")


def _tag(element: etree._Element) -> str:
    """Return an element's local name; "" for comments and processing instructions."""
    name: object = element.tag  # of a comment it is a function
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _letter(image: etree._Element) -> str:
    """Return the letter that a picture stands for, as where a chapter begins; "" for none."""
    said = (image.get("alt") or "").strip()
    goes_on = (image.tail or "")[:1].isalpha()
    is_letter = (
        1 <= len(said) <= MOST_FOR_LETTER and said[-1:].isalpha() and not said[:-1].isalnum()
    )
    return said if is_letter and goes_on else ""


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _next_column(cells: list[int], tag: str) -> int:
    """Count a row's cells; 0 for what is no cell."""
    if tag == "tr":
        cells.append(0)
    if tag not in ("td", "th") or not cells:
        return 0
    cells[-1] += 1
    return cells[-1]


def _is_called_furniture(element: etree._Element) -> bool:
    """Whether its class or name says that it stands around the text, and it holds mostly links."""
    words = {element.get("id") or "", *(element.get("class") or "").split()}
    if _FURNITURE_CLASSES.isdisjoint(word.lower() for word in words):
        return False
    text = linked = 0
    for each in islice(element.iter(), _MOST_LOOKED_AT):
        inside = len((each.text or "").strip()) if isinstance(each.tag, str) else 0
        behind = len((each.tail or "").strip()) if each is not element else 0
        text += inside + behind
        above = each.getparent()
        linked += inside if _tag(each) == "a" or (above is not None and _tag(above) == "a") else 0
    return 2 * linked > text


def _context(element: etree._Element, tag: str, outer: _Context, column: int) -> _Context:
    furniture = (
        outer.furniture
        or tag in _FURNITURE
        or (element.get("role") or "") in _FURNITURE_ROLES
        or _is_called_furniture(element)
    )
    reason = outer.reason or asides.part(element)
    # What an e-book names is that, whichever element it is: notes stand in <aside>.
    named = furniture and not reason
    # A paragraph in a cell is a cell, one in a heading a heading.
    return _Context(tag, _KINDS.get(tag, outer.kind), named, column, reason)
