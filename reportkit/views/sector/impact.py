"""Economic impact of one sector: total, functions, how the figure comes about, promising fields, the whole heat map.

In: the matrices `impact`, `labour-cost`, `reduction-rate`, `adoption-intent` and the lists of fields.
Out: `ImpactView`. A group is the sum of its industries; its rates are averages weighted by labour cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding, sort_findings
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.survey import FieldEvaluation, PromisingField
from reportkit.views.facts import (
    DOUBTFUL,
    as_read_aloud,
    count_fact,
    difference,
    grand_total_fact,
    number,
    product,
    rank,
    share,
    stated_fact,
    total,
    weighted_average,
)
from reportkit.views.formats import in_base_unit
from reportkit.views.index import index_corpus
from reportkit.views.sector.bases import Base, base_of
from reportkit.views.sector.subject import Subject

Agreement = Literal["agrees", "differs", "unknown"]
LABOUR_WEIGHT = "労務・人件費"


@dataclass(frozen=True, slots=True)
class Level:
    """A rate of the sector beside the average of all industries.

    gap: the difference without its sign, for sentences that say 上回る or 下回る.
    """

    value: Fact
    average: Fact
    difference: Fact

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a finding concerns the sector's rate."""
        return DOUBTFUL in self.value.flags

    @property
    def direction(self) -> Literal["above", "below", "level"]:
        """Tell on which side of the average the sector stands; a point or less is level, both being rounded."""
        size = number(self.difference)
        if abs(size) <= 1:
            return "level"
        return "above" if size > 0 else "below"

    @property
    def gap(self) -> Fact:
        """Return the difference without its sign."""
        return self.difference.printed_as(self.difference.text.lstrip("+\u2212±"))


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """One business function of the sector; None = the survey did not ask.

    mark: the number of the promising field that the report prints at this cell.
    computed: labour x reduction x intent; gap: printed − computed; agreement: within what rounding can explain or not.
    findings: what is wrong with one of the four numbers.
    """

    function: str
    short: str
    impact: Fact | None
    share: Fact | None
    mark: Fact | None
    labour: Fact | None
    reduction: Fact | None
    intent: Fact | None
    computed: Fact | None
    gap: Fact | None
    agreement: Agreement
    findings: tuple[Finding, ...]

    @property
    def gap_size(self) -> Fact | None:
        """Return the difference without its sign."""
        return None if self.gap is None else self.gap.printed_as(self.gap.text.lstrip("+\u2212±"))

    @property
    def impact_aloud(self) -> Fact | None:
        """Return the impact as one reads it aloud (`3.2兆円`)."""
        return None if self.impact is None else as_read_aloud(self.impact)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row of the heat map: the industry, whether it is the subject's, cells and printed total."""

    industry: str
    is_subject: bool
    cells: tuple[Fact | None, ...]
    total: Fact | None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A promising field that concerns the sector.

    number: the report's number of the field; impact: the cell (or, across industries, the column total) behind it.
    across: the field concerns a function in all industries. evaluation: None when the report gives none.
    """

    field: PromisingField | None
    name: str
    number: Fact | None
    impact: Fact | None
    across: bool
    evaluation: FieldEvaluation | None


@dataclass(frozen=True, slots=True)
class ImpactView:
    """What the survey says about the sector's impact.

    total, share, labour, effect: printed total (or sum), share of all industries, labour cost, impact ÷ labour cost;
    effect_average: the same for all industries.
    rank: among the industries; None for a group. lines: functions in survey order; leading: asked ones, largest first.
    reduction, intent: the sector's average rates against all industries; None when the rates are not given.
    members: for a group, each industry with its total, largest first.
    bases: how many answered about reduction and intent, by industry; () when neither rate is given.
    """

    total: Fact
    everyone: Fact
    share: Fact
    rank: Fact | None
    industries: Fact
    labour: Fact | None
    effect: Fact | None
    effect_average: Fact | None
    reduction: Level | None
    intent: Level | None
    lines: tuple[FunctionLine, ...]
    leading: tuple[FunctionLine, ...]
    leading_two: Fact | None
    functions: tuple[str, ...]
    function_shorts: tuple[str, ...]
    heat: tuple[HeatRow, ...]
    heat_totals: tuple[Fact | None, ...]
    heat_total_name: str
    fields: tuple[FieldLine, ...]
    computed_total: Fact | None
    computed_gap: Fact | None
    disagreeing: tuple[FunctionLine, ...]
    agreeing: Fact
    compared: Fact
    members: tuple[tuple[str, Fact], ...]
    findings: tuple[Finding, ...]
    bases: tuple[Base, ...] = ()

    @property
    def total_aloud(self) -> Fact:
        """Return the total as one reads it aloud (`1.6兆円`)."""
        return as_read_aloud(self.total)

    @property
    def everyone_aloud(self) -> Fact:
        """Return the total of all industries as one reads it aloud."""
        return as_read_aloud(self.everyone)

    @property
    def labour_aloud(self) -> Fact | None:
        """Return the labour cost as one reads it aloud."""
        return None if self.labour is None else as_read_aloud(self.labour)

    @property
    def concentration(self) -> Literal["one", "two", "spread"]:
        """Tell whether one function holds half of the impact, or two hold three fifths, or it is spread."""
        first = self.leading[0].share if self.leading else None
        if first is not None and number(first) >= 50:
            return "one"
        return "two" if self.leading_two is not None and number(self.leading_two) >= 60 else "spread"

    @property
    def stance(self) -> Literal["ready", "waiting", "pulled", "resting", "unknown"]:
        """Tell how both rates stand against the averages; level counts as not below."""
        if self.reduction is None or self.intent is None:
            return "unknown"
        much, many = self.reduction.direction != "below", self.intent.direction != "below"
        if much:
            return "ready" if many else "waiting"
        return "pulled" if many else "resting"

    @property
    def winning_fields(self) -> tuple[FieldLine, ...]:
        """Return the sector's own fields that the report chose as winning ones."""
        return tuple(line for line in self.own_fields if line.evaluation is not None and line.evaluation.winning)

    @property
    def own_fields(self) -> tuple[FieldLine, ...]:
        """Return the fields that name this sector, without those across all industries."""
        return tuple(line for line in self.fields if not line.across)


def view_impact(subject: Subject) -> ImpactView | None:
    """Return the impact of the sector, or None when it is no part of the impact matrix."""
    matrix = subject.matrix("impact")
    if matrix is None or not subject.rows or matrix.row_total_kind is None:
        return None
    whole = _row_sum(subject, matrix, matrix.row_total_kind)
    everyone = grand_total_fact(matrix, doubts=subject.doubts)
    if whole is None or everyone is None:
        return None
    lines = tuple(_function_line(subject, matrix, function, whole) for function in matrix.columns.labels)
    leading = tuple(
        sorted((line for line in lines if line.impact), key=lambda line: -number(line.impact) if line.impact else 0)
    )
    heat = _heat_rows(subject, matrix)
    labour = _labour_total(subject)
    effect = None
    if labour is not None:
        effect = share(whole, labour, f"effect/{subject.name}", f"{subject.name}の労務・人件費に対する効果の割合")
    compared = [line for line in lines if line.agreement != "unknown"]
    computed = _computed_total(subject, compared)
    computed_gap = None
    if computed is not None:
        computed_gap = difference(whole, computed, f"identity/{subject.name}", f"{subject.name}の効果と積の合計との差")
    agreeing = [line.function for line in compared if line.agreement == "agrees"]
    return ImpactView(
        total=whole,
        everyone=everyone,
        share=share(whole, everyone, f"impact/{subject.name}", f"{subject.name}の効果が全産業に占める割合"),
        rank=_rank_of(subject, matrix, whole, heat),
        industries=count_fact("industries", "調査の産業の数", matrix.rows.labels, "業種", (matrix.origin,)),
        labour=labour,
        effect=effect,
        effect_average=_effect_of_all(subject, everyone),
        reduction=_level(subject, "reduction-rate"),
        intent=_level(subject, "adoption-intent"),
        lines=lines,
        leading=leading,
        leading_two=_leading_two(subject, leading, whole),
        functions=matrix.columns.labels,
        function_shorts=tuple(_short(subject, function) for function in matrix.columns.labels),
        heat=heat,
        heat_totals=tuple(
            subject.fact(matrix, matrix.column_total_kind or "", column)
            for column in (*matrix.columns.labels, matrix.row_total_kind)
        ),
        heat_total_name=matrix.column_total_kind or "",
        fields=_field_lines(subject, matrix),
        computed_total=computed,
        computed_gap=computed_gap,
        disagreeing=tuple(line for line in compared if line.agreement == "differs"),
        agreeing=count_fact(f"agreeing/{subject.name}", "積と印刷値が丸めの範囲で一致する機能", agreeing, "機能"),
        compared=count_fact(
            f"compared/{subject.name}", "積と印刷値を比べた機能", (line.function for line in compared), "機能"
        ),
        members=_members(subject, matrix),
        findings=subject.findings_about(matrix, subject.rows),
        bases=tuple(base_of(subject, row) for row in subject.rows if _has_rates(subject)),
    )


def _has_rates(subject: Subject) -> bool:
    return subject.matrix("reduction-rate") is not None or subject.matrix("adoption-intent") is not None


# --- sums and levels --------------------------------------------------------------------------------------------------


def _row_sum(subject: Subject, matrix: Matrix, column: str) -> Fact | None:
    """Return the cell of an industry, or for a group the sum over its members that were asked."""
    facts = [fact for row in subject.rows if (fact := subject.fact(matrix, row, column)) is not None]
    if not facts or not subject.is_group:
        return facts[0] if facts else None
    about = f"{matrix.id}/{subject.name}/{column}"
    return total(facts, about, facts[0].label.replace(subject.rows[0], subject.name, 1))


def _labour_total(subject: Subject) -> Fact | None:
    matrix = subject.matrix("labour-cost")
    if matrix is None or matrix.row_total_kind is None:
        return None
    return _row_sum(subject, matrix, matrix.row_total_kind)


def _effect_of_all(subject: Subject, everyone: Fact) -> Fact | None:
    matrix = subject.matrix("labour-cost")
    labour = None if matrix is None else grand_total_fact(matrix, doubts=subject.doubts)
    if labour is None:
        return None
    return share(everyone, labour, "effect/全産業", "全産業の労務・人件費に対する効果の割合")


def _rate(subject: Subject, matrix_id: str, column: str | None) -> Fact | None:
    """Return a rate of the sector; for a group the average weighted by labour cost. column None = the row average."""
    matrix, labour = subject.matrix(matrix_id), subject.matrix("labour-cost")
    if matrix is None:
        return None
    name = column or matrix.row_total_kind or ""
    rates = [(row, fact) for row in subject.rows if (fact := subject.fact(matrix, row, name)) is not None]
    if not rates:
        return None
    if not subject.is_group:
        return rates[0][1]
    if labour is None or labour.row_total_kind is None:
        return None
    weights = [subject.fact(labour, row, column or labour.row_total_kind) for row, _ in rates]
    known = [(rate, weight) for (_, rate), weight in zip(rates, weights, strict=True) if weight is not None]
    if not known or not any(number(weight) for _, weight in known):
        return None
    return weighted_average(
        [rate for rate, _ in known],
        [weight for _, weight in known],
        f"{matrix_id}/{subject.name}/{name}",
        rates[0][1].label.replace(rates[0][0], subject.name, 1) + "・労務・人件費で加重",
        weight_name=LABOUR_WEIGHT,
    )


def _level(subject: Subject, matrix_id: str) -> Level | None:
    matrix = subject.matrix(matrix_id)
    value = _rate(subject, matrix_id, None)
    average = None if matrix is None else grand_total_fact(matrix, doubts=subject.doubts)
    if value is None or average is None:
        return None
    about, label = f"{matrix_id}/{subject.name}", f"{value.label}と全産業平均との差"
    return Level(value, average, difference(value, average, about, label))


def _rank_of(subject: Subject, matrix: Matrix, whole: Fact, heat: Sequence[HeatRow]) -> Fact | None:
    if subject.is_group:
        return None
    totals = [row.total for row in heat if row.total is not None]
    return rank(totals, whole, f"{matrix.id}/{subject.name}", f"{subject.name}の効果の順位（全産業中）")


def _leading_two(subject: Subject, leading: Sequence[FunctionLine], whole: Fact) -> Fact | None:
    facts = [line.impact for line in leading[:2] if line.impact is not None]
    if len(facts) < 2:
        return None
    both = total(facts, f"leading-two/{subject.name}", f"{subject.name}で効果の大きい二つの機能の合計")
    return share(both, whole, f"leading-two/{subject.name}", f"{subject.name}で効果の大きい二つの機能が占める割合")


def _members(subject: Subject, matrix: Matrix) -> tuple[tuple[str, Fact], ...]:
    if not subject.is_group or matrix.row_total_kind is None:
        return ()
    found = [
        (row, fact) for row in subject.rows if (fact := subject.fact(matrix, row, matrix.row_total_kind)) is not None
    ]
    return tuple(sorted(found, key=lambda item: -number(item[1])))


def _short(subject: Subject, function: str) -> str:
    return next((known.short for known in subject.corpus.taxonomy.functions if known.name == function), function)


# --- one function -----------------------------------------------------------------------------------------------------


def _function_line(subject: Subject, matrix: Matrix, function: str, whole: Fact) -> FunctionLine:
    impact = _row_sum(subject, matrix, function)
    labour_matrix = subject.matrix("labour-cost")
    labour = None if labour_matrix is None else _row_sum(subject, labour_matrix, function)
    computed, low, high = _computed(subject, function)
    agreement: Agreement = "unknown"
    gap = None
    about = f"{subject.name}/{function}"
    if impact is not None and computed is not None:
        gap = difference(impact, computed, f"identity/{about}", f"{about}の印刷値と積との差")
        half = in_base_unit(Decimal("0.5"), matrix.unit)[0] * len(subject.rows)
        agreement = "agrees" if low - half <= number(impact) <= high + half else "differs"
    part = None
    if impact is not None:
        part = share(impact, whole, f"impact/{about}", f"{subject.name}の効果に占める{function}の割合")
    return FunctionLine(
        function=function,
        short=_short(subject, function),
        impact=impact,
        share=part,
        mark=_rank_mark(subject, matrix, function),
        labour=labour,
        reduction=_rate(subject, "reduction-rate", function),
        intent=_rate(subject, "adoption-intent", function),
        computed=computed,
        gap=gap,
        agreement=agreement,
        findings=_findings_of(subject, function),
    )


def _computed(subject: Subject, function: str) -> tuple[Fact | None, Decimal, Decimal]:
    """Return labour x reduction x intent, and the least and most that rounding of the three numbers allows."""
    parts: list[Fact] = []
    low = high = Decimal(0)
    for row in subject.rows:
        factors: list[Fact] = []
        least = most = Decimal(1)
        for matrix_id in ("labour-cost", "reduction-rate", "adoption-intent"):
            matrix = subject.matrix(matrix_id)
            fact = None if matrix is None else subject.fact(matrix, row, function)
            if matrix is None or fact is None:
                continue
            factors.append(fact)
            half = in_base_unit(Decimal("0.5"), matrix.unit)[0]
            scale = Decimal(100) if fact.quantity.unit == "%" else Decimal(1)
            least *= max(Decimal(0), number(fact) - half) / scale
            most *= (number(fact) + half) / scale
        if len(factors) == 3:
            about = f"identity/{row}/{function}"
            parts.append(product(factors, about, f"{row}×{function}の人件費×削減割合×導入意向"))
            low, high = low + least, high + most
    if not parts:
        return None, low, high
    if not subject.is_group:
        return parts[0], low, high
    label = f"{subject.name}×{function}の人件費×削減割合×導入意向（構成業種の合計）"
    return total(parts, f"identity/{subject.name}/{function}", label), low, high


def _computed_total(subject: Subject, compared: Sequence[FunctionLine]) -> Fact | None:
    facts = [line.computed for line in compared if line.computed is not None]
    if not facts:
        return None
    return total(facts, f"identity/{subject.name}/合計", f"{subject.name}の人件費×削減割合×導入意向（合計）")


def _rank_mark(subject: Subject, matrix: Matrix, function: str) -> Fact | None:
    if subject.is_group:
        return None
    cell = matrix.cell(subject.rows[0], function)
    if cell is None or cell.rank is None:
        return None
    return _field_number(cell.rank, f"{subject.rows[0]}×{function}", cell.origin)


def _field_number(number_: int, name: str, origin: Origin) -> Fact:
    quantity = Quantity(str(number_), value=Decimal(number_))
    return stated_fact(f"field/{number_}", f"有望領域の番号（{name}）", quantity, origin)


def _findings_of(subject: Subject, function: str) -> tuple[Finding, ...]:
    found = [
        finding
        for matrix_id in ("impact", "labour-cost", "reduction-rate", "adoption-intent")
        for row in subject.rows
        for finding in subject.doubts.about_cell(matrix_id, row, function)
    ]
    return sort_findings(found) if found else ()


# --- heat map and fields ----------------------------------------------------------------------------------------------


def _heat_rows(subject: Subject, matrix: Matrix) -> tuple[HeatRow, ...]:
    rows = subject.index.shared(_facts_by_row, matrix.id)
    return tuple(HeatRow(row, row in subject.rows, facts[:-1], facts[-1]) for row, facts in rows)


def _facts_by_row(corpus: Corpus, matrix_id: str) -> tuple[tuple[str, tuple[Fact | None, ...]], ...]:
    """Return all cells of a table as facts row by row, the printed total of the row last."""
    matrix, index = corpus.matrix(matrix_id), index_corpus(corpus)
    columns = (*matrix.columns.labels, matrix.row_total_kind or "")
    return tuple((row, tuple(index.fact(matrix, row, column) for column in columns)) for row in matrix.rows.labels)


def _field_lines(subject: Subject, matrix: Matrix) -> tuple[FieldLine, ...]:
    """Return the fields of the sector, then those across all industries, then evaluations without a number."""
    lines: list[FieldLine] = []
    used: set[FieldEvaluation] = set()
    for field in subject.corpus.promising_fields:
        across = not field.sectors
        if not across and not set(field.sectors) & set(subject.rows):
            continue
        evaluation = _evaluation(subject, field)
        if evaluation is not None:
            used.add(evaluation)
        row = (matrix.column_total_kind or "") if across else field.sectors[0]
        impact = subject.fact(matrix, row, field.function) if field.function else None
        number_ = _field_number(field.rank, field.name, field.origin)
        lines.append(FieldLine(field, field.name, number_, impact, across, evaluation))
    lines.sort(key=lambda line: (line.across, line.field.rank if line.field else 0))
    for evaluation in subject.corpus.field_evaluations:
        if evaluation not in used and set(evaluation.sectors) & set(subject.rows):
            impact = None
            if evaluation.function:
                impact = subject.fact(matrix, evaluation.sectors[0], evaluation.function)
            lines.append(FieldLine(None, evaluation.field, None, impact, False, evaluation))
    return tuple(lines)


def _evaluation(subject: Subject, field: PromisingField) -> FieldEvaluation | None:
    same = (
        evaluation
        for evaluation in subject.corpus.field_evaluations
        if evaluation.function == field.function and set(evaluation.sectors) == set(field.sectors)
    )
    return next(same, None) if field.function else None
