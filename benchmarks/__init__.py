"""How accurate and how fast the program is, beside its peers.

    python -m benchmarks.accuracy FOLDER
    python -m benchmarks.speed

`docs/benchmarks.md` holds the figures and says what they mean.
"""
