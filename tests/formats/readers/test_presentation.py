import zipfile

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shape(*lines, kind=""):
    role = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f"<p:sp>{role}<p:txBody>{paragraphs}</p:txBody></p:sp>"


def slide(*shapes, attributes="", root="sld"):
    tree = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:{root} xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"{attributes}>{tree}</p:{root}>'


def related(**targets):
    each = "".join(
        f'<Relationship Id="{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in targets.items()
    )
    return f"<Relationships>{each}</Relationships>"


def save(tmp_path, slides, order, notes=None):
    path = tmp_path / "a.pptx"
    ids = "".join(f'<p:sldId r:id="r{number}"/>' for number in order)
    main = f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{ids}</p:sldIdLst>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ppt/presentation.xml", f"{main}</p:presentation>")
        targets = {f"r{i}": ("slide", f"slides/slide{i}.xml") for i in range(1, len(slides) + 1)}
        archive.writestr("ppt/_rels/presentation.xml.rels", related(**targets))
        for number, each in enumerate(slides, start=1):
            archive.writestr(f"ppt/slides/slide{number}.xml", each)
        if notes:
            archive.writestr("ppt/notesSlides/notesSlide1.xml", notes)
            there = related(r1=("notesSlide", "../notesSlides/notesSlide1.xml"))
            archive.writestr("ppt/slides/_rels/slide1.xml.rels", there)
        core = "<c><title>A Talk</title></c>"
        archive.writestr("docProps/core.xml", core)
    return path


def test_a_presentation(tmp_path):
    table = (
        "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Yes</a:t></a:r></a:p>"
        "</a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Ja</a:t></a:r></a:p></a:txBody></a:tc>"
        "</a:tr></a:tbl></p:graphicFrame>"
    )
    broken = "<p:sp><a:p><a:r><a:t>One </a:t></a:r><a:r><a:t>two.</a:t></a:r><a:br/><a:r>"
    broken += "<a:t>Three.</a:t></a:r></a:p></p:sp>"
    slides = [
        slide(shape("Second", kind="title"), broken, table, shape("7", kind="sldNum")),
        slide(shape("First", kind="ctrTitle"), shape("Point.", "Other.")),
        slide(shape("Secret."), attributes=' show="0"'),
    ]
    notes = slide(shape("Smile."), root="notes")
    found = read(save(tmp_path, slides, [2, 1, 3], notes))
    assert found.title == "A Talk"
    assert [(each.place, each.kind, each.column, each.text) for each in found.blocks] == [
        ("slide 1", "heading", 0, "First"),
        ("slide 1", "paragraph", 0, "Point."),
        ("slide 1", "paragraph", 0, "Other."),
        ("slide 2", "heading", 0, "Second"),
        ("slide 2", "paragraph", 0, "One two."),
        ("slide 2", "paragraph", 0, "Three."),
        ("slide 2", "cell", 1, "Yes"),
        ("slide 2", "cell", 2, "Ja"),
    ]
    assert [(each.reason, each.text) for each in found.left_out] == [
        ("running head", "7"),
        ("speaker's notes", "Smile."),
        ("hidden slide", "Secret."),
    ]


def test_what_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(ReadError, match="not a PowerPoint presentation: it has no ppt/"):
        read(tmp_path / "a.pptx")
    with pytest.raises(ReadError, match=r"it has no ppt/slides/slide1\.xml"):
        path = save(tmp_path, [slide()], [1])
        with zipfile.ZipFile(path) as archive:
            kept = {name: archive.read(name) for name in archive.namelist() if "slide1" not in name}
        with zipfile.ZipFile(path, "w") as archive:
            for name, raw in kept.items():
                archive.writestr(name, raw)
        read(path)
