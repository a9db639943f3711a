"""Bytes to text, text to blocks, blocks to segments, in one language or two."""
