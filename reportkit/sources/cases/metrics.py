"""Effects of a case: rows of tables and labelled lines, before and after, rates, targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportkit.base.amounts import (
    Direction,
    Transition,
    direction_of,
    per_words,
    read_change,
    read_quantities,
    read_quantity,
    read_transition,
    same_unit,
)
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.base.text import split_brackets, to_half_width
from reportkit.corpus.case import Metric
from reportkit.sources.cases.fields import Context
from reportkit.sources.cases.sections import Block
from reportkit.sources.cases.series import period_of, series_columns, statements
from reportkit.sources.cases.units import with_unit
from reportkit.sources.cases.words import METRIC_COLUMNS, column_role, is_no_value, plain_title, section_kind
from reportkit.sources.outline import Piece, split_label

TARGET_WORDS = re.compile(r"目標|見込み?|予測値|計画値|想定|期待")
_PLANNED = re.compile(r"(?:予定|見込み?|目標|計画)(?:[)）])?$")  # at the end of a remark
# Rows that stand among the effects and are none.
_NO_EFFECT = re.compile(
    r"市場規模|市場機会|会員数|学生数|生徒数|児童数|^人口|人口$|加入者数|登録者数|時価総額|売上高$|成功レベル|導入状況|"
    r"ステータス|導入段階|進捗状況|^状況$|^料金$|月額料金|利用料金"
)
_COST_ROW = re.compile(
    r"投資(?:額|規模|費|総額|$)|総投資|初期投資|運用費|運用コスト|ランニングコスト|回収期間|ペイバック|"
    r"^(?:[0-9]+年目?|[0-9]+年間|累積)?ROI"
)
_EFFECT_WORD = re.compile(r"削減|短縮|向上|改善|効果|増加|効率|節約|低減|創出")
_KPI_HEADING = re.compile(r"指標|KPI|効果指標|成果指標|評価指標|メトリクス|期待効果", re.IGNORECASE)
_NO_KPI_TABLES = frozenset({"cost_roi", "fact_check", "references", "lessons", "market", "footer", "quant_effect"})
_TOPIC = re.compile(r"[【\[](.+?)[】\]]\s*")
_NUMBERED_NAME = re.compile(r"^(?:機能|ケース|ユースケース|用途|施策|シーン)\s*[0-9]+\s*[:：]\s*")
_ONLY_DATE = re.compile(r"(?:19|20)[0-9]{2}年[0-9月日年末度時点初頭上中下旬]*")
_EACH = re.compile(r"[あ当]たり")
_TIMES = ("年", "半期", "四半期", "月", "週", "日", "時間")
_RATES = frozenset({"%", "ポイント", "倍"})


@dataclass(slots=True)
class Row:
    """The cells of one effect by role; raw joins them as written, without the remarks."""

    label: str
    raw: str
    line: int
    value: str = ""
    before: str = ""
    after: str = ""
    change: str = ""
    change_heading: str = ""
    per_heading: str = ""  # of the column of the value, which may say what the amounts are per: 削減時間（月間）
    target: str = ""
    actual: str = ""
    note: str = ""
    note_column: int = 0
    is_target: bool = False
    period: Period | None = None
    end_line: int = 0
    heading: str = ""  # the label in the file, where the label of the metric had to be completed


def read_metrics(context: Context, blocks: Sequence[Block]) -> tuple[Metric, ...]:
    """Return the effects in the order of the file.

    Tables of quantity sections, labelled lines where none is there, KPI tables of other sections, and lines of code
    fences that state an effect. What only looks like an effect is none: costs, market sizes, counts of members,
    status words, and cells without any amount.
    """
    effect_blocks = [block for block in blocks if block.kind == "quant_effect"]
    with_tables = {id(block.section) for block in effect_blocks if block.tables()}
    if with_tables:  # a summary only repeats what the tables say
        with_tables |= {id(block.section) for block in effect_blocks if block.section.kind != "quant_effect"}
    metrics: list[Metric] = []
    for block in blocks:
        target = TARGET_WORDS.search("".join((block.section.title, *block.titles))) is not None
        is_effect = block.kind == "quant_effect"
        for rows in block.tables():
            if is_effect or (block.kind not in _NO_KPI_TABLES and _is_kpi_table(rows)):
                metrics.extend(_read_table(context, rows, target=target or block.kind == "outlook"))
        if is_effect and id(block.section) not in with_tables:
            metrics.extend(_read_lines(context, block, target=target))
        if block.kind != "cost_roi":
            metrics.extend(_read_code(context, block, target=target))
    return tuple(metric for metric in metrics if _states_effect(metric))


def is_cost_label(label: str) -> bool:
    """Tell whether a row among the effects states what was paid, or when it pays back."""
    return _COST_ROW.search(label) is not None and not _EFFECT_WORD.search(label)


def is_effect_text(text: str) -> bool:
    """Tell whether words call something a gain, or name a state before and one after."""
    return _EFFECT_WORD.search(text) is not None or read_transition(text) is not None


def _states_effect(metric: Metric) -> bool:
    plain = plain_title(metric.label)
    if _NO_EFFECT.search(plain) or is_cost_label(plain):
        return False
    if any((metric.value, metric.before, metric.after, metric.change)):
        return True
    return bool(read_quantities(metric.raw))


def _is_kpi_table(rows: list[Piece]) -> bool:
    return bool(rows) and rows[0].header and _KPI_HEADING.fullmatch(plain_title(rows[0].cells[0])) is not None


def _read_code(context: Context, block: Block, *, target: bool) -> list[Metric]:
    """Return the effects in code fences: all labelled amounts below 【効果…】, elsewhere what is called a reduction."""
    metrics: list[Metric] = []
    topic = block.kind
    for piece in block.pieces:
        if piece.kind != "code":
            continue
        text = piece.text.strip().lstrip("-*・├└─│ ").strip()
        if match := _TOPIC.fullmatch(text):
            topic = section_kind(match[1])
            continue
        label, value = split_label(text)
        if not label or not value or re.search(r"[=＝×÷]", value):
            continue
        if topic != "quant_effect" and not _EFFECT_WORD.search(label):
            continue
        row = Row(label, value, piece.line, value=value, is_target=target)
        if block.title and topic == block.kind:  # every function has a line of that name
            row.heading = label
            row.label = f"{_named(block.title)}（{label}）"
        metrics.extend(
            metric for metric in to_metrics(context, row) if any((metric.value, metric.before, metric.change))
        )
    return metrics


def _named(title: str) -> str:
    return _NUMBERED_NAME.sub("", plain_title(title)) or title


def _read_table(context: Context, rows: list[Piece], *, target: bool) -> list[Metric]:
    header = rows[0].cells if rows and rows[0].header else ()
    roles = _roles(header, max((len(row.cells) for row in rows), default=0))
    series = series_columns(header)
    metrics: list[Metric] = []
    previous: Piece | None = None
    for row in rows:
        if row.header:
            continue
        cells = [
            previous.cells[index] if cell == "同上" and previous is not None and index < len(previous.cells) else cell
            for index, cell in enumerate(row.cells)
        ]
        previous = replace(row, cells=tuple(cells))
        if not cells or not cells[0]:
            continue
        if series:
            metrics.extend(to_metric(context, year) for year in _year_rows(row, cells, series, target=target))
        else:
            metrics.extend(to_metrics(context, _to_row(row, cells, roles, header, target=target)))
    return metrics


def _year_rows(row: Piece, cells: list[str], series: dict[int, str], *, target: bool) -> list[Row]:
    """Return one effect for each year of a row, with the year in its label."""
    return [
        Row(
            f"{cells[0]}（{heading}）",
            cells[index],
            row.line,
            value=with_unit(cells[index], heading, cells[0]),
            is_target=target or TARGET_WORDS.search(heading) is not None,
            period=period_of(heading),
            heading=cells[0],
        )
        for index, heading in series.items()
        if index < len(cells) and not is_no_value(cells[index])
    ]


def _roles(header: tuple[str, ...], width: int) -> list[str]:
    """Return the role of each column: the first is the label; one without a known heading is the value or a note."""
    roles = ["label"]
    taken: set[str | None] = set()
    years = [index for index, cell in enumerate(header) if re.fullmatch(r"(?:19|20)[0-9]{2}年?(?:度)?", cell.strip())]
    for index in range(1, width):
        heading = header[index] if index < len(header) else ""
        role = column_role(heading, METRIC_COLUMNS) if heading else None
        if len(years) == 2 and index in years:
            role = "before" if index == years[0] else "after"
        if role in taken:
            role = "note"
        taken.add(role if role != "note" else None)
        roles.append(role or "")
    if not {"value", "before", "after", "change", "target", "actual"} & taken:
        roles = [("value" if index == 1 else role) for index, role in enumerate(roles)]
    return [role or "note" for role in roles]


def _to_row(row: Piece, cells: list[str], roles: list[str], header: tuple[str, ...], *, target: bool) -> Row:
    stated = [cell for cell, role in zip(row.cells[1:], roles[1:], strict=False) if cell and role != "note"]
    result = Row(cells[0], " | ".join(stated), row.line, is_target=target, end_line=row.end_line)
    for index, cell in enumerate(cells[1:], 1):
        role = roles[index] if index < len(roles) else "note"
        if is_no_value(cell):
            continue
        if role == "note":
            if not result.note:
                result.note, result.note_column = cell, index + 1
            continue
        heading = header[index] if index < len(header) else ""
        setattr(result, role, with_unit(cell, heading, cells[0]))
        if role == "change":
            result.change_heading = heading
        else:
            result.per_heading = result.per_heading or heading
        if role in {"after", "value"} and TARGET_WORDS.search(heading):
            result.is_target = True
    return result


def _read_lines(context: Context, block: Block, *, target: bool) -> list[Metric]:
    """Return labelled lines that state an amount (`- **業務時間削減**: 最大約50%（対象業務）`)."""
    metrics: list[Metric] = []
    for piece in block.lines():
        if not piece.label or not piece.value:
            continue
        value = with_unit(piece.value, "", piece.label)
        row = Row(piece.label, piece.value, piece.line, value=value, is_target=target)
        if _ONLY_DATE.fullmatch(plain_title(piece.label)):
            row.heading = piece.label
            row.label = f"{plain_title(block.title or block.section.title)}（{piece.label}）"
        metrics.extend(
            metric
            for metric in to_metrics(context, row)
            if any((metric.value, metric.before, metric.after, metric.change)) or read_quantities(piece.value)
        )
    return metrics


def to_metrics(context: Context, row: Row) -> list[Metric]:
    """Return the effects that a row of cells states: one for each statement of a value that makes several."""
    stated = "" if row.before or row.after or row.change or row.target else row.actual or row.value
    parts = statements(stated)
    if not parts:
        return [to_metric(context, row)]
    # Where one statement says which way it points, the label says it for none: 精度99.8% beside 承認率2%向上.
    own = any(direction_of(words) for _, words in parts)
    return [
        to_metric(
            context,
            replace(
                row,
                label=f"{row.label}（{subject}）",
                raw=words,
                value=words,
                actual="",
                heading=subject if own else row.heading or row.label,
            ),
        )
        for subject, words in parts
    ]


def to_metric(context: Context, row: Row) -> Metric:
    """Return the effect that a row of cells states."""
    hint = direction_of(row.heading or row.label)
    target = row.is_target or TARGET_WORDS.search(row.label) is not None or _PLANNED.search(row.note) is not None
    if row.before and row.value and not row.after:  # 数値 beside 数値前
        row.after, row.value = row.value, ""
    stated = row.actual or row.value
    value = _stated(stated) or _stated(row.target)
    if row.target and value is not None and not _is_known(_stated(row.actual)):
        target = True
    before, after = _stated(row.before), _stated(row.after)
    falls: Direction = "down" if direction_of(row.change_heading) == "down" else hint
    change = read_change(row.change, falls) if row.change else None
    if change is None and row.change and not is_no_value(row.change):
        change = _other_change(row.change)
    for text in (row.change, stated, *split_brackets(to_half_width(stated))[1]):
        moved = _states(text) if before is None and after is None else None
        if moved is not None:
            before, after = moved.before, moved.after
            change = change or moved.change or (_change_of_value(value, stated, hint) if value is not None else None)
            value = None
    if change is None and value is not None and value.unit in _RATES:
        change = _change_of_value(value, stated, hint)
    if value is None and before is None and after is None and change is not None:
        value = _stated(row.change)
    if before is not None and after is not None:
        before, after = _aligned(before, after)
        value = None
    if value is None and (before is None or after is None):
        value = _stated(row.after)  # a state without the one to compare it with
    per = per_words(row.label) or per_words(row.per_heading) or (per_words(stated) if _EACH.search(stated) else ())
    value, before, after = (with_per(quantity, per) for quantity in (value, before, after))
    target = target or any(quantity is not None and quantity.is_target for quantity in (value, after))
    return Metric(
        label=row.label,
        raw=row.raw,
        origin=context.origin(row.line, end_line=row.end_line),
        value=value,
        before=before,
        after=after if before is not None else None,
        change=change,
        note=context.quote(row.note, row.line, row.note_column) if row.note else None,
        is_target=target,
        direction=_direction(change, row.change or stated, before, after, value, hint),
        period=row.period,
    )


def _stated(text: str) -> Quantity | None:
    """Return the amount of a cell, None when it states none, or several of which none is the cell's own."""
    if is_no_value(text):
        return None
    quantity = read_quantity(text)
    if not quantity.is_known:
        return quantity if quantity.qualifier else None
    if (
        "、" in text
        and len(read_quantities(text)) > 1
        and not re.match(r"[^一-龥ァ-ヶA-Za-z]|約|最大|年間?|月間?", text)
    ):
        return None
    return quantity


def _is_known(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.is_known


def _states(text: str) -> Transition | None:
    moved = read_transition(text) if text else None
    return moved if moved is not None and moved.before.is_known and moved.after.is_known else None


def _other_change(text: str) -> Quantity | None:
    """Return a change in another unit than a rate (`+7点`)."""
    quantity = read_quantity(text)
    return quantity if quantity.is_known and quantity.unit not in _RATES else None


def _change_of_value(value: Quantity, text: str, hint: Direction) -> Quantity | None:
    """Return the rate that a value is when it, or its label, says that something changed."""
    if value.sign_word or _is_signed(text):
        return value
    return read_change(text, hint) if hint and value.unit != "倍" else None


def _aligned(before: Quantity, after: Quantity) -> tuple[Quantity, Quantity]:
    first, second = same_unit(before, after)
    if first.unit and not second.unit:
        second = replace(second, unit=first.unit)
    elif second.unit and not first.unit:
        first = replace(first, unit=second.unit)
    return first, second


def with_per(quantity: Quantity | None, per: tuple[str, ...]) -> Quantity | None:
    """Return the quantity with what its label says that it is per (月間, 1人当たり), if it is silent on it."""
    if quantity is None or not per or quantity.unit in {*_RATES, "点"}:
        return quantity
    timed = any(word in _TIMES for word in quantity.per)
    added = tuple(word for word in per if word not in quantity.per and not (timed and word in _TIMES))
    return replace(quantity, per=(*quantity.per, *added) if timed else (*added, *quantity.per)) if added else quantity


def _is_signed(text: str) -> bool:
    return text.lstrip()[:1] in set("+-△▲−＋－")


def _direction(
    change: Quantity | None,
    change_text: str,
    before: Quantity | None,
    after: Quantity | None,
    value: Quantity | None,
    hint: Direction,
) -> Direction:
    """Return which way the effect points: by the rate, else by both states, else by the words of value and label."""
    middle = change.middle if change is not None and change.unit in {"%", "ポイント"} else None
    if change is not None and middle and (change.sign_word or middle < 0 or _is_signed(change_text)):
        return "down" if middle < 0 else "up"
    if before is not None and after is not None and before.unit == after.unit:
        first, second = before.middle, after.middle
        if first is not None and second is not None and first != second:
            return "up" if second > first else "down"
        return ""
    if value is not None and value.sign_word:
        return direction_of(value.sign_word)
    return hint
