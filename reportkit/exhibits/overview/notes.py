"""Appendix tables of the overview: findings by kind, the findings themselves, the files of the sources."""

from __future__ import annotations

from reportkit.document.table import Column, Table
from reportkit.exhibits.parts import NOT_ASKED, cell, fact_cell, head, inlines, named
from reportkit.views.overview import OverviewView
from reportkit.views.overview.view import SEVERITY_WORDS


def overview_finding_groups(view: OverviewView) -> Table | None:
    """Return how many findings of each kind there are, with one example each."""
    groups = view.findings.groups
    if not groups:
        return None
    return Table(
        id="overview-finding-groups",
        columns=(Column(0.9, "center"), Column(2.4), Column(0.9, "right"), Column(5.4)),
        header=((head("区分"), head("種類", align="left"), head("件数", align="right"), head("例", align="left")),),
        body=tuple(
            (
                cell(group.severity, align="center"),
                cell(named(group.code)),
                fact_cell(group.count),
                cell(named(group.example.message)),
            )
            for group in groups
        ),
        caption=inlines("データの指摘の内訳"),
        small=True,
        summary="データの指摘を種類ごとに数え、例を添えた表。",
    )


def overview_findings(view: OverviewView) -> Table | None:
    """Return errors and warnings with place and remedy."""
    shown = view.findings.shown
    if not shown:
        return None
    left = view.findings.left_out
    return Table(
        id="overview-findings",
        columns=(Column(0.8, "center"), Column(5.0), Column(3.4), Column(2.6)),
        header=((head("区分"), head("指摘", align="left"), head("対応", align="left"), head("場所", align="left")),),
        body=tuple(
            (
                cell(SEVERITY_WORDS[finding.severity], align="center"),
                cell(named(finding.message)),
                cell(named(finding.fix)),
                cell(named(finding.origin.place() if finding.origin is not None else NOT_ASKED)),
            )
            for finding in shown
        ),
        caption=inlines("誤りと警告"),
        notes=(inlines("このほか", left, "の指摘がある。reportkit check で一覧できる。"),) if left is not None else (),
        small=True,
        summary="データの誤りと警告を、対応と場所とともに示す表。",
    )


def overview_sources(view: OverviewView) -> Table | None:
    """Return the files that were read, and those that could not be, with the reason."""
    if not view.sources:
        return None
    return Table(
        id="overview-sources",
        columns=(Column(1.4), Column(5.0), Column(3.4)),
        header=((head("種別", align="left"), head("資料", align="left"), head("ファイル", align="left")),),
        body=tuple(
            (
                cell(source.kind),
                cell(named(source.citation or NOT_ASKED), *((f"（{source.reason}）",) if source.reason else ())),
                cell(named(source.path)),
            )
            for source in view.sources
        ),
        caption=inlines("資料の一覧"),
        small=True,
        summary="読み込んだ資料と、読み取れなかった資料の一覧。",
    )
