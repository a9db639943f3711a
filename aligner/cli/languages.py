"""`aligner languages`: what the program knows of which language."""

import click

HEAD = ("tag", "name", "meaning by", "news", "help", "sentences by")
KINDS = ("news", "help")  # of texts that packs were measured on


@click.command()
def languages() -> None:
    """Show which languages are known, and how well.

    Every language of the registry may be given; one that is not listed is aligned by numbers,
    names, lengths, and what its words share with the other text's.
    """
    from aligner.encoders import EMBEDDED
    from aligner.encoders.packs.pack import find_pack, packed
    from aligner.languages.language_tags import plain_name
    from aligner.languages.table import find, made_for
    from aligner.languages.table import languages as table

    rows: list[tuple[str, ...]] = [HEAD]
    for tag in sorted(table().keys() | packed()):
        language, pack = find(tag), find_pack(tag)
        without = "-" if pack is None else "pack"
        knows = "encoder" if tag in made_for(EMBEDDED) else without
        measured = {} if pack is None else pack.facts["found"]
        found = [f"{measured[kind]:.3f}" if kind in measured else "-" for kind in KINDS]
        own = language is not None and bool(language.splitter)
        rows.append((tag, plain_name(tag), knows, *found, "own rules" if own else "rules for all"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo(
            "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    click.echo(
        "\nnews, help: of a pack, the share of sentences of that kind whose English is the\n"
        "nearest of 956 and of 500, both ways. It was learnt from other help, and from no news."
    )
