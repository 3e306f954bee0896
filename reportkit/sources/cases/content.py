"""What a case tells beside its numbers: steps, issues with measures, factors, costs, checks, references, footer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportkit.base.amounts import CURRENCIES, DURATIONS, per_words, read_quantity
from reportkit.base.dates import read_period
from reportkit.base.origin import Quote
from reportkit.base.period import Period
from reportkit.base.text import to_half_width
from reportkit.corpus.case import Cost, FactCheck, Link, Pair, Phase, Verdict
from reportkit.sources.cases.effects import TARGET_WORDS, with_per
from reportkit.sources.cases.fields import Context, Labelled, labelled_lines
from reportkit.sources.cases.metrics import is_cost_label
from reportkit.sources.cases.sections import Block
from reportkit.sources.cases.series import series_columns
from reportkit.sources.cases.units import with_unit
from reportkit.sources.cases.words import (
    CHECK_COLUMNS,
    COST_LABEL,
    FOOTER_LABEL,
    ISSUE_COLUMNS,
    ISSUE_TITLE,
    PHASE_COLUMNS,
    PHASE_TITLE,
    VERDICTS,
    column_role,
    is_no_value,
    label_field,
    plain_title,
    section_kind,
)
from reportkit.sources.outline import Piece, split_label

_MEASURE_TITLE = re.compile(r"対策|対応|解決|克服|軽減")
_ISSUE_WORD = re.compile(r"課題|リスク|障壁|困難|問題|現象")
_MEASURE_LABEL = re.compile(r"(?:対策|対応|対応策|解決策|対策案|緩和策)")
_REMARK_LABEL = re.compile(r"現象|原因|背景|影響|状況")
# Blocks in which a label such as 投資額 speaks of this case.
_COST_BLOCKS = frozenset(
    {"cost_roi", "quant_effect", "summary", "solution", "tech_stack", "process", "background", "organisation", "notes"}
)
_TRAILING_BRACKET = re.compile(r"^(.*\S)\s*[（(]([^（）()]*)[）)]\s*$")
_VERDICTS = tuple((verdict, re.compile(pattern, re.IGNORECASE)) for verdict, pattern in VERDICTS)
_CHECK_MARK = re.compile(r"^([✅✓☑❌✗⚠△⏳◎○×]\ufe0f?)\s*(.+)$")
_MAX_NAME = 300  # what is longer is no name with a period behind it
_SOURCE_LABEL = re.compile(r"ソース|出典|資料")
_COST_PART = re.compile(r"([^0-9０-９$¥約推]{2,20})((?:約|推定)?[0-9０-９$¥].*)")
_PAYBACK = re.compile(r"回収期間|ペイバック")
_MONEY_COLUMN = re.compile(r"金額|費用|コスト|(?:投資|効果|削減|見積|予算)額|^額$|Amount|Cost", re.IGNORECASE)
_MONTH_ONLY = re.compile(r"\s*(1[0-2]|[1-9])月(?![間目])")
_REMARK = 24  # characters
_ADDRESS = re.compile(r"https?://\S+")


# --- tables of any section -------------------------------------------------------------------------------------------


def columns_of(rows: Sequence[Piece], roles: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Return the first column of each role, by the heading row; empty without one."""
    found: dict[str, int] = {}
    if rows and rows[0].header:
        for index, heading in enumerate(rows[0].cells):
            role = column_role(heading, roles)
            if role is not None:
                found.setdefault(role, index)
    return found


def cell_of(row: Piece, column: int | None) -> str:
    """Return the cell, "" when the row is shorter or there is no such column."""
    return row.cells[column] if column is not None and column < len(row.cells) else ""


# --- quotes ----------------------------------------------------------------------------------------------------------


def read_quotes(context: Context, blocks: Sequence[Block], kind: str) -> tuple[Quote, ...]:
    """Return the lines and rows of all blocks of that kind, as written."""
    quotes: list[Quote] = []
    for block in blocks:
        if block.kind != kind:
            continue
        for piece in block.pieces:
            if piece.header or piece.kind == "code" or is_no_value(piece.text):
                continue
            text = "：".join(cell for cell in piece.cells if cell) if piece.kind == "row" else piece.text
            if text:
                quotes.append(context.quote(text, piece.line))
    return tuple(quotes)


# --- pairs -----------------------------------------------------------------------------------------------------------


def read_factors(context: Context, blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """Return success factors with their details, from rows, `**要因**: 説明`, and items under a sub-heading."""
    pairs: list[Pair] = []
    for block in blocks:
        if block.kind != "success_factors":
            continue
        parent = ""
        for piece in block.pieces:
            if piece.header or is_no_value(piece.text) or piece.kind == "code":
                continue
            if piece.kind == "row":
                label, text = piece.cells[0], "：".join(cell for cell in piece.cells[1:] if cell)
            elif piece.level > 1 and parent and not piece.label:
                label, text = parent, piece.text
            elif piece.label and piece.value:
                label, text = piece.label, piece.value
            elif block.title and piece.kind != "text":
                label, text = plain_title_kept(block.title), piece.text
            else:
                label, text = piece.label or piece.text, ""
            if piece.level == 1:
                parent = piece.label or piece.text
            if label or text:
                pairs.append(Pair(label, text, context.origin(piece.line)))
    return tuple(pairs)


def plain_title_kept(title: str) -> str:
    """Return a sub-heading without its number, everything else as written."""
    return re.sub(r"^[0-9０-９]+(?:\.[0-9]+)*[.)．、]?\s+", "", title).strip()


def read_issues(context: Context, blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """Return issues with their measures: table rows, an item followed by `対策：…`, `課題1：…` with its measures below.

    An issue without a measure has an empty text; a measure that the file joins to no issue stands under its heading.
    """
    pairs: list[Pair] = []
    for block in blocks:
        if block.kind == "issues" or (block.kind == "measures" and block.section.kind == "issues"):
            for rows in block.tables():
                pairs.extend(_issue_rows(context, rows))
            pairs.extend(_issue_lines(context, block))
    return tuple(pairs)


def _issue_rows(context: Context, rows: Sequence[Piece]) -> list[Pair]:
    columns = columns_of(rows, ISSUE_COLUMNS)
    issue = columns.get("issue", 0)
    measure = columns.get("measure", 1)
    return [
        Pair(cell_of(row, issue), cell_of(row, measure), context.origin(row.line))
        for row in rows
        if not row.header and (cell_of(row, issue) or cell_of(row, measure))
    ]


def _issue_lines(context: Context, block: Block) -> list[Pair]:
    named = next((match[1] for title in block.titles if (match := ISSUE_TITLE.search(title[:_MAX_NAME]))), None)
    is_measure = block.kind == "measures" or bool(
        _MEASURE_TITLE.search(block.title) and not _ISSUE_WORD.search(block.title)
    )
    is_issue = not block.titles or _ISSUE_WORD.search(block.title) is not None
    pairs: list[Pair] = []
    for piece in block.lines():
        if is_no_value(piece.text):
            continue
        origin = context.origin(piece.line)
        if piece.label and _MEASURE_LABEL.fullmatch(plain_title(piece.label)) and piece.value:
            last = pairs[-1] if pairs else None
            if last is not None and not last.text:
                pairs[-1] = Pair(last.label, piece.value, last.origin)
            else:
                pairs.append(Pair(last.label if last else plain_title_kept(block.title), piece.value, origin))
        elif named is not None and is_measure:
            pairs.append(Pair(named, piece.text, origin))
        elif named is not None and _REMARK_LABEL.fullmatch(plain_title(piece.label)):
            continue
        elif is_measure or not is_issue:
            pairs.append(Pair(piece.label or plain_title_kept(block.title), piece.value or piece.text, origin))
        elif piece.label and piece.value:
            pairs.append(Pair(piece.label, piece.value, origin))
        else:
            pairs.append(Pair(piece.label or piece.text, "", origin))
    return pairs


# --- steps -----------------------------------------------------------------------------------------------------------


def read_phases(context: Context, blocks: Sequence[Block]) -> tuple[Phase, ...]:
    """Return the steps of the introduction in the order of the file."""
    phases: list[Phase] = []
    for block in blocks:
        in_process = block.kind == "process"
        if block.opener is not None and PHASE_TITLE.match(to_half_width(plain_title_kept(block.title))):
            phases.append(_titled_phase(context, block))
            continue
        if not in_process:
            continue
        for rows in block.tables():
            phases.extend(_phase_rows(context, rows))
        phases.extend(_phase_lines(context, block))
    return tuple(phases)


def _titled_phase(context: Context, block: Block) -> Phase:
    assert block.opener is not None
    name, period = _name_and_period(plain_title_kept(block.title))
    details = tuple(
        context.quote("：".join(piece.cells) if piece.kind == "row" else piece.text, piece.line)
        for piece in block.pieces
        if not piece.header and piece.text
    )
    return Phase(name, context.origin(block.opener.line), period, details)


def _name_and_period(text: str) -> tuple[str, Period | None]:
    """Return a name and the period in the brackets behind it; brackets that hold no time stay in the name."""
    match = _TRAILING_BRACKET.match(text) if len(text) < _MAX_NAME else None
    if match is None:
        return text, None
    period = read_period(match[2])
    if period.start is not None or period.end is not None or read_quantity(match[2]).unit in DURATIONS:
        return match[1], period
    return text, None


def _phase_rows(context: Context, rows: Sequence[Piece]) -> list[Phase]:
    columns = columns_of(rows, PHASE_COLUMNS)
    if "period" not in columns and "name" not in columns:
        return []
    phases: list[Phase] = []
    for row in rows:
        if row.header or not any(row.cells):
            continue
        when = _dated(cell_of(row, columns.get("period")), phases)
        name = cell_of(row, columns.get("name")) or next(
            (cell for index, cell in enumerate(row.cells) if index != columns.get("period") and cell), when
        )
        used = {columns.get("period"), columns.get("name")}
        details = tuple(
            context.quote(cell, row.line, index + 1)
            for index, cell in enumerate(row.cells)
            if index not in used and cell and cell != name
        )
        phases.append(Phase(name, context.origin(row.line), read_period(when) if when else None, details))
    return phases


def _dated(text: str, before: Sequence[Phase]) -> str:
    """Return `1月上旬` with the year that the step before it implies; a month without any year stays no date."""
    month = _MONTH_ONLY.match(to_half_width(text[:_MAX_NAME])) if text and before else None
    if month is None:
        return text
    last = next((phase.period.start for phase in reversed(before) if phase.period and phase.period.start), None)
    if last is None or last.month is None:
        return text
    year = last.year + (1 if int(month[1]) < last.month else 0)
    return f"{year}年{text.strip()}"


def _phase_lines(context: Context, block: Block) -> list[Phase]:
    """Return `**2023年12月**: 導入開始` and `**準備フェーズ**（1-3ヶ月）` with the items below it."""
    phases: list[Phase] = []
    in_step = False
    for piece in block.lines():
        is_step = bool(piece.value) and PHASE_TITLE.fullmatch(to_half_width(piece.label)) is not None
        below_line = in_step and piece.kind != "text" and not is_step
        if phases and (piece.level > 1 or below_line):
            last = phases[-1]
            phases[-1] = Phase(
                last.name, last.origin, last.period, (*last.details, context.quote(piece.text, piece.line))
            )
            continue
        in_step = is_step and piece.kind == "text"  # a line of its own heads the items below it
        if (piece.kind == "text" and not is_step) or is_no_value(piece.text):
            continue
        when = read_period(_dated(piece.label, phases)) if piece.label else None
        if when is not None and piece.value and (when.start is not None or when.end is not None):
            phases.append(Phase(piece.value, context.origin(piece.line), when))
            continue
        name, period = _name_and_period(piece.text)
        if is_step or (period is not None and (piece.kind == "number" or "フェーズ" in name)):
            phases.append(Phase(name, context.origin(piece.line), period))
    return phases


def read_duration(context: Context, blocks: Sequence[Block]) -> Pair | None:
    """Return how long the introduction took as a whole: the block or the label for it."""
    for block in blocks:
        if block.kind == "duration":
            for piece in block.lines():
                return Pair(plain_title_kept(block.title), piece.text, context.origin(piece.line))
    for block in blocks:
        if block.kind in {"process", "summary", "basic_info"}:
            for found in labelled_lines(block):
                if label_field(found.label) == "duration" and not is_no_value(found.value):
                    return Pair(found.label, found.value, context.origin(found.line, found.column))
    return None


# --- money -----------------------------------------------------------------------------------------------------------


def read_costs(context: Context, blocks: Sequence[Block]) -> tuple[Cost, ...]:
    """Return money and pay-back as stated: all of a cost section, elsewhere what a label calls a cost.

    In code fences the result of a computation counts (`45名 × 3,000円 = 3.375億円`), in remarks a pay-back time.
    """
    costs: list[Cost] = []
    for block in blocks:
        if block.kind not in _COST_BLOCKS:
            continue
        in_section = block.kind == "cost_roi"
        planned = TARGET_WORDS.search("".join(block.titles)) is not None
        years = _years(block)
        told = {found.line for found in years}
        single = _in_their_columns([found for found in labelled_lines(block) if found.line not in told], block)
        for found in (*single, *years, *_remarks(block), *(_code_lines(block) if in_section else ())):
            is_cost = is_cost_label(found.label) if block.kind == "quant_effect" else COST_LABEL.search(found.label)
            if found.label == "注" or not (in_section or is_cost):
                continue
            per = per_words(found.heading)
            for label, value in _cost_parts(found.label, found.value):
                quantity = read_quantity(value)
                worth = quantity.unit in CURRENCIES or quantity.unit in DURATIONS or quantity.unit in {"%", "倍"}
                if worth and (quantity.is_known or quantity.qualifier):
                    stated = replace(quantity, is_target=True) if planned else quantity
                    if quantity.unit in CURRENCIES:
                        stated = with_per(stated, per_words(label) or per) or stated
                    costs.append(Cost(label, stated, context.origin(found.line, found.column)))
    return tuple(sorted(costs, key=lambda cost: cost.origin.line))


def _remarks(block: Block) -> list[Labelled]:
    """Return `回収期間: 約0.8年` from the remark columns of tables."""
    found: list[Labelled] = []
    for piece in block.pieces:
        if piece.kind == "row" and not piece.header:
            for column, cell in enumerate(piece.cells[2:], 3):
                label, value = split_label(cell)
                if label and _PAYBACK.search(label):
                    found.append(Labelled(label, value, piece.line, column, block))
    return found


def _in_their_columns(found: Sequence[Labelled], block: Block) -> list[Labelled]:
    """Return the labelled values, in tables from the column that is headed as money, with the unit of the heading."""
    headed = {row.line: (row, rows[0].cells) for rows in block.tables() if rows[0].header for row in rows[1:]}
    result: list[Labelled] = []
    for one in found:
        row, heads = headed.get(one.line, (None, ()))
        if row is None:
            result.append(one)
            continue
        column = next(
            (index for index, head in enumerate(heads) if index and _MONEY_COLUMN.search(plain_title(head))), 1
        )
        value = cell_of(row, column) or one.value
        heading = heads[column] if column < len(heads) else ""
        stated = with_unit(value, heading, one.label)
        result.append(Labelled(one.label, stated, one.line, column + 1, one.block, heading))
    return result


def _years(block: Block) -> list[Labelled]:
    """Return the cells of tables with a column for each year, with the year in their labels."""
    found: list[Labelled] = []
    for rows in block.tables():
        series = series_columns(rows[0].cells) if rows[0].header else {}
        found.extend(
            Labelled(
                f"{row.cells[0]}（{heading}）",
                with_unit(row.cells[index], heading, row.cells[0]),
                row.line,
                index + 1,
                block,
            )
            for row in rows[1:]
            for index, heading in series.items()
            if index < len(row.cells) and row.cells[0] and not is_no_value(row.cells[index])
        )
    return found


def _code_lines(block: Block) -> list[Labelled]:
    """Return labels and results of the lines of code fences."""
    found: list[Labelled] = []
    for piece in block.pieces:
        if piece.kind == "code":
            label, value = split_label(piece.text.strip().lstrip("-*・├└─│ ").strip())
            result = re.split(r"[=＝]", value)[-1].strip()
            if label and result:
                found.append(Labelled(label, result, piece.line, 0, block))
    return found


def _cost_parts(label: str, value: str) -> list[tuple[str, str]]:
    """Return the parts of `初期投資1,000万USD、年間運用費3,000万USD` with their own labels, else label and value."""
    matches = [_COST_PART.fullmatch(part.strip()) for part in value.split("、")]
    if len(matches) > 1 and all(match is not None and COST_LABEL.search(match[1]) for match in matches):
        return [(match[1], match[2]) for match in matches if match is not None]
    return [(label, value)]


# --- checks and references -------------------------------------------------------------------------------------------


def verdict_of(text: str) -> Verdict | None:
    """Return the verdict in our three words, None when the text is no verdict."""
    stripped = text.strip()
    for verdict, pattern in _VERDICTS:
        if pattern.search(stripped):
            return verdict  # type: ignore[return-value]
    return None


def read_checks(context: Context, blocks: Sequence[Block]) -> tuple[FactCheck, ...]:
    """Return what the author of the file checked: rows with a verdict column, lines with ✅ △ ❌ in front."""
    checks: list[FactCheck] = []
    for block in blocks:
        if block.kind != "fact_check":
            continue
        for rows in block.tables():
            checks.extend(_check_rows(context, rows))
        for piece in block.lines():
            if match := _CHECK_MARK.match(piece.text):
                verdict = verdict_of(match[1]) or "unconfirmed"
                links = tuple(Link(title, url, context.origin(piece.line)) for title, url in piece.links)
                checks.append(FactCheck(match[2], verdict, match[1], context.origin(piece.line), "", links))
    return tuple(checks)


def _check_rows(context: Context, rows: Sequence[Piece]) -> list[FactCheck]:
    columns = columns_of(rows, CHECK_COLUMNS)
    if "verdict" not in columns:
        return []
    if not any(verdict_of(cell_of(row, columns["verdict"])) for row in rows if not row.header):
        return []  # 信頼度 of a source is no verdict on a claim
    checks: list[FactCheck] = []
    item = columns.get("item", 0)
    for row in rows:
        raw = cell_of(row, columns["verdict"])
        if row.header or not (cell_of(row, item) or raw):
            continue
        origin = context.origin(row.line)
        links = tuple(Link(title, url, origin) for title, url in row.links)
        source = cell_of(row, columns.get("source"))
        verdict = verdict_of(raw) or "unconfirmed"
        checks.append(FactCheck(cell_of(row, item), verdict, raw, origin, source, links))
    return checks


def read_references(context: Context, blocks: Sequence[Block]) -> tuple[Link, ...]:
    """Return the references: links with their titles, and sources that are only named."""
    found: dict[tuple[str, str], Link] = {}
    for block in blocks:
        in_footer = block.section.kind == "footer"
        if block.kind != "references" and not in_footer:
            continue
        for piece in block.pieces:
            if piece.header or piece.kind == "code":
                continue
            for link in _links_of(context, piece, titles=not in_footer):
                found.setdefault((link.title, link.url), link)
    return tuple(found.values())


def _links_of(context: Context, piece: Piece, *, titles: bool) -> list[Link]:
    origin = context.origin(piece.line)
    if piece.links:
        bare = piece.label or _ADDRESS.sub("", piece.text).strip(" 　：:-–—")
        links = [Link(title or bare, url, origin) for title, url in piece.links]
        if len(links) == 1 and links[0].title and 0 < len(bare) - len(links[0].title) < _REMARK:
            links = [replace(links[0], title=bare)]  # 題（参考）: what stands beside the link belongs to its title
        return links
    if not titles or is_no_value(piece.text) or is_footer_label(piece.label):
        return []
    if _SOURCE_LABEL.fullmatch(plain_title(piece.label)):
        return [Link(piece.value, "", origin)]
    if piece.kind == "row":
        return [Link("：".join(cell for cell in piece.cells if cell), "", origin)]
    if piece.kind in {"item", "number"}:
        return [Link(piece.text, "", origin)]
    return []


# --- footer ----------------------------------------------------------------------------------------------------------


def read_footer(context: Context, blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """Return the lines that tell about the file itself: label and value, several of them when one line joins them."""
    pairs: list[Pair] = []
    for block in blocks:
        for piece in block.pieces:
            if block.kind == "footer":
                pairs.extend(_footer_pairs(context, block, piece))
            elif block.kind == "references" and piece.value and is_footer_label(piece.label):
                pairs.append(Pair(piece.label, piece.value, context.origin(piece.line)))
    return tuple(pairs)


def is_footer_label(label: str) -> bool:
    """Tell whether a label speaks of the file itself (作成日, 品質スコア) and not of the case."""
    return bool(label) and FOOTER_LABEL.fullmatch(label.replace(" ", "").strip("*")) is not None


def _footer_pairs(context: Context, block: Block, piece: Piece) -> list[Pair]:
    origin = context.origin(piece.line)
    if not piece.label and (piece.links or section_kind(piece.text) == "references"):
        return []
    parts = [part.strip() for part in piece.text.split(" | ")] if " | " in piece.text else []
    labels = [split_label(part) for part in parts]
    if len(labels) > 1 and all(is_footer_label(label) for label, _ in labels):
        return [Pair(label, value, origin) for label, value in labels]
    if piece.label:
        return [Pair(piece.label, piece.value, origin)]
    return [Pair(plain_title_kept(block.title), piece.text, origin)]
