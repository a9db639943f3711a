"""What other programs write that is not quite TMX or XLIFF is read, and told."""

import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read
from tests.formats.readers.memories import memory, tu
from tests.formats.readers.test_language_choice import PART, XLIFF, pairs

GOOD = tu(en="It rained.", de="Es regnete.")


@pytest.mark.parametrize("namespace", ["http://www.lisa.org/tmx14", "urn:made-up"])
def test_a_namespace_changes_nothing(tmp_path, namespace):
    plain = read(memory(tmp_path, [GOOD]))
    assert pairs(read(memory(tmp_path, [GOOD], namespace=namespace))) == pairs(plain)


@pytest.mark.parametrize(
    ("seg", "text", "repaired"),
    [
        ("Nine&nbsp;o'clock", "Nine\u00a0o'clock", "names of characters (1)"),
        ("a &ndash; b &hellip;", "a – b …", "names of characters (2)"),
        ("Page&#31;one", "Pageone", "control characters (1)"),
        ("Page&#x1F;one&#xB;", "Pageone", "control characters (2)"),
        ("Page\x0bone\x01", "Page\none", "control characters (2)"),
        ("&#1114112;x", "x", "control characters (1)"),
    ],
)
def test_what_can_be_repaired_is_and_is_told(tmp_path, seg, text, repaired, caplog):
    unit = tu(en="X", de="Y").replace("X", seg)
    found = read(memory(tmp_path, [unit, GOOD]))
    assert found.src.texts == [text, "It rained."]
    (said,) = caplog.messages
    assert said.endswith(f"this is no valid XML; repaired were {repaired}")


@pytest.mark.parametrize("before", ["\n", " \r\n\t", "\ufeff\n"])
def test_white_space_before_the_declaration(tmp_path, before, caplog):
    assert pairs(read(memory(tmp_path, [GOOD], before=before))) == [("It rained.", "Es regnete.")]
    assert "white space before the declaration (1)" in caplog.text


@pytest.mark.parametrize("seg", ["&made_up;", "<b>open", "&", "a & b &nbsp; c"])
def test_what_cannot_be_repaired_is_refused_with_its_place(tmp_path, seg):
    path = memory(tmp_path, [GOOD, tu(en="X", de="Y").replace("X", seg)])
    with pytest.raises(ReadError, match=r"memory.tmx.*(no valid TMX|is not expanded)"):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_repairs_in_wide_encodings(tmp_path, encoding):
    path = memory(tmp_path, [tu(en="X", de="Y").replace("X", "a&nbsp;b")])
    text = path.read_text("utf-8").replace("UTF-8", "UTF-16")
    path.write_bytes(
        ("" if encoding == "utf-16" else "\ufeff").encode(encoding) + text.encode(encoding)
    )
    assert read(path).src.texts == ["a\u00a0b"]


def test_what_is_passed_over_is_counted(tmp_path, caplog):
    codes = '<tu><tuv xml:lang="en"><seg><bpt i="1">x</bpt></seg></tuv></tu>'
    twice = GOOD.replace("</tu>", '<tuv xml:lang="de"><seg>Es goss.</seg></tuv></tu>')
    bare = '<tu><tuv lang="en"><note>n</note>Bare.</tuv><tuv lang="de">Bloß.</tuv></tu>'
    other = tu(fr="Il pleut.")
    path = memory(tmp_path, [codes, twice, bare, other])
    assert pairs(read(path)) == [("It rained.", "Es regnete."), ("Bare.", "Bloß.")]
    assert caplog.messages == [
        f"{path}: read are en and de, not fr",
        f"{path}: variants without a seg, read as they stand (2), further variants of a"
        " language in its unit, not read (1), units without text (1), units of other languages (1)",
    ]


def unit(tmp_path, inner, suffix="xlf", attributes=""):
    path = tmp_path / f"a.{suffix}"
    made = f'<trans-unit id="1"{attributes}>{inner}</trans-unit>'
    part = PART.format("en", "de")
    begin, end = part.index("<trans-unit"), part.index("</body>")
    path.write_text(XLIFF.format(part[:begin] + made + part[end:]), "utf-8")
    return read(path)


def seg(number, text):
    return f'<mrk mtype="seg" mid="{number}">{text}</mrk>'


CUT = (
    f"<source>A boat. A dog.</source><seg-source><g id='5'>{seg(1, 'A boat.')} "
    f"{seg(2, 'A dog.')}</g></seg-source><target><g id='5'>{{}}</g></target>"
)


BOTH = [("A boat.", "Ein Boot."), ("A dog.", "Ein Hund.")]


@pytest.mark.parametrize("suffix", ["xlf", "xliff", "sdlxliff", "mqxliff", "mxliff", "txlf"])
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (seg(1, "Ein Boot.") + seg(2, "Ein Hund."), BOTH),
        (seg(2, "Ein Hund.") + seg(1, "Ein Boot."), BOTH),
        (seg(2, "Ein Hund."), [("A boat.", ""), ("A dog.", "Ein Hund.")]),
        (seg(1, "") + seg(3, "Mehr."), [("A boat.", ""), ("A dog.", ""), ("", "Mehr.")]),
        ("Ein Boot. Ein Hund.", [("A boat.", "Ein Boot. Ein Hund."), ("A dog.", "")]),
    ],
)  # fmt: skip
def test_a_segment_is_a_bead(tmp_path, suffix, target, expected):
    assert pairs(unit(tmp_path, CUT.format(target), suffix)) == expected


def test_marks_that_are_no_segments_are_text(tmp_path):
    found = unit(tmp_path, '<source>A <mrk mtype="term">boat</mrk>.</source><target>B.</target>')
    assert pairs(found) == [("A boat.", "B.")]


@pytest.mark.parametrize("target", ["<target/>", "<target></target>", "<target> </target>", ""])
def test_an_empty_target_is_no_translation(tmp_path, target):
    found = unit(tmp_path, f"<source>A boat.</source>{target}")
    assert [bead.is_null for bead in found.alignment.beads] == [True]


@pytest.mark.parametrize(
    ("attributes", "target", "text", "flags"),
    [
        ("", '<target state="new">A boat.</target>', "", ("new",)),
        ("", '<target state="new">Ein Boot.</target>', "Ein Boot.", ("new",)),
        (' approved="no"', "<target>Ein Boot.</target>", "Ein Boot.", ("not-approved",)),
        (' approved="yes"', "<target>Ein Boot.</target>", "Ein Boot.", ()),
        (' translate="no"', "<target>A boat.</target>", "A boat.", ("not-to-be-translated",)),
        ("", '<target state="translated">A boat.</target>', "A boat.", ()),
        ("", '<target state="needs-l10n">A b.</target>', "A b.", ("needs-l10n",)),
    ],
)
def test_what_a_unit_says_of_its_translation(tmp_path, attributes, target, text, flags):
    found = unit(tmp_path, f"<source>A boat.</source>{target}", attributes=attributes)
    assert pairs(found) == [("A boat.", text)]
    assert found.alignment.beads[0].flags == flags


def test_wordfast_has_a_format_of_its_own(tmp_path):
    path = tmp_path / "a.txml"
    path.write_text(
        '<txml locale="en" version="1.0" targetlocale="de"><translatable blockId="1">'
        '<segment segmentId="1"><source>A boat.</source><target>Ein Boot.</target></segment>'
        '<segment segmentId="2"><source>A <ut x="1">&lt;b&gt;</ut>dog.</source></segment>'
        "</translatable></txml>",
        "utf-8",
    )
    found = read(path)
    assert (found.src.lang, found.tgt.lang) == ("en", "de")
    assert pairs(found) == [("A boat.", "Ein Boot."), ("A dog.", "")]
