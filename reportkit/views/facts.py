"""Making facts: the only numbers that a briefing prints.

In: cells, statistics and quantities of the corpus, or other facts. Out: `Fact` with a stable id, a printed form, and
either the places where it was written or the derivation that made it. Quantities are in base units (3,711億円 is
371,100,000,000 円); percentages stay percentages (24% is 24); a difference of percentages has the unit ポイント.

A derived fact takes over the flags of what it was computed from. `about` names what a derived fact is about and is the
tail of its id: `share(part, whole, "impact/医療", ...)` has the id `share/impact/医療`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportkit.base.fact import Derivation, Fact, Operation
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.survey import Statistic
from reportkit.views.doubts import NO_DOUBTS, Doubts
from reportkit.views.formats import (
    OKU,
    decimals_of,
    format_number,
    format_percent,
    format_points,
    format_range,
    format_rank,
    format_signed,
    format_value,
    format_yen,
    in_base_unit,
    round_half_up,
)
from reportkit.views.statistics import wilson_interval

IMPUTED, SPREAD, COARSER, DOUBTFUL = "補完", "展開", "上位区分", "要確認"

# What a matrix measures, in the words of a sentence; a matrix that is not listed is called by its own title.
MEASURES = {
    "initial-impact": "初期試算の経済インパクト",
    "initial-impact-excerpt": "初期試算の抜粋",
    "respondents": "回答人数",
    "labour-cost": "労務・人件費",
    "reduction-rate": "業務削減割合",
    "adoption-intent": "導入意向",
    "impact": "効率化・コスト削減効果",
    "barriers": "導入の障壁",
    "support": "求める支援策",
    "participation-barriers": "事業への参加障壁",
    "data-sharing-intent": "データ共有の意向",
    "data-sharing-barriers": "データ共有の障壁",
    "data-sharing-support": "データ共有で求める支援策",
}


def measure_of(matrix: Matrix) -> str:
    """Return what a matrix measures, with its edition when it is one of several: `導入の障壁（2025年版）`."""
    measure = MEASURES.get(matrix.id.partition("@")[0], matrix.title)
    return f"{measure}（{edition_name(matrix.edition)}）" if matrix.edition else measure


def edition_name(edition: str) -> str:
    """Return how an edition is called: `2025` is 2025年版, other names stay as the spec has them."""
    return f"{edition}年版" if edition.isdigit() else edition


# --- facts that a source states ---------------------------------------------------------------------------------------


def cell_fact(
    matrix: Matrix, row: str, column: str, *, doubts: Doubts = NO_DOUBTS, coarser: bool = False
) -> Fact | None:
    """Return a cell as a fact; `合計` and `平均` name the printed totals. None when it was not asked or does not exist.

    coarser: the row is a coarser group that stands in for the briefing's sector (flag 上位区分).
    """
    cell = matrix.cell(row, column)
    if cell is None or cell.value is None:
        return None
    value, unit = in_base_unit(cell.value, matrix.unit)
    text = format_value(value, unit, decimals_of(cell.value) if unit == "%" else 0)
    return Fact(
        id=f"matrix/{matrix.id}/{row}/{column}",
        label=_cell_label(matrix, row, column),
        quantity=Quantity(cell.raw, value=value, unit=unit),
        text=text,
        origins=(cell.origin,),
        flags=_cell_flags(cell, bool(doubts.about_cell(matrix.id, row, column)), coarser),
    )


def total_fact(matrix: Matrix, row: str, *, doubts: Doubts = NO_DOUBTS, coarser: bool = False) -> Fact | None:
    """Return the printed total or average of a row, or None when the source prints none."""
    if matrix.row_total_kind is None:
        return None
    return cell_fact(matrix, row, matrix.row_total_kind, doubts=doubts, coarser=coarser)


def grand_total_fact(matrix: Matrix, *, doubts: Doubts = NO_DOUBTS) -> Fact | None:
    """Return the printed total or average of the whole matrix, or None when the source prints none."""
    if matrix.row_total_kind is None or matrix.column_total_kind is None:
        return None
    return cell_fact(matrix, matrix.column_total_kind, matrix.row_total_kind, doubts=doubts)


def stated_fact(
    fact_id: str,
    label: str,
    quantity: Quantity,
    origins: Origin | tuple[Origin, ...],
    *,
    text: str = "",
    flags: tuple[str, ...] = (),
) -> Fact:
    """Return an amount that a source states, printed as the source wrote it unless `text` is given."""
    places = (origins,) if isinstance(origins, Origin) else origins
    return Fact(fact_id, label, quantity, text or quantity.raw, origins=places, flags=flags)


def statistic_fact(statistic: Statistic) -> Fact:
    """Return a figure from prose: id `statistic/<id>`, label with subject and period, printed with its unit."""
    quantity = statistic.quantity
    text = quantity.raw
    if quantity.value is not None and not quantity.qualifier and not quantity.per:
        text = format_value(quantity.value, quantity.unit, decimals_of(quantity.value))
    return stated_fact(f"statistic/{statistic.id}", statistic_label(statistic), quantity, statistic.origin, text=text)


def statistic_label(statistic: Statistic) -> str:
    """Return what the figure is, complete: its label, with subject and period where the label leaves them out."""
    rest = [part for part in (statistic.subject, statistic.period) if part and part not in statistic.label]
    return f"{statistic.label}（{'・'.join(rest)}）" if rest else statistic.label


def count_fact(
    about: str, label: str, members: Iterable[str], unit: str = "件", origins: tuple[Origin, ...] = ()
) -> Fact:
    """Return something that reportkit counted: `count_fact("cases/医療", "医療の事例数", ["863", "A1"])` prints `2件`.

    members: what was counted, by name, id or place, so that a reader of the document can count again.
    """
    counted = tuple(members)
    value = Decimal(len(counted))
    text = f"{len(counted):,}{unit}"
    derivation = Derivation("件数を数えた", "count", members=counted)
    return Fact(f"count/{about}", label, Quantity(text, value=value, unit=unit), text, origins, derivation)


def setting_fact(name: str, label: str, value: Decimal, unit: str, text: str = "") -> Fact:
    """Return a constant of the method, such as the confidence level; its derivation says that we chose it."""
    printed = text or f"{format_number(value, decimals_of(value))}{unit}"
    return Fact(
        f"setting/{name}",
        label,
        Quantity(printed, value=value, unit=unit),
        printed,
        derivation=Derivation("分析上の設定値", "setting"),
    )


CONFIDENCE = setting_fact("confidence", "区間推定の信頼水準", Decimal(95), "%")
SIGNIFICANCE = setting_fact("significance", "検定の有意水準", Decimal(5), "%")
SMALL_BASE = setting_fact("small-base", "回答数が少ないとみなす人数", Decimal(100), "人")
IMPUTATION_BASE = setting_fact("imputation-base", "補完の対象となる回答人数の下限", Decimal(10), "人")


# --- facts that reportkit computes ------------------------------------------------------------------------------------


def share(part: Fact, whole: Fact, about: str, label: str, *, decimals: int = 1) -> Fact:
    """Return part ÷ whole in percent: `8.3%`. Raises `ValueError` when the whole is zero or the units differ."""
    _same_unit((part, whole))
    value = round_half_up(number(part) / number(whole) * 100, decimals)
    text = format_percent(value, decimals)
    return _derived("share", about, label, value, "%", text, "部分 ÷ 全体", (part, whole), decimals=decimals)


def ratio(part: Fact, whole: Fact, about: str, label: str, *, decimals: int = 1) -> Fact:
    """Return part ÷ whole as a factor: `1.8倍`."""
    _same_unit((part, whole))
    value = round_half_up(number(part) / number(whole), decimals)
    text = f"{format_number(value, decimals)}倍"
    return _derived("ratio", about, label, value, "倍", text, "値 ÷ 基準", (part, whole), decimals=decimals)


def rank(facts: Sequence[Fact], subject: Fact, about: str, label: str) -> Fact:
    """Return the rank of `subject` among `facts`, the largest first; equal values share a rank: `第3位`.

    The inputs of the derivation are the subject, then all others.
    """
    mine = number(subject)
    place = 1 + sum(1 for fact in facts if number(fact) > mine)
    formula = "値の大きい順に数えた順位（同じ値は同順位）"
    others = tuple(fact for fact in facts if fact.id != subject.id)
    derivation = Derivation(formula, "rank", (subject, *others))
    text = format_rank(place)
    quantity = Quantity(text, value=Decimal(place), unit="位")
    return Fact(f"rank/{about}", label, quantity, text, derivation=derivation, flags=subject.flags)


def difference(value: Fact, base: Fact, about: str, label: str) -> Fact:
    """Return value − base with its sign, as exact as both were printed: `+3ポイント`, `−120億円`.

    A difference of two percentages is in ポイント. Whole percentages give whole points: a decimal would claim an
    exactness that the survey did not print.
    """
    unit = _same_unit((value, base))
    decimals = max(decimals_of(number(value)), decimals_of(number(base))) if unit == "%" else 0
    result = number(value) - number(base)
    if unit == "%":
        return _derived(
            "difference", about, label, result, "ポイント", format_points(result, decimals), "値 − 基準", (value, base)
        )
    if unit == "円":
        text = f"{format_signed(result / OKU)}億円"
    else:
        text = f"{format_signed(result, max(decimals_of(number(value)), decimals_of(number(base))))}{unit}"
    return _derived("difference", about, label, result, unit, text, "値 − 基準", (value, base))


def percent_change(old: Fact, new: Fact, about: str, label: str, *, decimals: int = 1) -> Fact:
    """Return (new − old) ÷ old in percent with its sign: `+12.3%`.

    The inputs of the derivation are the old value, then the new one. Raises `ValueError` for an old value of 0 or less.
    """
    _same_unit((old, new))
    if number(old) <= 0:
        raise ValueError(f"{old.id}: no change from {old.text}")
    value = round_half_up((number(new) - number(old)) / number(old) * 100, decimals)
    text = f"{format_signed(value, decimals)}%"
    return _derived("change", about, label, value, "%", text, "（新 − 旧）÷ 旧", (old, new), decimals)


def product(factors: Sequence[Fact], about: str, label: str) -> Fact:
    """Return the product; percentages count as parts of one, the first factor gives the unit: `3,711億円`."""
    result = number(factors[0])
    for factor in factors[1:]:
        result *= number(factor) / 100 if factor.quantity.unit == "%" else number(factor)
    unit = factors[0].quantity.unit
    formula = " × ".join(factor.label for factor in factors)
    return _derived("product", about, label, result, unit, format_value(result, unit), formula, tuple(factors))


def total(facts: Sequence[Fact], about: str, label: str) -> Fact:
    """Return the sum of facts of one unit; ids start with `sum/`."""
    unit = _same_unit(facts)
    result = sum((number(fact) for fact in facts), Decimal(0))
    return _derived("sum", about, label, result, unit, format_value(result, unit), "合計", tuple(facts))


def weighted_average(
    values: Sequence[Fact], weights: Sequence[Fact], about: str, label: str, *, weight_name: str, decimals: int = 1
) -> Fact:
    """Return the average of the values, each counted with its weight; inputs are the values, then the weights.

    Raises `ValueError` when the weights add up to zero or the lengths differ.
    """
    unit = _same_unit(values)
    _same_unit(weights)
    pairs = list(zip(values, weights, strict=True))
    result = sum((number(value) * number(weight) for value, weight in pairs), Decimal(0))
    result = round_half_up(result / sum((number(weight) for weight in weights), Decimal(0)), decimals)
    formula = f"Σ（値 × {weight_name}）÷ Σ {weight_name}"
    text = format_value(result, unit, decimals)
    inputs = (*values, *weights)
    return _derived("weighted-average", about, label, result, unit, text, formula, inputs, decimals=decimals)


def interval(value: Fact, respondents: Fact, about: str, label: str, confidence: Fact = CONFIDENCE) -> Fact:
    """Return the Wilson score interval of a share of respondents, in whole percent: `16〜25%`.

    value: a percentage; respondents: how many were asked. The derivation names the confidence level.
    """
    level = float(number(confidence)) / 100
    low, high = wilson_interval(float(number(value)) / 100, int(number(respondents)), level)
    bounds = [round_half_up(Decimal(repr(round(bound * 100, 6))), 1) for bound in (low, high)]
    text = format_range(round_half_up(bounds[0]), round_half_up(bounds[1]), "%")
    quantity = Quantity(text, low=bounds[0], high=bounds[1], unit="%")
    inputs = (value, respondents, confidence)
    derivation = Derivation("割合と回答人数からのウィルソン区間（信頼水準つき）", "wilson", inputs)
    return Fact(f"interval/{about}", label, quantity, text, derivation=derivation, flags=_flags_of((value,)))


# --- other printed forms ----------------------------------------------------------------------------------------------


def as_read_aloud(fact: Fact) -> Fact:
    """Return an amount of yen as one reads it aloud: `15,570億円` becomes `1.6兆円`; other facts stay as they are."""
    if fact.quantity.unit != "円" or fact.quantity.value is None:
        return fact
    return fact.printed_as(format_yen(fact.quantity.value))


def without_unit(fact: Fact, decimals: int = 0) -> Fact:
    """Return the fact printed as a bare number, for table columns whose head names the unit (円 in 億円)."""
    value = number(fact)
    if fact.quantity.unit == "円":
        value /= OKU
    elif fact.quantity.unit in {"ポイント"}:
        return fact.printed_as(format_signed(value, max(decimals, decimals_of(value))))
    elif fact.quantity.unit == "%":
        decimals = max(decimals, decimals_of(value))
    return fact.printed_as(format_number(value, decimals))


def number(fact: Fact) -> Decimal:
    """Return the single value of a fact, for computing. Raises `ValueError` when it is a range or has no number."""
    if fact.quantity.value is None:
        raise ValueError(f"{fact.id}: no single value")
    return fact.quantity.value


# --- inside -----------------------------------------------------------------------------------------------------------


def _cell_label(matrix: Matrix, row: str, column: str) -> str:
    measure = measure_of(matrix)
    if row == matrix.column_total_kind and column == matrix.row_total_kind:
        return f"全体の{measure}（{column}）"
    if row == matrix.column_total_kind:
        return f"{column}の{measure}（全体の{row}）"
    if column == matrix.row_total_kind:
        return f"{row}の{measure}（{column}）"
    if matrix.columns.kind == "function":
        return f"{row}×{column}の{measure}"
    return f"{row}の{measure}「{column}」"


def _cell_flags(cell: Cell, doubtful: bool, coarser: bool) -> tuple[str, ...]:
    marks = ((IMPUTED, cell.imputed), (SPREAD, cell.spread), (COARSER, coarser), (DOUBTFUL, doubtful))
    return tuple(mark for mark, given in marks if given)


def _flags_of(inputs: Sequence[Fact]) -> tuple[str, ...]:
    given = {mark for fact in inputs for mark in fact.flags}
    return tuple(mark for mark in (IMPUTED, SPREAD, COARSER, DOUBTFUL) if mark in given) if given else ()


def _derived(
    kind: Operation,
    about: str,
    label: str,
    value: Decimal,
    unit: str,
    text: str,
    formula: str,
    inputs: tuple[Fact, ...],
    decimals: int | None = None,
) -> Fact:
    parameters = () if decimals is None else (("decimals", str(decimals)),)
    return Fact(
        id=f"{kind}/{about}",
        label=label,
        quantity=Quantity(text, value=value, unit=unit),
        text=text,
        derivation=Derivation(formula, kind, inputs, parameters),
        flags=_flags_of(inputs),
    )


def _same_unit(facts: Sequence[Fact]) -> str:
    units = {fact.quantity.unit for fact in facts}
    if len(units) != 1:
        raise ValueError(f"units differ: {sorted(units)} in {[fact.id for fact in facts]}")
    return units.pop()
