"""What is to be reached, what beyond that would be better still, and how a measure stands against both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit, a stretch goal and a unit. kind: `least` when more is better, `most` when less is better."""

    kind: Literal["least", "most"]
    limit: float
    stretch: float
    unit: str

    def verdict(self, value: float | None) -> tuple[str, str]:
        """Return the columns goal and stretch, with what the value reaches; None says that it was not measured."""
        return self._against(self.limit, value), self._against(self.stretch, value)

    def _against(self, limit: float, value: float | None) -> str:
        sign, met = ("≥", value is not None and value >= limit) if self.kind == "least" else (
            "≤", value is not None and value <= limit)  # fmt: skip
        word = "not measured" if value is None else "met" if met else "missed"
        return f"{sign} {limit:g} {self.unit}: {word}"


NO_GOAL = ("", "")
FASTER = {
    ("case", "docxtpl + pyplot"): Goal("least", 60, 116, "x"),
    ("sector", "docxtpl + pyplot"): Goal("least", 100, 214, "x"),
    ("case", "docxtpl, pictures given"): Goal("least", 8, 15, "x"),
    ("case", "npm docx, warm, pictures given"): Goal("least", 4, 8, "x"),
    ("case", "pandoc process, pictures given"): Goal("least", 14, 26, "x"),
}
ONE_DOCUMENT = {"case": Goal("most", 8, 4.5, "ms"), "sector": Goal("most", 25, 10, "ms")}
COLD = Goal("most", 8, 4, "s")
UNCHANGED = Goal("most", 12, 4, "x")
EDITED = Goal("most", 1.2, 0.6, "s")
SMALL_COMMAND = Goal("most", 8, 3, "x")
TEN_TIMES = Goal("most", 10.5, 10, "x")
MEMORY = Goal("most", 300, 150, "MB")
SIZE = Goal("most", 0.45, 0.3, "x")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
