"""Tables of effects: stated values, and states before and after with stated and computed change."""

from __future__ import annotations

from reportkit.base.fact import Fact
from reportkit.base.text import display_width
from reportkit.document.inline import Inline, Quoted
from reportkit.document.table import Align, Column, Table, TableCell
from reportkit.exhibits.parts import DASH, cell, fact_cell, head, inlines, named, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.effects import Effect

_NARROW = 1.6  # weight of a column
_LINE, _PADDING, _WIDEST_SHARE = 96, 3, 0.25  # of a table: half-width columns in its width, in the margins of a cell
_WIDEST_NUMBER = 18  # half-width columns; longer values read better from the left
_COMPUTED = "変化（計算）"


def case_effects(view: CaseView) -> Table | None:
    """Return the effects that have a value but no state before or after."""
    effects = tuple(effect for effect in view.effects if effect.is_stated and not effect.has_states)
    if not effects:
        return None
    parts = [(effect.value or effect.change, _second(effect)) for effect in effects]
    with_change = any(second for _, second in parts)
    with_notes = any(effect.note for effect in effects)
    given = (True, True, with_change, with_notes)
    shown = [
        _chosen((effect.label.text, _text(first), _text(second), effect.note.text if effect.note else ""), given)
        for effect, (first, second) in zip(effects, parts, strict=True)
    ]
    heads = _heads(effects, _chosen(("指標", "数値", "変化", "備考"), given), shown)
    align = _alignment([fact for pair in parts for fact in pair])
    body = []
    for effect, (first, second) in zip(effects, parts, strict=True):
        row = [_label(effect), fact_cell(first, align=align)]
        if with_change:
            row.append(fact_cell(second, align=align))
        if with_notes:
            row.append(_note(effect))
        body.append(tuple(row))
    weights = [2.8, 2.0, *([1.4] if with_change else []), *([2.8] if with_notes else [])]
    aligns: list[Align] = ["left", align, *([align] if with_change else []), "left"]
    return _table(view, "case-effects", "の効果", heads, tuple(weights), tuple(aligns), body, effects)


def case_changes(view: CaseView) -> Table | None:
    """Return the effects with a state before or after, with the change as stated and as computed from both."""
    effects = tuple(effect for effect in view.effects if effect.has_states)
    if not effects:
        return None
    with_change = any(effect.change for effect in effects)
    with_computed = any(effect.computed for effect in effects)
    with_notes = any(effect.note for effect in effects)
    given = (True, True, True, with_change, with_notes)
    shown = [
        _chosen(
            (
                effect.label.text,
                _text(effect.before),
                _text(effect.after),
                _text(effect.change),
                effect.note.text if effect.note else "",
            ),
            given,
        )
        for effect in effects
    ]
    heads = list(_heads(effects, _chosen(("指標", "導入前", "導入後", "変化（記載）", "備考"), given), shown))
    if with_computed:
        heads.insert(4 if with_change else 3, named(_COMPUTED))
    align = _alignment([fact for effect in effects for fact in (effect.before, effect.after, effect.change)])
    body = []
    for effect in effects:
        row = [_label(effect), fact_cell(effect.before, align=align), fact_cell(effect.after, align=align)]
        if with_change:
            row.append(fact_cell(effect.change, align=align))
        if with_computed:
            row.append(fact_cell(effect.computed, align=align))
        if with_notes:
            row.append(_note(effect))
        body.append(tuple(row))
    others = [1.6] * (len(heads) - 3)
    if with_notes:
        others[-1] = 2.4
    states = _weights(([effect.before for effect in effects], [effect.after for effect in effects]), 2.8 + sum(others))
    weights = [2.8, *states, *others]
    aligns: list[Align] = ["left", *([align] * (len(heads) - 1))]
    if with_notes:
        aligns[-1] = "left"
    return _table(view, "case-changes", "の導入前後", tuple(heads), tuple(weights), tuple(aligns), body, effects)


def _table(
    view: CaseView,
    table_id: str,
    caption: str,
    heads: tuple[Inline, ...],
    weights: tuple[float, ...],
    aligns: tuple[Align, ...],
    body: list[tuple[TableCell, ...]],
    effects: tuple[Effect, ...],
) -> Table:
    notes = []
    if any(effect.is_target for effect in effects):
        notes.append(inlines("（目標）は実績ではなく、資料が目標・計画・見込みとする値。"))
    if any(effect.computed for effect in effects):
        notes.append(inlines("変化（計算）は、資料の導入前と導入後の値から算出した。"))
    columns = tuple(Column(weight, align) for weight, align in zip(weights, aligns, strict=False))
    return Table(
        id=table_id,
        columns=columns,
        header=(tuple(head(each, align=column.align) for each, column in zip(heads, columns, strict=True)),),
        body=tuple(body),
        caption=inlines(view.name, caption),
        source=source_line(view.citation, computed=any(effect.computed for effect in effects)),
        notes=tuple(notes),
        summary=f"{view.name}が挙げる効果の指標と数値の表。",
    )


def _heads(effects: tuple[Effect, ...], defaults: tuple[str, ...], shown: list[tuple[str, ...]]) -> tuple[Inline, ...]:
    """Return the source's own column heads when its rows are cell by cell what we show, else ours.

    A source may give the state after before the state before, or put other things into its columns.
    """
    headers = {effect.header for effect in effects}
    if len(headers) == 1 and all(_same(effect.cells, row) for effect, row in zip(effects, shown, strict=True)):
        header = next(iter(headers))
        if len(header) == len(defaults) and all(header):
            return tuple(Quoted(each) for each in header)
    return tuple(named(each) for each in defaults)


def _same(cells: tuple[str, ...], shown: tuple[str, ...]) -> bool:
    """Tell whether the source's cells are the shown ones; what we leave empty may be a dash there."""
    if len(cells) != len(shown):
        return False
    return all(
        given.strip() == ours.strip() or (not ours and not given.strip(" -–—"))
        for given, ours in zip(cells, shown, strict=True)
    )


def _chosen(names: tuple[str, ...], given: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(name for name, is_given in zip(names, given, strict=True) if is_given)


def _second(effect: Effect) -> Fact | None:
    """Return the change beside a value, None where the value is that change itself (`18%向上`)."""
    if effect.value is None or effect.change is None or effect.change.text == effect.value.text:
        return None
    return effect.change


def _text(fact: Fact | None) -> str:
    return fact.text if fact is not None else ""


def _label(effect: Effect) -> TableCell:
    return cell(effect.label, *(("（目標）",) if effect.is_target else ()))


def _note(effect: Effect) -> TableCell:
    return cell(effect.note) if effect.note else DASH


def _weights(columns: tuple[list[Fact | None], ...], others: float) -> list[float]:
    """Return weights of columns, beside others of that weight together, that keep `600分/プロジェクト` on one line.

    What is longer than a quarter of the line may break.
    """
    widest = (max((display_width(fact.text) for fact in facts if fact is not None), default=0) for facts in columns)
    shares = [min((width + _PADDING) / _LINE, _WIDEST_SHARE) for width in widest]
    total = others / (1 - sum(shares))
    wide = [share for share in shares if total * share > _NARROW]
    total = (others + _NARROW * (len(shares) - len(wide))) / (1 - sum(wide))
    return [round(max(_NARROW, total * share), 2) for share in shares]


def _alignment(facts: list[Fact | None]) -> Align:
    widths = [display_width(fact.text) for fact in facts if fact is not None]
    return "right" if max(widths, default=0) <= _WIDEST_NUMBER else "left"
