"""The embedded encoder: universal-sentence-encoder-multilingual v3, without torch or downloads."""

from aligner.encoders.embedded.encoder import LANGUAGES, EmbeddedEncoder

__all__ = ["LANGUAGES", "EmbeddedEncoder"]
