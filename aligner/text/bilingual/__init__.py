"""One file that holds a text and its translation: its languages, its layout, its two sides."""
