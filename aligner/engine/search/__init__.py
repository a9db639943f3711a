"""Where the path may go, and what it costs: anchors, band, lattice, and sums over all paths."""
