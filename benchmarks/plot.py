"""Draw speed and memory against length, one line a system."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.runs import Run

# Text stays text, and the same figures give the same file.
STYLE: Any = {"svg.fonttype": "none", "svg.hashsalt": "speed", "font.size": 10}
# Colours that differ in lightness, too (Okabe and Ito), and marks for those who see neither.
LOOKS = {
    "aligner": ("#0072b2", "o"),
    "vecalign-text": ("#d55e00", "s"),
    "vecalign": ("#e69f00", "D"),
    "gale-church": ("#009e73", "^"),
}


def plot(runs: Sequence[Run], path: Path) -> None:
    """Write the plot as SVG."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9, 3.6), layout="constrained")
        speed, memory = figure.subplots(1, 2)
        for name in dict.fromkeys(run.system for run in runs):
            found = [(run, run.measured) for run in runs if run.system == name and run.measured]
            sizes = [run.size for run, _ in found]
            _line(speed, name, sizes, [run.per_second for run, _ in found])
            _line(memory, name, sizes, [measured.mebibytes for _, measured in found])
        _label(speed, "segments a second")
        _label(memory, "peak memory, MiB")
        speed.legend(frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None})


def _line(axes: Axes, name: str, sizes: Sequence[int], values: Sequence[float]) -> None:
    colour, mark = LOOKS[name]
    axes.plot(sizes, values, color=colour, marker=mark, label=name)


def _label(axes: Axes, title: str) -> None:
    axes.set(xscale="log", yscale="log", xlabel="segments a side", title=title)
    axes.grid(visible=True, alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
