"""Language packs: languages that the embedded encoder was not made for, in its own space."""
