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
        ("cue", "- Home.", "00:01:02,000 --> 01:02:03,004"),
        ("cue", "- Now?", "00:01:02,000 --> 01:02:03,004"),
        ("cue", "- Alone.", "00:00:05,000 --> 00:00:06,000"),
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
