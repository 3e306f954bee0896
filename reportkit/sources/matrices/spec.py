"""Matrix specs: one TOML file describes one matrix; adding a matrix needs no Python.

In: `specs/*.toml` of the package, `*.matrix.toml` of the seeds folder. Out: `MatrixSpec`s.
Raises `ProjectError` with every fault of every file at once. `docs/sources.md` explains the keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from reportkit.base.errors import Problem, ProjectError
from reportkit.corpus.matrix import AxisKind, TotalKind
from reportkit.sources.taxonomy import spelling_key, suggest

# Findings of reading (without `matrix.`) that a look at the source can settle; errors cannot be confirmed away.
CONFIRMABLE = (
    "header-shift",
    "header-noise",
    "spanner-shift",
    "column-missing",
    "total-kind",
    "glued-rows",
    "unknown-row",
    "empty-row",
    "duplicate-row",
    "partial-group",
    "spread",
    "unit",
    "percent-sign",
    "merged-columns",
    "transposed",
    "second-total",
    "numeric-header",
    "text-column",
    "ambiguous",
    "hidden",
    "rounded",
    "zero-sign",
    "stub-column",
    "duplicate",
)

_BUILT_IN = Path(__file__).parent.parent / "specs"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column: canonical name, short name for charts, other printed labels, headings above it (outermost first)."""

    name: str
    short: str = ""
    labels: tuple[str, ...] = ()
    spanners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixSpec:
    """How to find one matrix in a document and how to read it.

    captions: one of these words stands above the table or in its header; captions_none: none of these does.
    min_rows, max_rows: how many rows with values or known names it may have.
    columns: for `columns_kind = "item"`; a function axis takes its columns from the taxonomy.
    row_total, column_total: `合計` or `平均` when the table prints a total column / a total row, "" when not.
    merged: groups of rows that share one printed row of values.
    unit_words: words near the table that state the unit; unit_note: why the unit holds when none of them is found.
    imputed_mark: number of the note that marks imputed values; ranks: cells may carry a rank mark.
    bases: id of the matrix whose row totals are the number of respondents behind each row.
    exclusive: every respondent chose one answer, so that rows add up to 100.
    suspect, suspect_reason: the table must not be used without its warnings, and why.
    sheet: words in the name of the sheet, for workbooks; with a sheet there need be no captions.
    scale: what printed values are multiplied with to be in `unit`.
    confirmed: findings of reading, without `matrix.`, that the user has compared with the source.
    prefer: file that wins when several files give the matrix; without it the first path wins.
    edition: the id becomes `id@edition`, so that it stands beside other editions. files: only in these files.
    """

    id: str
    title: str
    unit: str
    rows_kind: AxisKind
    columns_kind: AxisKind
    captions: tuple[str, ...]
    captions_none: tuple[str, ...] = ()
    min_rows: int = 2
    max_rows: int = 400
    columns: tuple[ColumnSpec, ...] = ()
    row_total: str = ""
    column_total: str = ""
    merged: tuple[tuple[str, ...], ...] = ()
    unit_words: tuple[str, ...] = ()
    unit_note: str = ""
    imputed_mark: str = ""
    ranks: bool = False
    question: bool = False
    bases: str = ""
    exclusive: bool = False
    suspect: bool = False
    suspect_reason: str = ""
    sheet: str = ""
    scale: Decimal = Decimal(1)
    confirmed: tuple[str, ...] = ()
    prefer: str = ""
    edition: str = ""
    files: tuple[str, ...] = ()
    place: str = ""

    @property
    def prints_percent(self) -> bool:
        """Tell whether the cells are expected to carry %."""
        return self.unit == "%" and self.scale == 1

    def meant_for(self, source: str) -> bool:
        """Tell whether the spec may describe tables of that file."""
        return not self.files or any(fits_path(source, pattern) for pattern in self.files)


def fits_path(path: str, pattern: str) -> bool:
    """Tell whether a pattern (`*.xlsx`, `2025/*`, a file name) fits a path or the name at its end."""
    return fnmatchcase(path, pattern) or fnmatchcase(PurePosixPath(path).name, pattern)


@cache
def built_in_specs() -> tuple[MatrixSpec, ...]:
    """Return the specs that the package brings along, in the order of their file names."""
    return read_specs((path.name, path.read_text(encoding="utf-8")) for path in sorted(_BUILT_IN.glob("*.toml")))


def extend_specs(base: tuple[MatrixSpec, ...], more: tuple[MatrixSpec, ...]) -> tuple[MatrixSpec, ...]:
    """Return both; a spec of `more` replaces the one of the same id in `base`."""
    replaced = {spec.id: spec for spec in more}
    kept = tuple(replaced.pop(spec.id, spec) for spec in base)
    return (*kept, *replaced.values())


def read_specs(files: Iterable[tuple[str, str]], known: Iterable[MatrixSpec] = ()) -> tuple[MatrixSpec, ...]:
    """Read specs from (place, TOML text) pairs. Raises `ProjectError` with all faults of all files.

    known: specs that a file may extend (`extends = "impact"`): what it does not say is as in that spec.
    """
    by_id = {spec.id: spec for spec in known}
    problems: list[Problem] = []
    specs: dict[str, MatrixSpec] = {}
    for place, text in files:
        spec = _read_spec(place, text, by_id, problems)
        if spec is None:
            continue
        if spec.id in specs:
            what = f"行列「{spec.id}」が {specs[spec.id].place} でも定義されています"
            problems.append(Problem(what, "id を変えるか、どちらかを消してください", place))
        specs.setdefault(spec.id, spec)
    if problems:
        raise ProjectError(problems)
    return tuple(specs.values())


def _read_spec(place: str, text: str, known: Mapping[str, MatrixSpec], problems: list[Problem]) -> MatrixSpec | None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(f"TOML として読めません（{error}）", "書式を直してください", place))
        return None
    before = len(problems)
    base = _extended(data.pop("extends", None), known, place, problems)
    values = base | _checked(MatrixSpec, data, place, problems)
    problems.extend(
        Problem(f"「{name}」がありません", f"{name} を書いてください", place)
        for name in (
            "id",
            "title",
            "unit",
            "rows_kind",
            "columns_kind",
            *(() if values.get("sheet") else ("captions",)),
        )
        if name not in values
    )
    values.setdefault("captions", ())
    for name, allowed in (
        ("rows_kind", get_args(AxisKind)),
        ("columns_kind", get_args(AxisKind)),
        ("row_total", ("", *get_args(TotalKind))),
        ("column_total", ("", *get_args(TotalKind))),
    ):
        if values.get(name, allowed[0]) not in allowed:
            choices = "、".join(word for word in allowed if word)
            problems.append(Problem(f"{name} = 「{values[name]}」は使えません", f"使える値：{choices}", place))
    _check_columns(values, place, problems)
    _check_names(values, place, problems)
    if len(problems) > before:
        return None
    spec = MatrixSpec(**(values | {"place": place}))
    return replace(spec, id=f"{spec.id}@{spec.edition}") if spec.edition else spec


def _extended(name: object, known: Mapping[str, MatrixSpec], place: str, problems: list[Problem]) -> dict[str, Any]:
    """Return the values of the spec that a file extends, {} when it extends none."""
    if name is None:
        return {}
    spec = known.get(name) if isinstance(name, str) else None
    if spec is None:
        near = "、".join(suggest(str(name), known)) or "、".join(known) or "なし"
        problems.append(Problem(f"extends = 「{name}」という行列はありません", f"もしかして：{near}", place))
        return {}
    return {field.name: getattr(spec, field.name) for field in fields(MatrixSpec) if field.name != "place"}


def _check_names(values: Mapping[str, Any], place: str, problems: list[Problem]) -> None:
    for name in values.get("confirmed", ()):
        if name not in CONFIRMABLE:
            near = "、".join(suggest(name, CONFIRMABLE)) or "、".join(CONFIRMABLE)
            problems.append(
                Problem(f"confirmed の「{name}」は確認できる項目ではありません", f"もしかして：{near}", place)
            )
    problems.extend(
        Problem(f"{name} = 「{values[name]}」に「@」や「/」は使えません", "文字と数字と - だけで書いてください", place)
        for name in ("id", "edition")
        if set(values.get(name, "")) & {"@", "/", " ", "\n"}
    )
    if values.get("scale", 1) <= 0:
        problems.append(Problem("scale は正の数でなければなりません", "印刷の値に掛ける数を書いてください", place))


def _check_columns(values: Mapping[str, Any], place: str, problems: list[Problem]) -> None:
    if values.get("columns_kind") == "function":
        return
    columns = values.get("columns", ())
    if not columns:
        problems.append(Problem("列（[[columns]]）がありません", "列の名前を上から順に書いてください", place))
    names = [spelling_key(column.name) for column in columns]
    problems.extend(
        Problem(f"列「{column.name}」が重なっています", "名前を分けてください", place)
        for column in columns
        if names.count(spelling_key(column.name)) > 1
    )


def _checked(kind: type, data: Mapping[str, object], place: str, problems: list[Problem]) -> dict[str, Any]:
    """Return the values that fit the fields of `kind`; everything else becomes a problem."""
    known = {field.name: str(field.type) for field in fields(kind) if field.name != "place"}
    values: dict[str, Any] = {}
    for key, value in data.items():
        wanted = known.get(key)
        if wanted is None:
            near = "、".join(suggest(key, known)) or "、".join(known)
            problems.append(Problem(f"知らない項目「{key}」があります", f"もしかして：{near}", place))
        elif wanted == "Decimal" and (number := _number(value)) is not None:
            values[key] = number
        elif key == "columns" and isinstance(value, list):
            values[key] = tuple(_column(item, place, problems) for item in value)
        elif _fits(wanted, value):
            values[key] = _frozen(value)
        else:
            problems.append(Problem(f"「{key}」の値の型が違います：{value!r}", f"型：{wanted}", place))
    return values


def _column(item: object, place: str, problems: list[Problem]) -> ColumnSpec:
    if isinstance(item, str):
        return ColumnSpec(item)
    if not isinstance(item, dict):
        problems.append(Problem(f"列の書き方が違います：{item!r}", '[[columns]] name = "…" と書いてください', place))
        return ColumnSpec("")
    values = _checked(ColumnSpec, item, place, problems)
    if not values.get("name"):
        problems.append(Problem("名前（name）のない列があります", "name を書いてください", place))
        values["name"] = ""
    return ColumnSpec(**values)


def _number(value: object) -> Decimal | None:
    """Return a number, or a text that is one (`"0.01"`), exactly as written; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _fits(wanted: str, value: object) -> bool:
    if wanted.startswith("tuple[tuple"):
        return isinstance(value, list) and all(_fits("tuple[str, ...]", item) for item in value)
    if wanted.startswith("tuple"):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if wanted == "Decimal":
        return False
    if wanted in {"bool", "int"}:
        return type(value).__name__ == wanted
    return isinstance(value, str)


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
