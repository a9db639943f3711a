"""Decoded text to blocks: paragraphs, headings, cells; and what surrounds a text on its page."""
