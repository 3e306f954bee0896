"""What the reports say beside their matrices: figures in prose and text tables, as typed records with their lines."""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.origin import Origin, Quote
from reportkit.base.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure from running text.

    id: stable: `genai-experience/日本/2024`, `headline/impact`.
    series: what is measured, shared by the points of a series (`genai-experience`); subject: who or where (日本, 20代);
    period: year or survey as the source counts it (`2024年度調査`), "" when none is given.
    context: the sentence around it, so that a reader can judge it.
    """

    id: str
    series: str
    label: str
    subject: str
    period: str
    quantity: Quantity
    origin: Origin
    context: str = ""


@dataclass(frozen=True, slots=True)
class UseCase:
    """A use case of generative AI. sector and function are canonical, None when the source's label fits none.

    field: the winning field of the report it belongs to (`金融・保険×オペレーションサービス/CS`), "" outside of them.
    data: kinds of training data it needs; impact: the effect that the source names, as written.
    """

    name: str
    origin: Origin
    category: str = ""
    sectors: tuple[str, ...] = ()
    sector_raw: str = ""
    function: str | None = None
    function_raw: str = ""
    summary: str = ""
    impact: str = ""
    field: str = ""
    data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldEvaluation:
    """The report's evaluation of one field: marks ◎ ✗ - with the remark beside them."""

    field: str
    origin: Origin
    sectors: tuple[str, ...] = ()
    function: str | None = None
    impact: str = ""
    competition: str = ""
    potential: str = ""
    remark: str = ""
    winning: bool = False


@dataclass(frozen=True, slots=True)
class PromisingField:
    """A field that carries a rank mark in the impact matrix, with the report's name for it."""

    rank: int
    name: str
    origin: Origin
    sectors: tuple[str, ...] = ()
    function: str | None = None


@dataclass(frozen=True, slots=True)
class FieldResource:
    """Data of one winning field: what is needed, who holds it, how to secure it, which ministry leads."""

    field: str
    origin: Origin
    sectors: tuple[str, ...] = ()
    function: str | None = None
    data: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    ministry: str = ""


@dataclass(frozen=True, slots=True)
class NationalProject:
    """A national technology project at home or abroad."""

    country: str
    name: str
    years: str
    agency: str
    summary: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class SurveyDesign:
    """How the survey was made: labelled lines (期間, 回答者, 調査母数 ...), notes and the source line."""

    title: str
    lines: tuple[tuple[str, Quote], ...]
    notes: tuple[Quote, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class TextTable:
    """Any other table of a report, clean of markup: caption, header, rows of cells, where it stands."""

    id: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origin: Origin
