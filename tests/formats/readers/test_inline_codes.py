"""Placeholders are part of what a segment says; markup is not, and is counted."""

import pytest

from aligner.formats.readers import read
from tests.formats.readers.memories import memory, tu
from tests.formats.readers.test_foreign_memories import unit

PLACEHOLDERS = ["%s", "%1$d", "%-5.2f", "%(name)s", "%@", "{0}", "{name}", "{{count}}", "${home}",
                "{}", "%%", "%VAR%", "$user$", "#{id}", "@username"]  # fmt: skip
MARKUP = ["<b>", "\\b", "{\\b}", "x", "", "<fn>See it.</fn>", "1"]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("code", ["ph", "it", "bpt", "ept", "ut"])
@pytest.mark.parametrize("inside", [*PLACEHOLDERS, *MARKUP])
def test_codes_of_tmx(tmp_path, code, inside, caplog):
    seg = f'Found <{code} x="1">{escaped(inside)}</{code}> of them.'
    found = read(memory(tmp_path, [tu(en="S", de="T").replace("S", seg, 1)]))
    shown = inside if inside in PLACEHOLDERS else ""
    assert found.src.texts == [f"Found {shown} of them."]
    said = [line for line in caplog.messages if "codes of markup, not kept (1)" in line]
    assert bool(said) == (not shown)


@pytest.mark.parametrize(
    ("source", "text", "dropped"),
    [
        ('A <x id="1"/>b.', "A b.", 1),
        ('A <x id="1" equiv-text="{0}"/> b.', "A {0} b.", 0),
        ('A <ph id="1" equiv="%s"/> b.', "A %s b.", 0),
        ('A <ph id="1" disp="${name}"/> b.', "A ${name} b.", 0),
        ('A <x id="1" equiv-text="&lt;br/&gt;"/>b.', "A b.", 1),
        ('A <g id="1">b</g> <pc id="2">c</pc>.', "A b c.", 2),
        ('A <bpt id="1">&lt;b&gt;</bpt>b<ept id="1">&lt;/b&gt;</ept>.', "A b.", 2),
        ('A <mrk mtype="term">b</mrk>.', "A b.", 0),
        ('A<cp hex="001F"/> b<sc id="1"/>.', "A b.", 2),
    ],
)
def test_codes_of_xliff(tmp_path, source, text, dropped, caplog):
    found = unit(tmp_path, f"<source>{source}</source><target>T.</target>")
    assert found.src.texts == [text]
    expected = [f"{tmp_path / 'a.xlf'}: codes of markup, not kept ({dropped})"] if dropped else []
    assert caplog.messages == expected
