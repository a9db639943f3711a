import pytest

from aligner.formats.readers import markdown

TEXT = """---
title: x
---
# Head *one*

A paragraph that is
wrapped, with `code` and a [link](http://example.com).
Hard\\
break.

* Apples
* Pears

  second paragraph

> Quoted **text**.

| One | Eins |
|-----|------|
| Two | Zwei |

```python
print("no text")
```

<div>markup</div>

Setext
======
![picture](x.png) &amp; entity \\* star
"""


def test_blocks_without_their_markup(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(TEXT)
    document = markdown.read(path)
    assert document.title == "x"
    assert [(block.kind, block.text, block.place) for block in document.blocks] == [
        ("heading", "x", "line 2"),
        ("heading", "Head one", "line 4"),
        ("paragraph", "A paragraph that is wrapped, with code and a link. Hard", "line 6"),
        ("paragraph", "break.", "line 6"),
        ("paragraph", "Apples", "line 11"),
        ("paragraph", "Pears", "line 12"),
        ("paragraph", "second paragraph", "line 14"),
        ("paragraph", "Quoted text.", "line 16"),
        ("cell", "One", "line 18"),
        ("cell", "Eins", "line 18"),
        ("cell", "Two", "line 20"),
        ("cell", "Zwei", "line 20"),
        ("heading", "Setext", "line 28"),
        ("paragraph", "picture & entity * star", "line 30"),
    ]
    assert [(piece.reason, piece.place) for piece in document.left_out] == [
        ("front matter", "line 2"),
        ("code", "line 22"),
        ("markup", "line 26"),
    ]


def found(tmp_path, text):
    path = tmp_path / "a.md"
    path.write_text(text, "utf-8")
    document = markdown.read(path)
    return (
        [(block.kind, block.text) for block in document.blocks],
        [(piece.text, piece.reason) for piece in document.left_out],
    )


@pytest.mark.parametrize(
    ("front", "said", "left"),
    [
        (
            '---\ntitle: "A ferry"\nweight: 10\n---\n',
            [("heading", "A ferry")],
            ["title", "weight: 10"],
        ),
        ("---\ndescription: It left.\n...\n", [("paragraph", "It left.")], ["description"]),
        ("---\ntitle: >\n  A ferry\n---\n", [], ["title: >", "A ferry"]),
        (
            '+++\ntitle = "A ferry"\ndraft = true\n+++\n',
            [("heading", "A ferry")],
            ["title", "draft = true"],
        ),
        ("---\nsubtitle: x\n---\n", [("paragraph", "x")], ["subtitle"]),
        ("---\n---\n", [], []),
    ],
)
def test_what_a_page_says_of_itself(tmp_path, front, said, left):
    blocks, left_out = found(tmp_path, f"{front}\nText.\n")
    assert blocks == [*said, ("paragraph", "Text.")]
    assert left_out == [(line, "front matter") for line in left]


@pytest.mark.parametrize(
    ("text", "blocks", "marks"),
    [
        ("# Head {#head}", [("heading", "Head")], ["{#head}"]),
        ("# Head {/*head-1*/}", [("heading", "Head")], ["{/*head-1*/}"]),
        ("# Head {: .big}", [("heading", "Head")], ["{: .big}"]),
        ("# Set {a, b}", [("heading", "Set {a, b}")], []),
        ("Text {#x}", [("paragraph", "Text {#x}")], []),
        (":::tip\nText.\n:::", [("paragraph", "Text.")], [":::tip", ":::"]),
        (":::tip\n\nText.\n\n:::", [("paragraph", "Text.")], [":::tip", ":::"]),
        (":::note A title\nText.\n:::", [("paragraph", "A title Text.")], [":::note", ":::"]),
        ("> [!NOTE]\n> Text.", [("paragraph", "Text.")], ["[!NOTE]"]),
        ("[!NOTES] are kept.", [("paragraph", "are kept.")], ["[!NOTES]"]),
        ('{{< figure src="a.png" >}}\n\nText.', [("paragraph", "Text.")],
         ['{{< figure src="a.png" >}}']),
        ("{{% note %}}\nText.\n{{% /note %}}", [("paragraph", "Text.")],
         ["{{% note %}}", "{{% /note %}}"]),
        ("A {{ name }} b.", [("paragraph", "A {{ name }} b.")], []),
    ],
)  # fmt: skip
def test_marks_of_dialects_are_no_text(tmp_path, text, blocks, marks):
    assert found(tmp_path, text + "\n\nEnd.\n") == (
        [*blocks, ("paragraph", "End.")],
        [(mark, "markup") for mark in marks],
    )
