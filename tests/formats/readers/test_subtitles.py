from itertools import pairwise

import pytest

from aligner.formats.readers import subtitles

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Where are you
going?</i>

2
00:01:02,000 --> 01:02:03,004
- Home.
- Now?

3
00:00:05,000 --> 00:00:06,000
{\\an8}- Alone.
"""


def test_cues_with_their_times(tmp_path):
    path = tmp_path / "a.srt"
    path.write_text(SRT)
    blocks = subtitles.read(path).blocks
    assert [(block.kind, block.text, block.place) for block in blocks] == [
        ("cue", "Where are you going?", "00:00:01,000 --> 00:00:02,500"),
        ("cue", "- Alone.", "00:00:05,000 --> 00:00:06,000"),  # in the order of times
        ("cue", "- Home.", "00:01:02,000 --> 01:02:03,004"),
        ("cue", "- Now?", "00:01:02,000 --> 01:02:03,004"),
    ]


def test_old_encodings(tmp_path):
    path = tmp_path / "a.srt"
    text = "Съешь ещё этих мягких французских булок, да выпей чаю."
    path.write_bytes(f"1\r\n00:00:01,000 --> 00:00:02,000\r\n{text}\r\n".encode("cp1251"))
    assert [block.text for block in subtitles.read(path).blocks] == [text]


def test_comments_and_drawings_are_left_out(tmp_path):
    path = tmp_path / "a.ass"
    path.write_text(
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\b1}Bold\\Nword\n"
        "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Note\n"
    )
    document = subtitles.read(path)
    assert [block.text for block in document.blocks] == ["Bold word"]
    assert [(piece.text, piece.reason) for piece in document.left_out] == [("Note", "comment")]


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "00:00:00,000"), (3_723_004, "01:02:03,004"), (-5, "00:00:00,000")],
)
def test_clock(milliseconds, text):
    assert subtitles.clock(milliseconds) == text


def test_notes_of_webvtt_are_left_out(tmp_path):
    path = tmp_path / "a.vtt"
    cues = "00:01.000 --> 00:02.000\nNOTED.\nNOTE this.\n\n00:03.000 --> 00:04.000\nTwo.\n"
    path.write_text(f"WEBVTT\n\nNOTE by\na translator\n\n{cues}\nNOTE the end")
    document = subtitles.read(path)
    assert [block.text for block in document.blocks] == ["NOTED. NOTE this.", "Two."]
    assert [(each.text, each.reason, each.place) for each in document.left_out] == [
        ("NOTE by a translator", "comment", "line 3"),
        ("NOTE the end", "comment", "line 13"),
    ]


def read(tmp_path, text, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, "utf-8")
    return subtitles.read(path)


def vtt(*cues):
    """Cues of a second each, one after another."""
    times = [f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000" for at in range(len(cues))]
    return "WEBVTT\n\n" + "".join(
        f"{time}\n{cue}\n\n" for time, cue in zip(times, cues, strict=True)
    )


def srt(*cues):
    return vtt(*cues).replace("WEBVTT\n\n", "").replace(".000", ",000")


@pytest.mark.parametrize(("suffix", "written"), [("srt", srt), ("vtt", vtt)])
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tom &amp; Ann", "Tom & Ann"),
        ("1 &lt; 2 &gt; 0", "1 < 2 > 0"),
        ("it&#39;s &#x2026;", "it's …"),
        ("&quot;No&quot;", '"No"'),
        ("AT&T, R&D; A & B", "AT&T, R&D; A & B"),
        ("&unheard;", "&unheard;"),
    ],
)
def test_references_are_characters(tmp_path, suffix, written, text, meant):
    assert [block.text for block in read(tmp_path, written(text), suffix).blocks] == [meant]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("so<00:00:00.320><c> today</c><00:00:00.640><c> we</c>", "so today we"),
        ("<v Ann Berg>Come in.</v>", "Come in."),
        ("<c.loud.red>Come</c> <i>in</i>.", "Come in."),
        ("<lang de>Komm</lang> in.", "Komm in."),
        ("<ruby>東京<rt>とうきょう</rt></ruby>へ", "東京へ"),
    ],
)
def test_tags_of_webvtt_are_no_text(tmp_path, text, meant):
    assert [block.text for block in read(tmp_path, vtt(text), "vtt").blocks] == [meant]


def test_captions_that_roll_are_read_once(tmp_path):
    lines = ["so today we sail", "to the island", "and back", "in time for tea"]
    cues = [lines[0], *(f"{a}\n{b}" for a, b in pairwise(lines))]
    found = read(tmp_path, vtt(*cues), "vtt")
    assert [block.text for block in found.blocks] == lines
    again = [(piece.text, piece.reason) for piece in found.left_out]
    assert again == [(line, "shown again") for line in lines[:-1]]


def test_what_is_said_again_is_read_again(tmp_path):
    cues = ["No.", "No.", "Why?", "Because.", "You know.", "I do not.", "Then ask."]
    assert [block.text for block in read(tmp_path, vtt(*cues), "vtt").blocks] == cues


TWO = {
    "de": [
        ("The ferry left at nine in the morning.", "Die Fähre fuhr um neun Uhr morgens ab."),
        ("Where is Anna today?", "Wo ist denn Anna heute?"),
        ("It rained all day,\nand nobody came out.", "Es regnete den ganzen Tag,\nniemand kam."),
        ("[door slams]", ""),
    ],
    "zh": [
        ("The ferry left.", "渡轮离开了。"),
        ("Where is Anna?", "安娜在哪里？"),
        ("It rained all day,\nand nobody came.", "整天都在下雨，\n没有人出来。"),
    ],
}


@pytest.mark.parametrize("lang", TWO)
@pytest.mark.parametrize("turned", [False, True])
def test_two_languages_in_a_cue_are_two_blocks(tmp_path, lang, turned):
    sides = [pair[::-1] if turned else pair for pair in TWO[lang]]
    cues = ["\n".join(filter(None, pair)) for pair in sides]
    blocks = [block.text for block in read(tmp_path, srt(*cues), "srt").blocks]
    assert blocks == [text.replace("\n", " ") for pair in sides for text in pair if text]


def test_lines_of_one_language_are_one_block(tmp_path):
    cues = ["It rained all day,\nand nobody came out.", "We stayed at home\nwith the old cat."] * 3
    found = [block.text for block in read(tmp_path, srt(*cues), "srt").blocks]
    assert found == [cue.replace("\n", " ") for cue in cues]
