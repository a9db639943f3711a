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
    assert [(block.kind, block.text, block.place) for block in document.blocks] == [
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
        ("front matter", "line 1"),
        ("code", "line 22"),
        ("markup", "line 26"),
    ]
