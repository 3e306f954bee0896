"""What the tables of a survey must satisfy beyond their own totals, as data: identities, sums, averages, bases, prose.

In: read by `reportkit.sources.rules` from TOML. Out: `Rules`, which the checks on matrices follow. Rules name matrices
by their id; `for_editions` gives the same rules for every edition (`impact@2025`), never across editions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, TypeVar

Side = Literal["rows", "columns"]
_Rename = Callable[[str], str]


def base_id(matrix_id: str) -> str:
    """Return the id of a matrix without its edition: `impact@2025` is `impact`."""
    return matrix_id.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Identity:
    """Each cell of `result` is the product of the same cells of `factors`; units give the power of ten between them."""

    result: str
    factors: tuple[str, ...]
    place: str = field(default="", compare=False)

    @property
    def matrices(self) -> tuple[str, ...]:
        """Return the matrices that the rule needs."""
        return (*self.factors, self.result)

    def renamed(self, name: _Rename) -> Identity:
        """Return the rule about other matrices."""
        return replace(self, result=name(self.result), factors=tuple(map(name, self.factors)))


@dataclass(frozen=True, slots=True)
class SumOfMatrices:
    """Each cell of `result` is the sum of the same cells of `parts`."""

    result: str
    parts: tuple[str, ...]
    place: str = field(default="", compare=False)

    @property
    def matrices(self) -> tuple[str, ...]:
        """Return the matrices that the rule needs."""
        return (*self.parts, self.result)

    def renamed(self, name: _Rename) -> SumOfMatrices:
        """Return the rule about other matrices."""
        return replace(self, result=name(self.result), parts=tuple(map(name, self.parts)))


@dataclass(frozen=True, slots=True)
class SumOfLines:
    """In every column (or row) of `matrix`, the row (or column) `whole` is the sum of `parts`."""

    matrix: str
    of: Side
    whole: str
    parts: tuple[str, ...]
    place: str = field(default="", compare=False)

    @property
    def matrices(self) -> tuple[str, ...]:
        """Return the matrices that the rule needs."""
        return (self.matrix,)

    def renamed(self, name: _Rename) -> SumOfLines:
        """Return the rule about other matrices."""
        return replace(self, matrix=name(self.matrix))


@dataclass(frozen=True, slots=True)
class AverageRule:
    """The printed averages `of` rows or columns of the matrix weigh all values alike."""

    matrix: str
    of: Side
    weights: str = "equal"
    place: str = field(default="", compare=False)

    @property
    def matrices(self) -> tuple[str, ...]:
        """Return the matrices that the rule needs."""
        return (self.matrix,)

    def renamed(self, name: _Rename) -> AverageRule:
        """Return the rule about other matrices."""
        return replace(self, matrix=name(self.matrix))


@dataclass(frozen=True, slots=True)
class ImputationRule:
    """Cells with fewer than `below` answers in `counts` carry a mark and the printed average of their row or column."""

    matrix: str
    average: Literal["row", "column"]
    counts: str
    below: int
    place: str = field(default="", compare=False)

    @property
    def matrices(self) -> tuple[str, ...]:
        """Return the matrices that the rule needs."""
        return (self.matrix, self.counts)

    def renamed(self, name: _Rename) -> ImputationRule:
        """Return the rule about other matrices."""
        return replace(self, matrix=name(self.matrix), counts=name(self.counts))


@dataclass(frozen=True, slots=True)
class BasesRule:
    """The respondents behind the rows of `matrix` are those that `counts` has for the same rows.

    They are compared where `matrix` prints its own (`製造業（n=473）`).
    shares: each cell is a share of the respondents in the same cell of `counts`: 14% of 7 is 1/7, 12% is nothing.
    """

    matrix: str
    counts: str
    shares: bool = False
    place: str = field(default="", compare=False)

    @property
    def matrices(self) -> tuple[str, ...]:
        """Return the matrices that the rule needs."""
        return (self.matrix, self.counts)

    def renamed(self, name: _Rename) -> BasesRule:
        """Return the rule about other matrices."""
        return replace(self, matrix=name(self.matrix), counts=name(self.counts))


@dataclass(frozen=True, slots=True)
class ProseRule:
    """A statistic and the cell that says the same."""

    statistic: str
    matrix: str
    row: str
    column: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """A series of statistics whose subjects are rows or columns of the matrix; it repeats their printed averages."""

    series: str
    matrix: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Parts:
    """A statistic and the statistics that add up to it."""

    whole: str
    parts: tuple[str, ...]
    place: str = field(default="", compare=False)


_TableRule = TypeVar("_TableRule", Identity, SumOfMatrices, SumOfLines, AverageRule, ImputationRule, BasesRule)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules. `place` of a rule is file and line of a rule of the user, "" for a built-in one."""

    identities: tuple[Identity, ...] = ()
    sums: tuple[SumOfMatrices, ...] = ()
    lines: tuple[SumOfLines, ...] = ()
    averages: tuple[AverageRule, ...] = ()
    imputations: tuple[ImputationRule, ...] = ()
    bases: tuple[BasesRule, ...] = ()
    prose: tuple[ProseRule, ...] = ()
    prose_series: tuple[SeriesRule, ...] = ()
    parts: tuple[Parts, ...] = ()

    def averages_alike(self, matrix: str, of: Side) -> bool:
        """Tell whether the printed averages of rows (or columns) are known to weigh all values alike."""
        return AverageRule(matrix, of) in self.averages

    def series_matrix(self, series: str) -> str:
        """Return the id of the matrix that the series repeats, "" when there is none."""
        return next((rule.matrix for rule in self.prose_series if rule.series == series), "")

    def for_editions(self, editions: Iterable[str]) -> Rules:
        """Return the rules about tables once for every edition; "" is the edition without a name.

        A rule that names an edition itself (`impact@2025`) stays as it is. Rules about the text keep the plain ids: the
        edition is that of the tables beside the text.
        """
        names = tuple(dict.fromkeys(editions))
        return replace(
            self,
            identities=tuple(_in_editions(self.identities, names)),
            sums=tuple(_in_editions(self.sums, names)),
            lines=tuple(_in_editions(self.lines, names)),
            averages=tuple(_in_editions(self.averages, names)),
            imputations=tuple(_in_editions(self.imputations, names)),
            bases=tuple(_in_editions(self.bases, names)),
        )


def _in_editions(rules: Iterable[_TableRule], editions: Iterable[str]) -> Iterator[_TableRule]:
    found: dict[_TableRule, None] = {}
    for rule in rules:
        if any("@" in name for name in rule.matrices):
            found[rule] = None
            continue
        for edition in editions:
            end = f"@{edition}" if edition else ""
            found[rule.renamed(partial(_with_end, end))] = None
    yield from found


def _with_end(end: str, name: str) -> str:
    return name + end
