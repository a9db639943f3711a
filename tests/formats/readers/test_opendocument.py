import zipfile

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read
from aligner.verification.raw_text import unread

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "drawing", "presentation")
).replace("xmlns:drawing=", "xmlns:draw=")


def save(tmp_path, body, kind="text", suffix="odt", **more):
    path = tmp_path / f"a.{suffix}"
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles/><office:body>"
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in ({"content.xml": content} | more).items():
            if text is not None:
                archive.writestr(name, text)
    return path


TEXT = """<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p>
</text:deletion></text:changed-region></text:tracked-changes>
<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body>
</text:table-of-content>
<text:h text:outline-level="1">One</text:h>
<text:p>The <text:span>ferry</text:span><text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>A boat.</text:p></text:note-body></text:note> left<text:s text:c="2"/>at
 nine.<text:line-break/>It rained.</text:p>
<text:p><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby>へ。
<office:annotation><text:p>Check.</text:p></office:annotation></text:p>
<text:list><text:list-item><text:p>First.</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Yes</text:p></table:table-cell>
<table:table-cell><text:p>Ja</text:p></table:table-cell></table:table-row></table:table>
<text:p>After<draw:frame><draw:text-box><text:p>Box.</text:p></draw:text-box></draw:frame>.</text:p>
"""


def test_a_text(tmp_path):
    meta = "<m><title>A Book</title></m>"
    path = save(tmp_path, TEXT, **{"meta.xml": meta})
    found = read(path)
    assert found.title == "A Book"
    assert [(block.kind, block.text, block.column) for block in found.blocks] == [
        ("heading", "One", 0),
        ("paragraph", "The ferry left at nine.", 0),
        ("paragraph", "It rained.", 0),
        ("paragraph", "東京へ。", 0),
        ("paragraph", "First.", 0),
        ("cell", "Yes", 1),
        ("cell", "Ja", 2),
        ("paragraph", "After.", 0),
    ]
    assert [(piece.text, piece.reason) for piece in found.left_out] == [
        ("One 1", "table of contents"),
        ("A boat.", "note"),
        ("Check.", "comment"),
        ("Box.", "text box"),
    ]
    assert unread(path, found, None).letters == 0


def test_a_presentation(tmp_path):
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = f"<presentation:notes>{box.format('Smile.')}</presentation:notes>"
    pages = "".join(
        f"<draw:page>{box.format(text)}{more}</draw:page>"
        for text, more in (("Title", ""), ("Point.", notes))
    )
    path = save(tmp_path, pages, "presentation", "odp")
    found = read(path)
    assert [(block.text, block.place) for block in found.blocks] == [
        ("Title", "slide 1"),
        ("Point.", "slide 2"),
    ]
    assert [(piece.text, piece.reason) for piece in found.left_out] == [
        ("Smile.", "speaker's notes")
    ]
    assert unread(path, found, None).letters == 0


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("spreadsheet", {}, "neither a text nor a presentation; save it as .odt"),
        ("text", {"content.xml": None}, "it has no content.xml"),
        ("text", {"content.xml": "<a"}, "its XML is damaged"),
        ("text", {"META-INF/manifest.xml": "<encryption-data/>"}, "protected by a password"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, kind, more, said):
    with pytest.raises(ReadError, match=said):
        read(save(tmp_path, "<text:p>x</text:p>", kind, **more))


@pytest.mark.parametrize("count", ["0", "x", "99999999"])
def test_spaces_of_any_number(tmp_path, count):
    found = read(save(tmp_path, f'<text:p>a<text:s text:c="{count}"/>b</text:p>'))
    assert found.blocks[0].text in ("ab", "a b")
