import pytest

from aligner.errors import ReadError
from aligner.formats.readers import read

TTML = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:p="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:t="http://www.w3.org/ns/ttml#styling" p:frameRate="25" p:tickRate="10">'
    "<body>{}</body></tt>"
)


@pytest.mark.parametrize(
    ("suffix", "text", "cues"),
    [
        (
            "sbv",
            "0:00:01.000,0:00:04.000\nHello\nthere.\n\n\n0:00:05.5,1:00:06.020\nBye.\n",
            [("00:00:01,000", "00:00:04,000", "Hello there."),
             ("00:00:05,500", "01:00:06,020", "Bye.")],
        ),
        (
            "lrc",
            "[ti:Song]\n[00:12.00][00:20.50]La la\n[00:15.00]Ho <00:16.00>hey\n[00:18:25]\n",
            [("00:00:12,000", "00:00:15,000", "La la"), ("00:00:15,000", "00:00:18,250", "Ho hey"),
             ("00:00:20,500", "00:00:25,500", "La la")],
        ),
        (
            "ttml",
            TTML.format('<div begin="10s"><p begin="1s" end="2.5s">Hello<br/>there</p>'
                        '<p begin="00:00:03:05" dur="500ms">Bye <span>now</span></p></div>'
                        '<p begin="300t" end="1m"><span t:ruby="container">'
                        '<span t:ruby="base">A</span><span t:ruby="text">b</span></span></p>'),
            [("00:00:11,000", "00:00:12,500", "Hello there"),
             ("00:00:13,200", "00:00:13,700", "Bye now"), ("00:00:30,000", "00:01:00,000", "A")],
        ),
        (
            "dfxp",
            TTML.format('<p begin="01:02:03.5" end="01:02:04">Later</p><p begin="1f">First</p>'),
            [("00:00:00,040", "00:00:00,040", "First"), ("01:02:03,500", "01:02:04,000", "Later")],
        ),
        (
            "sub",
            "{1}{1}25\n{25}{50}Hello|there.\n{75}{100}{y:i}Bye.\n",
            [("00:00:01,000", "00:00:02,000", "Hello there."),
             ("00:00:03,000", "00:00:04,000", "Bye.")],
        ),
        ("sub", "{24}{48}Hello.\n", [("00:00:01,001", "00:00:02,002", "Hello.")]),
    ],
)  # fmt: skip
def test_cues(tmp_path, suffix, text, cues):
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, "utf-8")
    found = [(*each.place.split(" --> "), each.text) for each in read(path).blocks]
    assert found == cues


@pytest.mark.parametrize("suffix", ["sbv", "lrc", "sub", "ttml"])
@pytest.mark.parametrize("text", ["Plain text.", "<tt/>", "[ti:x]", "0:00:01"])
def test_what_is_refused(tmp_path, suffix, text):
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, "utf-8")
    with pytest.raises(ReadError):
        read(path)
