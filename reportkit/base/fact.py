"""A number on its way to a page: what it is, how it is printed, where it was written or how it was computed.

Templates, tables and charts can print a number only as a `Fact`. The id is stable from build to build, so that two
versions of a briefing can be compared fact by fact:

    matrix/impact/医療/R&D            a cell of a survey matrix (row, column by canonical name)
    matrix/impact/医療/合計            its printed total
    share/impact/医療                  derived: kind first, then what it is about
    case/863/metric/3/after            a field of a case
    statistic/genai-use/日本/2024      a figure from prose
    count/cases/医療                   something reportkit counted
    setting/confidence                 a constant of the method (95%)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity

# How a fact can have been made from others. A closed list: whoever checks a document recomputes each of them from the
# values of the inputs, in exact decimals, rounding halves away from zero. What each does with its inputs and parameters
# stands in docs/ledger.md.
Operation = Literal[
    "share",
    "ratio",
    "rank",
    "difference",
    "product",
    "sum",
    "weighted-average",
    "wilson",
    "change",
    "points",
    "complement",
    "count",
    "setting",
    "check",
    "earlier",
]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact was computed: in words for people, and so that a machine can do it again.

    formula: readable, over the labels of the inputs: `値 ÷ 合計`.
    operation: what was done with the inputs, one of the closed list.
    inputs: the facts that went in, in the order in which the operation takes them (a rank: its subject first).
    parameters: what else the operation needs, by name: `(("decimals", "1"),)`.
    members: for a count, what was counted, by name or id, one for each that counts.
    """

    formula: str
    operation: Operation
    inputs: tuple[Fact, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """The only way a number reaches a page.

    label: what the number is, in Japanese, complete without its surroundings: `医療の効率化・コスト削減効果（合計）`.
    text: the printed form, with unit and qualifier: `3,711億円`.
    origins: where it was written; for a derived fact, empty (its inputs have them).
    derivation: None for a fact that a source states.
    flags: short marks that tables print beside the value: `補完` (imputed), `展開` (spread from a merged cell),
        `上位区分` (value of a coarser group), `要確認` (a finding concerns it).
    """

    id: str
    label: str
    quantity: Quantity
    text: str
    origins: tuple[Origin, ...] = ()
    derivation: Derivation | None = None
    flags: tuple[str, ...] = ()

    def printed_as(self, text: str) -> Fact:
        """Return the same fact in another printed form (`15.6兆円` for `155,700億円`)."""
        return Fact(self.id, self.label, self.quantity, text, self.origins, self.derivation, self.flags)

    def all_origins(self) -> tuple[Origin, ...]:
        """Return the origins of this fact and of everything it was computed from, without repetition."""
        found = dict.fromkeys(self.origins)
        if self.derivation is not None:
            for fact in self.derivation.inputs:
                found.update(dict.fromkeys(fact.all_origins()))
        return tuple(found)
