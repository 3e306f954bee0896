"""`reportkit show`: one case, one matrix, or the text of one template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.text import display_width, printable
from reportkit.cli.commands import SEVERITY_WORDS, Group, seeds_option, settings_with
from reportkit.cli.layout import print_columns

if TYPE_CHECKING:
    from reportkit.base.finding import Finding
    from reportkit.corpus.case import Case
    from reportkit.corpus.corpus import Corpus
    from reportkit.corpus.matrix import Cell, Matrix

_VERDICTS = {"confirmed": "確認済み", "partial": "一部確認", "unconfirmed": "未確認"}


@click.group("show", cls=Group)
def show_group() -> None:
    """読み取った事例・表・テンプレートの中身を表示します。

    \b
    例：
      reportkit show case 863
    """


@show_group.command()
@click.argument("name", metavar="ID")
@click.option("--raw", is_flag=True, help="元のファイルを一行ずつ、何として読んだかと並べて表示します")
@seeds_option
def case(name: str, raw: bool, seeds: Path | None) -> None:
    """事例から読み取ったもの：項目、効果、時期、確認結果、指摘。

    \b
    例：
      reportkit show case 863
      reportkit show case ソニー --raw
    """
    from reportkit.project.reading import read_corpus
    from reportkit.project.subjects import find_case

    folder = settings_with(seeds=seeds).seeds
    corpus = read_corpus(folder)
    found = find_case(corpus, name)
    if raw:
        _print_raw(folder, corpus, found)
        return
    for line in _case_lines(found):
        click.echo(printable(line))
    _print_findings([finding for finding in corpus.findings if f"case:{found.id}" in finding.subjects])


@show_group.command()
@click.argument("name", metavar="ID")
@click.option("--sector", metavar="NAME", help="この業界の行だけ表示します")
@seeds_option
def matrix(name: str, sector: str | None, seeds: Path | None) -> None:
    """調査の表。印：r＝値の前の番号、*＝補完された値、+＝結合セルから展開した値、-＝質問なし。

    \b
    例：
      reportkit show matrix impact
      reportkit show matrix impact --sector 医療
    """
    from reportkit.project.reading import read_corpus

    corpus = read_corpus(settings_with(seeds=seeds).seeds)
    found = corpus.matrix(name)
    rows = found.rows.labels
    if sector is not None:
        from reportkit.project.subjects import find_sector

        known = find_sector(corpus, sector)
        rows = tuple(row for row in rows if row in (known.name, *known.members)) or tuple(
            row for row in rows if row in (known.coarse_row, known.respondent_group)
        )
        if not rows:
            raise ProjectError(
                Problem(f"表「{name}」に「{known.name}」の行はありません", f"ある行：{'、'.join(found.rows.labels)}")
            )
    click.echo(f"{found.title}（単位：{found.unit or 'なし'}）  {found.origin.place()}")
    table = list(_matrix_rows(found, rows, with_totals=sector is None))
    turned = list(zip(*table, strict=True))
    print_columns(min(table, turned, key=_width), flush_right=True)
    for note in found.notes:
        click.echo(printable(note.text))
    _print_findings([finding for finding in corpus.findings if _concerns(finding, found, rows)])


@show_group.command()
@click.argument("name", metavar="NAME")
def template(name: str) -> None:
    """テンプレートの本文。自分の templates フォルダーに写して直すために使えます。

    \b
    例：
      reportkit show template briefings/sector.toml
    """
    from reportkit.project.templates import template_folders

    file = template_folders(settings_with()).read(name)
    click.echo(file.text, nl=False)


def _print_raw(folder: Path, corpus: Corpus, case: Case) -> None:
    from reportkit.cli.raw import raw_lines
    from reportkit.project.source_lines import raw_files
    from reportkit.sources.provenance import trace

    click.echo(printable(f"{case.id}  {case.title}"))
    click.echo("\n".join(raw_lines(raw_files(folder, corpus, case), trace(case).unplaced)))


def _case_lines(case: Case) -> Iterator[str]:
    yield f"{case.id}  {case.title}  {case.origin.place()}"
    employees, adoption = case.employees, case.adoption_start
    fields = {
        "企業": case.company,
        "英語名": case.company_en,
        "国": case.country,
        "業界": "、".join(case.sectors) or None,
        "業界（原文）": "、".join(case.industry_raw) or None,
        "従業員": employees.raw if employees else None,
        "導入時期": adoption.raw if adoption else None,
        "AIツール": "、".join(tool.text for tool in case.ai_tools) or None,
        "ベンダー": "、".join(vendor.text for vendor in case.vendors) or None,
    }
    for label, value in fields.items():
        yield f"{label}：{value or '記載なし'}"
    for metric in case.metrics:
        yield f"効果：{metric.label}：{metric.raw}  （{metric.origin.line}行目）"
    for phase in case.phases:
        yield f"時期：{phase.period.raw if phase.period else '記載なし'}  {phase.name}"
    for check in case.fact_checks:
        yield f"確認：{_VERDICTS[check.verdict]}  {check.item}"
    yield f"節：{case.section_count}、参考資料：{len(case.references)}"


def _matrix_rows(matrix: Matrix, rows: tuple[str, ...], *, with_totals: bool) -> Iterator[tuple[str, ...]]:
    columns = [*matrix.columns.labels]
    if matrix.row_total_kind is not None:
        columns.append(matrix.row_total_kind)
    yield ("", *columns)
    names = [*rows]
    if with_totals and matrix.column_total_kind is not None:
        names.append(matrix.column_total_kind)
    for row in names:
        yield (row, *(_shown(matrix.cell(row, column)) for column in columns))


def _concerns(finding: Finding, matrix: Matrix, rows: tuple[str, ...]) -> bool:
    """Tell whether a finding is about the whole matrix or about one of the rows that are shown."""
    if f"matrix:{matrix.id}" not in finding.subjects:
        return False
    sectors = {subject for subject in finding.subjects if subject.startswith("sector:")}
    return not sectors or any(f"sector:{row}" in sectors for row in rows)


def _width(table: Sequence[Sequence[str]]) -> int:
    """Return how wide the table would be printed; the header decides."""
    return max(display_width(row[0]) for row in table) + sum(display_width(cell) + 2 for cell in table[0][1:])


def _shown(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return "-"
    rank = f"r{cell.rank} " if cell.rank is not None else ""
    return f"{rank}{cell.value:,}{'*' if cell.imputed else ''}{'+' if cell.spread else ''}"


def _print_findings(findings: list[Finding]) -> None:
    for finding in findings:
        place = f"{finding.origin.place()}：" if finding.origin else ""
        click.echo(printable(f"{SEVERITY_WORDS[finding.severity]}：{place}{finding.message} → {finding.fix}"))
