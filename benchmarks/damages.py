"""Damage exports in every way that a hand, a tool or a disk does, and see whether verify tells.

    python -m benchmarks.damages --count 2000 --seed 1

Each time one of several bitexts (a real bilingual page, two texts that repeat themselves, two
web pages) is written in one of our formats, one thing is changed in the file, and the file is
verified against its inputs. What is done to no avail (two texts exchanged that say the same) is
no damage and is done again elsewhere. Printed are the damages by kind and format, and how many
of them escaped.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from lxml import etree

import aligner
from aligner.formats.writers import write
from aligner.types import Bitext
from aligner.verification import verify
from benchmarks.generate import generate
from benchmarks.pair_files import LOADERS, SIDES, Lines, Table

IZVESTIA = Path(__file__).parents[1] / "seeds" / "izvestia.txt"
REPEATS = {
    "en": "Go on. Stop. Go on. He said go on. Part 2. It is 3.5 kg. Go on. Stop.\n\nAll gone.\n",
    "ru": "Дальше. Стой. Дальше. Он сказал: дальше. Часть 2. В нём 3,5 кг. Дальше. Стой.\n\nВсё.\n",
}
PAGE = (
    "<html><body><nav><a href=a>{menu}</a> <a href=b>{menu}</a></nav><main>{text}</main>"
    "<footer><a href=c>{menu}</a></footer></body></html>"
)


# A damage returns whether it changed anything.
Damage = Callable[[Any, random.Random], bool]


def _two(file: Any, chance: random.Random, *, near: bool = False) -> tuple[Any, Any]:
    full = [unit for unit in file.units if all(file.text(unit, side) for side in SIDES)]
    first = chance.randrange(len(full) - 1)
    second = first + 1 if near else chance.randrange(len(full))
    return full[first], full[second]


def texts_exchanged(file: Any, chance: random.Random) -> bool:
    """Two texts of a side change places; all that is said of them stays."""
    one, other = _two(file, chance)
    side = chance.choice(SIDES)
    here, there = file.text(one, side), file.text(other, side)
    file.set_text(one, side, there)
    file.set_text(other, side, here)
    return here != there


def sides_exchanged(file: Any, chance: random.Random) -> bool:
    """A side of a bead changes places with another's, with all that is said of it."""
    one, other = _two(file, chance, near=chance.random() < 0.5)
    side = chance.choice(SIDES)
    changed = file.text(one, side) != file.text(other, side)
    if changed:
        file.exchange(one, other, side)
    return changed


def beads_exchanged(file: Any, chance: random.Random) -> bool:
    """Two beads change places."""
    one, other = _two(file, chance, near=chance.random() < 0.5)
    places = [file.units.index(each) for each in (one, other)]
    changed = any(file.text(one, side) != file.text(other, side) for side in SIDES)
    if changed:
        first, second = places
        file.units[first], file.units[second] = file.units[second], file.units[first]
    return changed


def text_moved(file: Any, chance: random.Random) -> bool:
    """The end of a text moves to the beginning of the next of its side."""
    one, other = _two(file, chance, near=True)
    side = chance.choice(SIDES)
    words = file.text(one, side).split()
    if len(words) < 2:
        return False
    cut = chance.randrange(1, len(words))
    file.set_text(one, side, " ".join(words[:cut]))
    file.set_text(other, side, " ".join([*words[cut:], file.text(other, side)]))
    return True


def words_joined(file: Any, chance: random.Random) -> bool:
    """A space between two words goes."""
    unit, _ = _two(file, chance)
    side = chance.choice(SIDES)
    words = file.text(unit, side).split(" ")
    if len(words) < 2:
        return False
    at = chance.randrange(1, len(words))
    file.set_text(
        unit, side, " ".join([*words[: at - 1], words[at - 1] + words[at], *words[at + 1 :]])
    )
    return True


def word_split(file: Any, chance: random.Random) -> bool:
    """A space comes into a word."""
    unit, _ = _two(file, chance)
    side = chance.choice(SIDES)
    text = file.text(unit, side)
    at = [i for i in range(1, len(text)) if text[i - 1].isalpha() and text[i].isalpha()]
    if not at:
        return False
    cut = chance.choice(at)
    file.set_text(unit, side, f"{text[:cut]} {text[cut:]}")
    return True


def letter_changed(file: Any, chance: random.Random) -> bool:
    """One letter becomes another."""
    unit, _ = _two(file, chance)
    side = chance.choice(SIDES)
    text = file.text(unit, side)
    at = chance.randrange(len(text))
    file.set_text(unit, side, f"{text[:at]}ж{text[at + 1 :]}")
    return text[at] != "ж" and not text[at].isspace()


def bead_deleted(file: Any, chance: random.Random) -> bool:
    """A bead goes."""
    file.units.remove(chance.choice(file.units))
    return True


def bead_doubled(file: Any, chance: random.Random) -> bool:
    """A bead comes twice."""
    unit = chance.choice(file.units)
    copy = etree.fromstring(etree.tostring(unit)) if isinstance(unit, etree._Element) else {**unit}
    file.units.insert(file.units.index(unit), copy)
    return True


def text_cut(file: Any, chance: random.Random) -> bool:
    """A text loses its end."""
    unit, _ = _two(file, chance)
    side = chance.choice(SIDES)
    text = file.text(unit, side)
    file.set_text(unit, side, text[: len(text) // 2] or "x")
    return True


def entry_deleted(file: Any, chance: random.Random) -> bool:
    """An entry of the list of what was left out goes."""
    if isinstance(file, Table) or not file.listed():
        return False
    entry = chance.choice(file.listed())
    if isinstance(file, Lines):
        for side in ("src", "tgt"):
            pieces = file.head[side]["left_out"]
            file.head[side]["left_out"] = [each for each in pieces if each is not entry]
    else:
        entry.getparent().remove(entry)
    return True


def order_reversed(file: Any, chance: random.Random) -> bool:
    """A stretch of beads is turned about."""
    first = chance.randrange(len(file.units) - 3)
    stretch = file.units[first : first + 4]
    file.units[first : first + 4] = stretch[::-1]
    said = [[file.text(unit, side) for side in SIDES] for unit in stretch]
    return said != said[::-1]


DAMAGES: tuple[Damage, ...] = (
    texts_exchanged,
    sides_exchanged,
    beads_exchanged,
    text_moved,
    words_joined,
    word_split,
    letter_changed,
    bead_deleted,
    bead_doubled,
    text_cut,
    entry_deleted,
    order_reversed,
)


def bitexts(folder: Path) -> list[tuple[Bitext, tuple[Path, ...]]]:
    """Return what is damaged: aligned bitexts, each with its inputs."""
    pair = generate(12)
    for lang, texts, menu in (("en", pair.src, "Home"), ("ru", pair.tgt, "Главная")):
        text = "".join(f"<p>{each}</p>" for each in texts)
        (folder / f"page.{lang}.html").write_text(PAGE.format(menu=menu, text=text), "utf-8")
        (folder / f"again.{lang}.txt").write_text(REPEATS[lang] * 3, "utf-8")
    inputs: list[tuple[Path, ...]] = [(IZVESTIA,)]
    inputs += [
        tuple(folder / f"{name}.{lang}.{suffix}" for lang in ("en", "ru"))
        for name, suffix in (("page", "html"), ("again", "txt"))
    ]
    return [(aligner.align(*paths), paths) for paths in inputs]


def run(count: int, seed: int) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Do so many damages; return how many of each kind in each format, and which escaped."""
    chance = random.Random(seed)
    done: Counter[tuple[str, str]] = Counter()
    escaped = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = bitexts(folder)
        kinds = [(damage, suffix) for damage in DAMAGES for suffix in LOADERS]
        kinds = [each for each in kinds if each[0] is not entry_deleted or _lists(each[1])]
        while sum(done.values()) < count:
            damage, suffix = kinds[sum(done.values()) % len(kinds)]
            bitext, inputs = chance.choice(whole)
            path = folder / f"damaged.{suffix}"
            write(bitext, path, force=True)
            file = LOADERS[suffix](path)
            if not damage(file, chance):
                continue
            path.write_bytes(file.dumped())
            done[damage.__name__, suffix] += 1
            if not _is_told(path, inputs):
                escaped.append(f"{damage.__name__} in {suffix} of {inputs[0].name}")
    return done, escaped


def _lists(suffix: str) -> bool:
    return LOADERS[suffix] is not Table


def _is_told(path: Path, inputs: tuple[Path, ...]) -> bool:
    try:
        found = aligner.read(path)
    except aligner.AlignerError:
        return True
    assert isinstance(found, Bitext)
    result = verify(found, *inputs)
    return not (result.holds and result.signed)


@click.command()
@click.option("--count", default=2000, show_default=True, help="Damages.")
@click.option("--seed", default=1, show_default=True)
def main(count: int, seed: int) -> None:
    """Print how many damages of each kind were done in each format, and those that escaped."""
    done, escaped = run(count, seed)
    click.echo(f"{'':16}" + "".join(f"{suffix:>9}" for suffix in LOADERS))
    for damage in DAMAGES:
        cells = "".join(f"{done[damage.__name__, suffix] or '–':>9}" for suffix in LOADERS)
        click.echo(f"{damage.__name__:16}{cells}")
    click.echo(f"{sum(done.values()):,} damages, {len(escaped):,} escaped")
    for line in escaped:
        click.echo(f"  {line}")
    sys.exit(bool(escaped))


if __name__ == "__main__":
    main()
