"""What the pages say is what the program does."""

import re

import pytest

import aligner
from aligner.cli.align import align
from tests import ROOT
from tests.cli.running import aligner as run

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "command-line.md"])
def test_the_summary_shown_is_the_one_printed(page, tmp_path):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    shown = next(each for each in blocks(page, "console") if "aligner align" in each)
    command, *lines = shown.splitlines()
    done = run(*command.split()[2:], cwd=tmp_path)
    # Seconds differ from run to run, and the last digits of a confidence from machine to machine.
    printed = re.sub(r"\d+\.\d+", "#", done.stderr.decode())
    assert re.sub(r"\d+\.\d+", "#", "\n".join(lines)) == printed.strip()


def test_the_tour_in_python(tmp_path, monkeypatch, capsys):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(blocks(ROOT / "README.md", "python")[0], {})
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    shown = blocks(ROOT / "README.md", "text")[0].splitlines()
    assert [re.sub(r" \d\.\d\d ", " ", line) for line in printed] == [
        re.sub(r" \d\.\d\d ", " ", line) for line in shown
    ]
    assert aligner.read("izvestia.tmx").alignment


def test_every_option_is_explained():
    options = {name for each in align.params for name in each.opts if name.startswith("--")}
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    explained = set(re.findall(r"`[^`]*?(--[a-z-]+)[^`]*?`", page)) | set(
        re.findall(r"(--[a-z-]+)", "".join(re.findall(r"^\| `.*", page, re.M)))
    )
    assert options - explained == {"--output", "--verbose"}  # there by their short names


def test_the_languages_named_are_those_of_the_encoder():
    from aligner.encoders.embedded.encoder import LANGUAGES
    from aligner.languages.language_tags import plain_name

    text = (ROOT / "README.md").read_text("utf-8")
    named = text[text.index("Out of the box:") : text.index("and Turkish") + len("and Turkish")]
    for lang in LANGUAGES:
        assert plain_name(lang) in named, lang
