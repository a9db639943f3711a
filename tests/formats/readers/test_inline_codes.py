"""Codes are kept at their places, and placeholders are part of what a segment says."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.errors import ReadError
from aligner.formats.losses import NOT_XML, Stripper
from aligner.formats.readers import read
from aligner.formats.rows import Traces
from aligner.formats.writers import write
from aligner.types import Block, Code, Document, Origin, Segment
from tests.formats.readers.memories import memory, tu
from tests.formats.readers.test_foreign_memories import unit

PLACEHOLDERS = ["%s", "%1$d", "%-5.2f", "%(name)s", "%@", "{0}", "{name}", "{{count}}", "${home}",
                "{}", "%%", "%VAR%", "$user$", "#{id}", "@username"]  # fmt: skip
MARKUP = ["<b>", "\\b", "{\\b}", "x", "", "<fn>See it.</fn>", "1"]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("code", ["ph", "it", "bpt", "ept", "ut"])
@pytest.mark.parametrize("inside", [*PLACEHOLDERS, *MARKUP])
def test_codes_of_tmx(tmp_path, code, inside):
    seg = f'Found <{code} x="1">{escaped(inside)}</{code}> of them.'
    found = read(memory(tmp_path, [tu(en="S", de="T").replace("S", seg, 1)]))
    plain = code == "ph" and not re.search(r"[<\\]", inside)
    shown = inside if inside in PLACEHOLDERS else "<1>" if plain else ""
    assert found.src.texts == [f"Found {shown} of them."]
    (kept,) = found.src.segments[0].codes
    assert (kept.name, kept.start, kept.stop) == (code, 6, 6 + len(shown))


@pytest.mark.parametrize(
    ("source", "text", "codes"),
    [
        ('A <x id="1"/>b.', "A <1>b.", 1),
        ('A <x id="1" equiv-text="{0}"/> b.', "A {0} b.", 1),
        ('A <ph id="1" equiv="%s"/> b.', "A %s b.", 1),
        ('A <ph id="1" disp="${name}"/> b.', "A ${name} b.", 1),
        ('A<x id="1" equiv-text="&lt;br/&gt;"/>b.', "A b.", 1),
        ('A<x id="1" ctype="lb"/>b.', "A b.", 1),
        ('A <x id="1" ctype="lb"/>b.', "A b.", 1),
        ('A <g id="1">b</g> <pc id="2">c</pc>.', "A b c.", 4),
        ('A <bpt id="1">&lt;b&gt;</bpt>b<ept id="1">&lt;/b&gt;</ept>.', "A b.", 2),
        ('A <mrk mtype="term">b</mrk>.', "A b.", 2),
        ('A<cp hex="001F"/> b<sc id="1"/>.', "A b.", 2),
    ],
)
def test_codes_of_xliff(tmp_path, source, text, codes):
    found = unit(tmp_path, f"<source>{source}</source><target>T.</target>")
    assert found.src.texts == [text]
    assert len(found.src.segments[0].codes) == codes


def seg_of(path, number=0):
    """Return what stands in the segment, as XML."""
    name = "seg" if path.suffix == ".tmx" else "source"
    element = list(etree.parse(path).iter(f"{{*}}{name}"))[number]
    inner = etree.tostring(element, encoding="unicode", with_tail=False)
    inner = inner[inner.index(">") + 1 : inner.rindex("</")]
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", inner)


TMX_CODES = [
    'Press <g id="1">the red</g> button<x id="2"/> now.',
    'A <hi type="term">pilot</hi> came<ph x="1">&lt;fn&gt;<sub>See it.</sub>&lt;/fn&gt;</ph>.',
    'Off <it pos="begin" x="2">&lt;b&gt;</it>at sea.<ut>{\\b}</ut>',
    'Look <bpt i="0" type="bold">&lt;f0&gt;</bpt>here<ept i="0">&lt;/f0&gt;</ept> please.',
    '<ph x="1">x</ph>',
    '  Expected: <ph x="1">{0}</ph>, found: <ph x="2">%s</ph>  ',
]


@pytest.mark.parametrize("seg", TMX_CODES)
def test_tmx_goes_through_unchanged(tmp_path, seg):
    bitext = read(memory(tmp_path, [tu(en="S", de="T").replace("S", seg, 1)]))
    for suffix in (".tmx", ".jsonl"):
        write(bitext, tmp_path / f"out{suffix}")
        bitext = read(tmp_path / f"out{suffix}")
    write(bitext, tmp_path / "last.tmx")
    assert seg_of(tmp_path / "last.tmx") == seg


@pytest.mark.parametrize(
    "source",
    [
        'Press <g id="1">the <x id="2"/>red</g> <bpt id="3">&lt;b&gt;</bpt>key<ept id="3">x</ept>.',
        'A <bx id="1" rid="7"/>b<ex id="2" rid="7"/> <it id="4" pos="open">i</it>c.',
        'Wait<mrk mtype="protected">NOW</mrk>, <ph id="4" equiv-text="{0}">\\n</ph>!',
    ],
)
def test_xliff_goes_through_unchanged(tmp_path, source):
    bitext = unit(tmp_path, f"<source>{source}</source><target>T.</target>")
    write(bitext, tmp_path / "out.xlf")
    assert seg_of(tmp_path / "out.xlf") == source
    write(read(tmp_path / "out.xlf"), tmp_path / "again.xlf")
    assert seg_of(tmp_path / "again.xlf") == source


@pytest.mark.parametrize(
    ("source", "seg"),
    [
        ('A <g id="9">b</g>.', 'A <bpt i="1" x="9">&lt;g9&gt;</bpt>b<ept i="1">&lt;/g9&gt;</ept>.'),
        ('A <x id="2"/>.', 'A <ph x="2">&lt;2&gt;</ph>.'),
        ('A <x id="n" equiv-text="{0}"/>.', 'A <ph x="1">{0}</ph>.'),
        ('A <bx id="1"/>b.', 'A <it pos="begin" x="1">&lt;bx1&gt;</it>b.'),
        ('A <ex id="3"/>b.', 'A <it pos="end" x="3">&lt;/ex3&gt;</it>b.'),
        (
            'A <bpt id="5" ctype="bold">[</bpt>b<ept id="5">]</ept>.',
            'A <bpt i="1" x="5" type="bold">[</bpt>b<ept i="1">]</ept>.',
        ),
    ],
)
def test_codes_of_xliff_in_a_memory(tmp_path, source, seg):
    write(
        unit(tmp_path, f"<source>{source}</source><target>T.</target>"),
        tmp_path / "out.tmx",
    )
    assert seg_of(tmp_path / "out.tmx") == seg


def test_codes_of_a_memory_in_xliff(tmp_path):
    seg = 'A <it pos="begin" x="2">[</it>b<bpt i="1">(</bpt>c<ept i="1">)</ept> <hi>d</hi>.'
    write(read(memory(tmp_path, [tu(en="S", de="T").replace("S", seg, 1)])), tmp_path / "out.xlf")
    assert seg_of(tmp_path / "out.xlf") == (
        'A <it id="2" pos="open">[</it>b<bpt id="1">(</bpt>c<ept id="1">)</ept> '
        '<bpt id="3">&lt;hi3&gt;</bpt>d<ept id="3">&lt;/hi3&gt;</ept>.'
    )


def test_what_codes_of_xliff_2_stand_for(tmp_path):
    path = tmp_path / "two.xlf"
    path.write_text(
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" '
        'trgLang="de"><file id="f"><unit id="u"><originalData><data id="d">{0}</data>'
        '<data id="b">&lt;b&gt;</data></originalData><segment id="s"><source>A <ph id="1" '
        'dataRef="d"/> <pc id="2" dataRefStart="b">b</pc>.</source><target>B.</target></segment>'
        '</unit><unit id="v"><segment><source><ph id="1" dataRef="d"/>x</source>'
        "<target>y</target></segment></unit></file></xliff>",
        "utf-8",
    )
    found = read(path)
    assert found.src.texts == ["A {0} b.", "<1>x"]
    write(found, tmp_path / "out.xlf")
    assert seg_of(tmp_path / "out.xlf") == (
        'A <ph id="1">{0}</ph> <bpt id="2">&lt;b&gt;</bpt>b<ept id="2">&lt;/pc2&gt;</ept>.'
    )
    units = etree.parse(tmp_path / "out.xlf").iter("{*}trans-unit")
    assert [each.get("id") for each in units] == ["u.s", "v"]


def test_what_a_memory_says_of_its_units_is_kept(tmp_path):
    made = (
        '<tu tuid="77" changedate="20240101T000000Z"><note>checked</note>'
        '<prop type="Txt::Project">Harbour</prop><tuv xml:lang="en" creationid="AB"><note>n</note>'
        '<prop type="x-context">menu</prop><seg>Save</seg></tuv><tuv xml:lang="de">'
        "<seg>Speichern</seg></tuv></tu>"
    )
    bitext = read(memory(tmp_path, [made]))
    write(bitext, tmp_path / "one.jsonl")
    write(read(tmp_path / "one.jsonl"), tmp_path / "two.tmx")
    again = read(tmp_path / "two.tmx")
    assert again.alignment.beads[0].facts == bitext.alignment.beads[0].facts
    unit_ = next(etree.parse(tmp_path / "two.tmx").iter("tu"))
    assert dict(unit_.attrib) == {"tuid": "77", "changedate": "20240101T000000Z"}
    assert [note.text for note in unit_.iter("note")] == ["checked", "n"]
    kinds = [prop.get("type") for prop in unit_.iter("prop")]
    assert {"Txt::Project", "x-context"} < set(kinds)
    assert again.swapped().alignment.beads[0].facts.tgt.attributes == (("creationid", "AB"),)


def test_units_of_one_name_get_others_in_xliff(tmp_path):
    twice = [tu(en="A", de="B").replace("<tu>", '<tu tuid="2">')] * 2
    write(read(memory(tmp_path, twice)), tmp_path / "out.xlf")
    units = etree.parse(tmp_path / "out.xlf").iter("{*}trans-unit")
    assert [each.get("id") for each in units] == ["2", "2+"]


def test_other_formats_count_what_they_drop(tmp_path):
    seg = 'A <bpt i="1">(</bpt>b<ept i="1">)</ept> <ph x="2">%s</ph>.'
    bitext = read(memory(tmp_path, [tu(en="S", de="T").replace("S", seg, 1)]))
    assert write(bitext, tmp_path / "a.csv").codes == 2
    assert write(bitext, tmp_path / "a.tmx").codes == 0
    assert read(tmp_path / "a.csv").src.texts == ["A b %s."]


pieces = st.lists(
    st.one_of(
        st.text("ab {}<&%s ", max_size=5).map(escaped),
        st.sampled_from(
            [
                '<ph x="1">{0}</ph>',
                '<ph x="2">&lt;br/&gt;</ph>',
                '<bpt i="1">[</bpt>',
                '<ept i="1">]</ept>',
                '<it pos="end">i</it>',
                '<hi type="t">a<ph x="7"/>b</hi>',
                "<ut>{u}</ut>",
            ]
        ),
    ),
    max_size=8,
).map("".join)


@given(pieces)
def test_any_codes_come_back(tmp_path_factory, seg):
    folder = tmp_path_factory.mktemp("codes")
    bitext = read(memory(folder, [tu(en="S", de="T").replace("S", f"x{seg}", 1)]))
    for number, suffix in enumerate((".tmx", ".xlf", ".xlf", ".jsonl", ".tmx")):
        write(bitext, folder / f"{number}{suffix}")
        again = read(folder / f"{number}{suffix}")
        assert again.src.texts == bitext.src.texts
        if number in (0, 2, 3):  # else, each format says the other's codes in its own words
            assert again.src.segments == bitext.src.segments
        bitext = again


@pytest.mark.parametrize(
    "damage",
    [
        {"name": "a b"},
        {"name": ""},
        {"content": "<a>"},
        {"content": "&x;"},
        {"content": "\x00"},
        {"content": "</c><c>"},
        {"role": "both"},
        {"start": 4, "stop": 3},
        {"attributes": [["a b", "c"]]},
        {"attributes": [["a"]]},
        {"vocabulary": 3, "start": "x"},
        {"more": 1},
    ],
)
def test_damaged_codes_are_refused(tmp_path, damage):
    seg = 'A <ph x="2">%s</ph>.'
    write(read(memory(tmp_path, [tu(en="S", de="T").replace("S", seg, 1)])), tmp_path / "a.jsonl")
    head, line = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    bead = json.loads(line)
    bead["src_segments"][0]["codes"][0] |= damage
    (tmp_path / "a.jsonl").write_text(f"{head}\n{json.dumps(bead)}\n", "utf-8")
    with pytest.raises(ReadError, match="line 2: the bead is damaged"):
        read(tmp_path / "a.jsonl")


def test_codes_stay_where_characters_are_taken_out():
    code = Code(3, 4, "alone", "ph", (("x", "1"),), "%s")
    segments = Segment("a\x00b%", 0, 4, 0, (code,)), Segment("\x01%c", 5, 8, 0, (code,))
    block = Block("a b", "paragraph", 0, "")
    traces = Traces(Document((block,), "en", Origin("a"), segments), Stripper(NOT_XML))
    assert [(each.start, each.stop) for each in traces.follow(segments[:1]).codes] == [(2, 3)]
    assert [(each.start, each.stop) for each in traces.follow(segments).codes] == [(2, 3), (6, 6)]
