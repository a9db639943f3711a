"""Teach the program languages that its encoder does not know.

Fetches the packages that `packages.txt` names from the Debian index (once), takes from them all
texts with a translation into the languages, learns a pack of each, and writes it where the
program finds it, and into NOTICE what it was learnt from. A line says how many of 500 sentences
of help that were held back find their English, and with `--news` how many of other sentences do.
"""

import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import click
import langcodes
import torch

from aligner.encoders.embedded.encoder import EmbeddedEncoder
from aligner.encoders.packs.pack import Pack
from aligner.errors import AlignerError
from benchmarks.languages.corpus import collect
from benchmarks.languages.debian import fetch
from benchmarks.languages.learning import Pair, divide, learn
from benchmarks.languages.notice import NOTICE, notice
from benchmarks.languages.student import Settings

# Languages so near that the texts of one help to learn the other.
RELATED = {
    "bs": ("hr",), "hr": ("bs",), "sr": ("hr",), "sk": ("cs",), "da": ("no",), "no": ("da",),
    "uk": ("be",), "be": ("uk",),
}  # fmt: skip
USUAL = Settings()
PACKS = Path("aligner/encoders/packs/data")
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(help=__doc__)
@click.argument("langs", nargs=-1, required=True, metavar="LANG...")
@click.option(
    "--packages",
    type=FOLDER,
    default=Path("build/packages"),
    show_default=True,
    help="Where they are.",
)
@click.option("--package", "names", multiple=True, metavar="NAME", help="Only these packages.")
@click.option("--news", type=FOLDER, help="Lines that translate each other: eng.txt, fin.txt, …")
@click.option("-o", "--out", type=FOLDER, default=PACKS, show_default=True)
@click.option(
    "--drawn",
    default=USUAL.drawn,
    show_default=True,
    help="Texts to learn from, each more than once, in millions: one takes about two minutes.",
)
@click.option("--seed", default=USUAL.seed, show_default=True)
def main(
    langs: Sequence[str],
    packages: Path,
    names: Sequence[str],
    news: Path | None,
    out: Path,
    drawn: float,
    seed: int,
) -> None:
    """Learn packs."""
    wanted = names or (files(__package__) / "packages.txt").read_text("utf-8").split()
    related = {lang: RELATED.get(lang, ()) for lang in langs}
    try:
        fetched = fetch(wanted, packages)
        corpora = collect(fetched, frozenset(langs).union(*related.values()))
    except AlignerError as error:
        raise click.ClickException(str(error)) from error
    torch.set_num_threads(1)  # the same sums in the same order, and no core waits for another
    encoder = EmbeddedEncoder()
    out.mkdir(parents=True, exist_ok=True)
    for lang in langs:
        if lang not in corpora:
            raise click.ClickException(f"{lang}: the packages have no text in it")
        begun = time.perf_counter()
        texts = divide(corpora, lang, related[lang], seed)
        pack = learn(lang, texts, encoder, Settings(drawn=drawn, seed=seed), _news(news, lang))
        stored = pack.to_bytes()
        (out / f"{lang}.npz").write_bytes(stored)
        click.echo(
            f"{lang}: {len(texts.learnt):,} pairs of {len(texts.sources)} packages, "
            f"{len(stored):,} bytes, {time.perf_counter() - begun:.0f} s; found "
            + ", ".join(f"{kind} {share:.3f}" for kind, share in pack.facts["found"].items())
        )
    if out == PACKS:
        learnt = (
            Pack.from_bytes(each.stem, each.read_bytes()) for each in sorted(out.glob("*.npz"))
        )
        NOTICE.write_text(notice(learnt), "utf-8")


def _news(folder: Path | None, lang: str) -> list[Pair]:
    """Read lines in English and their translations, named by ISO 639-3 as NTREX names them."""
    if folder is None:
        return []
    said = folder / f"{langcodes.get(lang).to_alpha3()}.txt"
    if not said.exists():
        return []
    lines = (path.read_text("utf-8").splitlines() for path in (folder / "eng.txt", said))
    return list(zip(*lines, strict=True))


if __name__ == "__main__":
    main()
