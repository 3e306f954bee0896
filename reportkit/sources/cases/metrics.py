"""Where a case states its effects: rows of tables, labelled lines, code fences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.base.amounts import read_quantities, read_transition
from reportkit.corpus.case import Metric
from reportkit.sources.cases.effects import TARGET_WORDS, Row, to_metric, to_metrics
from reportkit.sources.cases.fields import Context
from reportkit.sources.cases.sections import Block
from reportkit.sources.cases.series import period_of, series_columns
from reportkit.sources.cases.units import with_unit
from reportkit.sources.cases.words import METRIC_COLUMNS, column_role, is_no_value, plain_title, section_kind
from reportkit.sources.outline import Piece, split_label

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
    previous: list[str] = []
    for row in rows:
        if row.header:
            continue
        cells = list(row.cells)
        if "同上" in cells:
            cells = [
                previous[index] if cell == "同上" and index < len(previous) else cell
                for index, cell in enumerate(cells)
            ]
        previous = cells
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
