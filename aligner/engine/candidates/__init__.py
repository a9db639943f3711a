"""Which beads of a section are still possible, by a plain score."""
