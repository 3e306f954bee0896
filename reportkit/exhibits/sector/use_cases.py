"""Tables: use cases of the sector with the data they need, and who holds that data."""

from __future__ import annotations

import re

from reportkit.base.origin import Quote
from reportkit.corpus.survey import FieldResource, UseCase
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, NOT_ASKED, Inlines, cell, head, inlines, list_cell, named, source_line
from reportkit.views.sector import SectorView

_LONGEST_DATA = 40


def sector_use_cases(view: SectorView) -> Table | None:
    """Return the sector's use cases with the data they need, or None when the report details none."""
    if view.use_cases is None or not view.use_cases.detailed:
        return None
    return _detailed(view, view.use_cases.detailed, "sector-use-cases", inlines(named(view.name)))


def sector_use_cases_across(view: SectorView) -> Table | None:
    """Return the use cases of functions in all industries, for sectors of which the report details none."""
    if view.use_cases is None or view.use_cases.detailed or not view.use_cases.across:
        return None
    return _detailed(view, view.use_cases.across, "sector-use-cases-across", inlines("産業横断の機能"))


def sector_use_cases_listed(view: SectorView) -> Table | None:
    """Return the sector's entries of the report's general list of use cases, or None when it has none."""
    if view.use_cases is None or not view.use_cases.listed:
        return None
    return Table(
        id="sector-use-cases-listed",
        columns=(Column(2.2), Column(1.6), Column(4.4), Column(2.2)),
        header=(
            (
                head("ユースケース", align="left"),
                head("機能", align="left"),
                head("内容", align="left"),
                head("報告書が挙げる効果", align="left"),
            ),
        ),
        body=tuple(
            (
                _quoted(case, case.name),
                _quoted(case, case.function or case.function_raw),
                _quoted(case, case.summary),
                _quoted(case, case.impact),
            )
            for case in view.use_cases.listed
        ),
        caption=inlines(named(view.name), "で新たな価値を生むユースケース"),
        source=source_line(view.citation("use-cases")),
        small=True,
        summary=f"{view.name}で売上や価値を高めるユースケースの一覧。",
    )


def sector_field_resources(view: SectorView) -> Table | None:
    """Return data, holders, measures and ministry of the sector's winning fields, or None when there is none."""
    if view.use_cases is None:
        return None
    resources = view.use_cases.resources or view.use_cases.across_resources
    if not resources:
        return None
    return Table(
        id="sector-field-resources",
        columns=(Column(1.6), Column(3), Column(3), Column(3), Column(1.2)),
        header=(
            (
                head("領域", align="left"),
                head("必要なデータ", align="left"),
                head("データの保有者", align="left"),
                head("確保の方策", align="left"),
                head("主体となる省庁", align="left"),
            ),
        ),
        body=tuple(_resource(resource) for resource in resources),
        caption=inlines("勝ち筋領域のデータの保有者と確保の方策"),
        source=source_line(view.citation("resources")),
        small=True,
        summary="領域ごとに、必要なデータ、その保有者、確保の方策、主体となる省庁を示す表。",
    )


def _detailed(view: SectorView, cases: tuple[UseCase, ...], table_id: str, whose: Inlines) -> Table:
    fields = dict.fromkeys(case.field for case in cases)
    rows: list[tuple[TableCell, ...]] = []
    for field in fields:
        if len(fields) > 1:
            rows.append((cell(named(field or NOT_ASKED), emphasis="total", span=4),))
        rows += _stage_rows([case for case in cases if case.field == field])
    return Table(
        id=table_id,
        columns=(Column(1.5), Column(2.6), Column(4.6), Column(3.2)),
        header=(
            (
                head("段階", align="left"),
                head("ユースケース", align="left"),
                head("概要", align="left"),
                head("必要な学習データ", align="left"),
            ),
        ),
        body=tuple(rows),
        caption=inlines(*whose, "のユースケースと必要なデータ"),
        source=source_line(view.citation("use-cases")),
        small=True,
        summary="業務の段階ごとに、ユースケース、その概要、必要な学習データを示す表。",
    )


def _stage_rows(cases: list[UseCase]) -> list[tuple[TableCell, ...]]:
    """Return the rows of one field, the stage in a cell over its use cases."""
    rows: list[tuple[TableCell, ...]] = []
    for stage in dict.fromkeys(case.category for case in cases):
        own = [case for case in cases if case.category == stage]
        for index, case in enumerate(own):
            stub = (TableCell((inlines(named(stage or NOT_ASKED)),), rows=len(own)),) if index == 0 else ()
            data = cell(Quote(_data_line(case.data), case.origin)) if case.data else DASH
            rows.append((*stub, _quoted(case, case.name), _quoted(case, case.summary), data))
    return rows


def _data_line(names: tuple[str, ...]) -> str:
    """Return the kinds of data in one line; explanations in brackets go when the line would be long."""
    line = "、".join(names)
    return (
        line if len(line) <= _LONGEST_DATA else "、".join(re.sub(r"[(（][^()（）]*[)）]", "", name) for name in names)
    )


def _resource(resource: FieldResource) -> tuple[TableCell, ...]:
    return (
        cell(named(resource.field)),
        list_cell(inlines(named(text)) for text in resource.data),
        list_cell(inlines(named(text)) for text in resource.holders),
        list_cell(inlines(named(text)) for text in resource.measures),
        cell(named(resource.ministry or NOT_ASKED)),
    )


def _quoted(case: UseCase, text: str) -> TableCell:
    return cell(Quote(text, case.origin)) if text else DASH
