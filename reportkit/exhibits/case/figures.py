"""Key figures: up to four effects of the case that fit into tiles."""

from __future__ import annotations

from reportkit.base.text import display_width
from reportkit.document.block import KeyFigure, KeyFigures
from reportkit.exhibits.parts import Inlines, inlines
from reportkit.views.case import CaseView
from reportkit.views.case.effects import Effect

# Half-width columns that a tile holds in its large print, by number of tiles, and in its small print.
_WIDEST_VALUE = {4: 9, 3: 13, 2: 20}
_WIDEST_COMMENT = 44


def case_figures(view: CaseView) -> KeyFigures | None:
    """Return the tiles, results before targets; None when fewer than two effects have a short number."""
    headline = view.headline
    widths = [(effect, _width(effect)) for effect in headline]
    for count, widest in _WIDEST_VALUE.items():
        chosen = [effect for effect, width in widths if width <= widest][:count]
        if len(chosen) == count and (count == 2 or chosen == list(headline[:count])):
            return KeyFigures(tuple(KeyFigure(_label(effect), _value(effect), _comment(effect)) for effect in chosen))
    return None


def _width(effect: Effect) -> int:
    return display_width(effect.headline.text) if effect.headline is not None else 0


def _label(effect: Effect) -> Inlines:
    return inlines(effect.label, *(("（目標）",) if effect.is_target else ()))


def _value(effect: Effect) -> Inlines:
    return inlines(effect.headline) if effect.headline is not None else ()


def _comment(effect: Effect) -> Inlines:
    if effect.after is not None and effect.before is not None and effect.headline is effect.after:
        change = effect.change if effect.change is not None and effect.change.quantity.is_known else effect.computed
        return inlines("導入前は", effect.before, *(("、", change) if change is not None else ()))
    if effect.note is not None and display_width(effect.note.text) <= _WIDEST_COMMENT:
        return inlines(effect.note)
    return ()
