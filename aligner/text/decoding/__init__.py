"""Bytes to text: encodings, wrongly decoded letters, one form of characters for all readers."""
