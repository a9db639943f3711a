"""What speaks for and against a bead, as named columns."""
