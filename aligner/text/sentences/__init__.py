"""Blocks to sentences: rules in an order, and what each language's words say, as data."""

from aligner.text.sentences.splitter import Splitter, segment, split

__all__ = ["Splitter", "segment", "split"]
