"""Tiles at the top of a sector briefing: impact, reduction, intent, largest barrier; other figures for 公共."""

from __future__ import annotations

from reportkit.document.block import KeyFigure, KeyFigures
from reportkit.exhibits.parts import Inlines, inlines, named
from reportkit.views.facts import DOUBTFUL
from reportkit.views.sector import SectorView
from reportkit.views.sector.impact import Level


def sector_key_figures(view: SectorView) -> KeyFigures | None:
    """Return two to four tiles, or None when there is not even one figure to show."""
    tiles = _survey_tiles(view) or _other_tiles(view)
    return KeyFigures(tuple(tiles[:4])) if len(tiles) > 1 else None


def _survey_tiles(view: SectorView) -> list[KeyFigure]:
    tiles: list[KeyFigure] = []
    if view.impact is not None:
        impact = view.impact
        if impact.rank is not None:
            comment = inlines("全産業の", impact.share, "、", impact.industries, "中", impact.rank)
        else:
            comment = inlines("全産業の", impact.share, "（構成業種の合計）")
        tiles.append(KeyFigure(inlines("効率化・コスト削減効果"), inlines(impact.total_aloud), comment))
        for label, level in (("業務削減割合", impact.reduction), ("導入意向", impact.intent)):
            if level is not None:
                tiles.append(KeyFigure(inlines(label), inlines(level.value), _beside(level)))
    if view.barriers is not None:
        top = view.barriers.largest[0]
        whose = (named(view.barriers.row), "、") if view.barriers.coarser else ()
        comment = inlines(named(top.short), "（", *whose, "平均に対し", top.difference, "）")
        tiles.append(KeyFigure(inlines("最大の障壁"), inlines(top.value), comment))
    return tiles


def _beside(level: Level) -> Inlines:
    doubt = ("（要確認）",) if DOUBTFUL in level.value.flags else ()
    return inlines("全産業平均", level.average, "に対し", level.difference, *doubt)


def _other_tiles(view: SectorView) -> list[KeyFigure]:
    cases = view.cases
    tiles: list[KeyFigure] = []
    if cases.profiled:
        tiles.append(KeyFigure(inlines("収録事例"), inlines(cases.count), inlines("全", cases.total, "のうち")))
    if view.usage is None:
        return tiles
    home = view.usage.home
    if home is not None and home.facts[-1] is not None:
        comment = inlines(named(view.usage.last_period), "、前回との差", home.growth) if home.growth is not None else ()
        tiles.append(KeyFigure(inlines(named(home.country), "の個人の利用経験"), inlines(home.facts[-1]), comment))
    tiles.extend(
        KeyFigure(inlines(named(figure.label)), inlines(figure.fact), inlines(named(figure.period)))
        for figure in view.usage.organisation_figures
    )
    return tiles
