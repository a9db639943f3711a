"""Teach the program languages that its encoder does not know: `python -m benchmarks.languages`."""
