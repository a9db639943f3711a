"""What `benchmarks.speed` measures and `benchmarks.plot` draws."""

from dataclasses import dataclass

from benchmarks.measure import Measurement


@dataclass(frozen=True, slots=True)
class Run:
    """A measurement and what was measured; None where the system could not do it."""

    size: int
    system: str
    measured: Measurement | None

    @property
    def per_second(self) -> float:
        """Segments of both sides in a second; 0 where there is no measurement."""
        return self.measured.segments / self.measured.seconds if self.measured else 0.0

    @property
    def work(self) -> float:
        """Seconds of processor for a segment; 0 where there is no measurement."""
        return self.measured.processor / self.measured.segments if self.measured else 0.0
