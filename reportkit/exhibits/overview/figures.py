"""Key figures of the overview: total effect, the leading industry, the leading three together, cases."""

from __future__ import annotations

from reportkit.document.block import KeyFigure, KeyFigures
from reportkit.exhibits.parts import inlines, named
from reportkit.views.facts import as_read_aloud
from reportkit.views.overview import OverviewView


def overview_figures(view: OverviewView) -> KeyFigures | None:
    """Return two to four tiles, or None when neither survey nor cases give two."""
    tiles = []
    survey = view.survey
    if survey is not None:
        whole, top = as_read_aloud(survey.total), survey.lines[0]
        tiles.append(KeyFigure(inlines("効率化・コスト削減効果"), inlines(whole), inlines("全産業の合計")))
        value = as_read_aloud(top.impact)
        comment = inlines(named(top.sector), "（構成比", top.share, "）")
        tiles.append(KeyFigure(inlines("効果が最大の産業"), inlines(value), comment))
        if survey.top_share is not None:
            names = "、".join(line.sector for line in survey.lines[:3])
            tiles.append(KeyFigure(inlines("上位の業種の構成比"), inlines(survey.top_share), inlines(named(names))))
    if view.cases.count.quantity.value:
        tiles.append(KeyFigure(inlines("収録事例"), inlines(view.cases.count), inlines("業種別・年別の内訳は事例の章")))
    return KeyFigures(tuple(tiles)) if len(tiles) > 1 else None
