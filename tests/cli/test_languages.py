"""`aligner languages`: every language, what knows its meaning and its sentences, how well."""

from aligner.encoders.packs.pack import find_pack, packed
from aligner.languages.language_tags import plain_name
from aligner.languages.table import find, known_as, languages, made_for
from tests.cli.running import aligner


def test_every_language_has_a_line(tmp_path):
    done = aligner("languages", cwd=tmp_path)
    assert done.returncode == 0
    table, _, legend = done.stdout.decode().partition("\n\n")
    head, *lines = table.splitlines()
    assert head.split("  ")[0] == "tag"
    columns = [head.index(name) for name in ("name", "meaning by", "news", "help", "sentences by")]
    rows = {}
    for line in lines:
        cells = [line[a:b].strip() for a, b in zip([0, *columns], [*columns, None], strict=True)]
        rows[cells[0]] = cells[1:]
    assert rows.keys() == languages().keys() | packed()
    for tag, (name, meaning, news, help_pages, sentences) in rows.items():
        assert name == plain_name(tag)
        assert (meaning == "encoder") == (tag in made_for("embedded"))
        assert (meaning == "pack") == (known_as(tag) in packed())
        found = find_pack(tag).facts["found"] if meaning == "pack" else {}
        assert [news, help_pages] == [
            f"{found[kind]:.3f}" if kind in found else "-" for kind in ("news", "help")
        ]
        assert (sentences == "own rules") == bool(find(tag).splitter)
    assert "nearest of 956" in legend
