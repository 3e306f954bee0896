"""`reportkit show`: one case, one matrix, or the text of one template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.text import printable
from reportkit.cli.commands import SEVERITY_WORDS, Group, seeds_option, settings_with

if TYPE_CHECKING:
    from reportkit.base.finding import Finding
    from reportkit.corpus.case import Case
    from reportkit.corpus.corpus import Corpus
    from reportkit.corpus.matrix import Matrix

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
    from reportkit.project.reading import read_project
    from reportkit.project.subjects import find_case

    settings = settings_with(seeds=seeds)
    corpus = read_project(settings)
    found = find_case(corpus, name)
    if raw:
        _print_raw(settings.seeds, corpus, found)
        return
    for line in _case_lines(found):
        click.echo(printable(line))
    _print_findings([finding for finding in corpus.findings if f"case:{found.id}" in finding.subjects])


@show_group.command()
@click.argument("name", metavar="ID")
@click.option("--sector", metavar="NAME", help="この業界の行だけ表示します")
@click.option("--intervals/--no-intervals", default=True, help="割合に95%の信頼区間を添えます（省くと添える）")
@seeds_option
def matrix(name: str, sector: str | None, intervals: bool, seeds: Path | None) -> None:
    """調査の表を、印、合計、回答者数（n）、信頼区間、注、指摘とともに表示します。

    \b
    印：r＝値の前の番号、*＝補完された値、+＝結合セルから展開した値、!＝指摘のある値、-＝質問なし

    \b
    例：
      reportkit show matrix impact
      reportkit show matrix impact --sector 医療
    """
    from reportkit.cli.matrix_text import matrix_lines
    from reportkit.project.reading import read_project
    from reportkit.views.doubts import index_findings

    corpus = read_project(settings_with(seeds=seeds))
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
    for line in matrix_lines(found, rows, index_findings(corpus.findings), totals=sector is None, intervals=intervals):
        click.echo(printable(line))
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


def _concerns(finding: Finding, matrix: Matrix, rows: tuple[str, ...]) -> bool:
    """Tell whether a finding is about the whole matrix or about one of the rows that are shown."""
    if f"matrix:{matrix.id}" not in finding.subjects:
        return False
    start = f"cell:{matrix.id}/"
    named = {subject for subject in finding.subjects if subject.startswith(("sector:", start))}
    own = tuple(f"{start}{row}/" for row in rows)
    return not named or any(name.startswith(own) or name.removeprefix("sector:") in rows for name in named)


def _print_findings(findings: list[Finding]) -> None:
    for finding in findings:
        place = f"{finding.origin.place()}：" if finding.origin else ""
        click.echo(printable(f"{SEVERITY_WORDS[finding.severity]}：{place}{finding.message} → {finding.fix}"))
