"""Tables for 公共: fields with their leading ministries, national projects at home and abroad."""

from __future__ import annotations

from reportkit.document.table import Column, Table
from reportkit.exhibits.parts import NOT_ASKED, cell, head, inlines, list_cell, named, source_line
from reportkit.views.sector import SectorView


def sector_ministries(view: SectorView) -> Table | None:
    """Return the fields with leading ministry and measures, or None outside of 公共."""
    if view.public_role is None or not view.public_role.fields:
        return None
    return Table(
        id="sector-ministries",
        columns=(Column(2.6), Column(1.6), Column(6)),
        header=((head("領域", align="left"), head("主体となる省庁", align="left"), head("確保の方策", align="left")),),
        body=tuple(
            (
                cell(named(field.field)),
                cell(named(field.ministry)),
                list_cell(inlines(named(text)) for text in field.measures),
            )
            for field in view.public_role.fields
        ),
        caption=inlines("勝ち筋領域のデータ確保を担う省庁"),
        source=source_line(view.citation("resources")),
        small=True,
        summary="勝ち筋領域ごとに、主体となる省庁とデータ確保の方策を示す表。",
    )


def sector_national_projects(view: SectorView) -> Table | None:
    """Return the national projects, or None outside of 公共."""
    if view.public_role is None or not view.public_role.projects:
        return None
    return Table(
        id="sector-national-projects",
        columns=(Column(0.9), Column(2.6), Column(1.5), Column(1.8), Column(5.4)),
        header=(
            (
                head("国", align="left"),
                head("プロジェクト", align="left"),
                head("実施年", align="left"),
                head("実施機関", align="left"),
                head("概要", align="left"),
            ),
        ),
        body=tuple(
            (
                cell(named(project.country)),
                cell(named(project.name)),
                cell(named(project.years or NOT_ASKED)),
                cell(named(project.agency)),
                cell(named(project.summary)),
            )
            for project in view.public_role.projects
        ),
        caption=inlines("国内外の国家プロジェクト"),
        source=source_line(view.citation("projects")),
        small=True,
        summary="技術開発に関わる国家プロジェクトの国、実施年、実施機関、概要を示す表。",
    )
