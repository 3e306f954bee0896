"""Rules as data: identities, averages, imputation, and what the text says about tables (`rules.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_BUILT_IN = Path(__file__).parent / "rules.toml"


@dataclass(frozen=True, slots=True)
class Identity:
    """Each cell of `result` is the product of the same cells of `factors`."""

    result: str
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AverageRule:
    """The printed averages `of` rows or columns of the matrix weigh all values alike."""

    matrix: str
    of: str
    weights: str = "equal"


@dataclass(frozen=True, slots=True)
class ImputationRule:
    """Cells with fewer than `below` answers in `counts` carry a mark and the printed average of their row or column."""

    matrix: str
    average: str
    counts: str
    below: int


@dataclass(frozen=True, slots=True)
class ProseRule:
    """A statistic and the cell that says the same."""

    statistic: str
    matrix: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A statistic and the statistics that add up to it."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules; prose_series maps a series of statistics to the matrix whose averages it repeats."""

    identities: tuple[Identity, ...] = ()
    averages: tuple[AverageRule, ...] = ()
    imputations: tuple[ImputationRule, ...] = ()
    prose: tuple[ProseRule, ...] = ()
    prose_series: tuple[tuple[str, str], ...] = ()
    parts: tuple[Parts, ...] = ()

    def averages_alike(self, matrix: str, of: str) -> bool:
        """Tell whether the printed averages of rows (or columns) are known to weigh all values alike."""
        return AverageRule(matrix, of) in self.averages

    def series_matrix(self, series: str) -> str:
        """Return the id of the matrix that the series repeats, "" when there is none."""
        return dict(self.prose_series).get(series, "")


@cache
def built_in_rules() -> Rules:
    """Return the rules that the package brings along."""
    return read_rules(_BUILT_IN.read_text(encoding="utf-8"))


def read_rules(text: str) -> Rules:
    """Read rules from TOML. Raises `ValueError` (also for TOML faults) and `TypeError` for missing or unknown keys."""
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(text)
    unknown = data.keys() - {"identity", "average", "imputation", "prose", "prose_series", "parts"}
    if unknown:
        raise ValueError(f"unknown rules: {sorted(unknown)}")
    rules = Rules(
        identities=tuple(Identity(item["result"], tuple(item["factors"])) for item in data.get("identity", ())),
        averages=tuple(AverageRule(**item) for item in data.get("average", ())),
        imputations=tuple(ImputationRule(**item) for item in data.get("imputation", ())),
        prose=tuple(ProseRule(**item) for item in data.get("prose", ())),
        prose_series=tuple((item["series"], item["matrix"]) for item in data.get("prose_series", ())),
        parts=tuple(Parts(item["whole"], tuple(item["parts"])) for item in data.get("parts", ())),
    )
    for rule in rules.averages:
        if rule.of not in {"rows", "columns"} or rule.weights != "equal":
            raise ValueError(f"average of {rule.matrix}: `of` is rows or columns, `weights` is equal")
    for imputation in rules.imputations:
        if imputation.average not in {"row", "column"}:
            raise ValueError(f"imputation of {imputation.matrix}: `average` is row or column")
    return rules
