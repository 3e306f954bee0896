"""Rules from TOML: the built-in `rules.toml` and the `*.rules.toml` of a seeds folder.

In: (place, text) pairs. Out: `Rules`. A rule of the user replaces the built-in one about the same thing (`off = true`
takes it away); everything else is added. Raises `ProjectError` with all faults of all files, each with its line.
`docs/sources.md` explains the tables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from reportkit.base.errors import Problem, ProjectError
from reportkit.corpus.rules import (
    AverageRule,
    BasesRule,
    Identity,
    ImputationRule,
    Parts,
    ProseRule,
    Rules,
    SeriesRule,
    SumOfLines,
    SumOfMatrices,
)
from reportkit.sources.taxonomy import suggest

_BUILT_IN = Path(__file__).with_name("rules.toml")
_HEADER = re.compile(r"""\s*\[\[\s*["']?(?P<name>[\w-]+)["']?\s*\]\]""")
_KEY = re.compile(r"""\s*["']?(?P<name>[\w-]+)["']?\s*=""")
_LINE = re.compile(r"at line (?P<line>\d+)")
_CHOICES = {"of": ("rows", "columns"), "average": ("row", "column"), "weights": ("equal",)}
_MATRICES = {"result", "factors", "matrix", "counts"}  # keys that name matrices; `parts` does beside `result`


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table of the file: field of `Rules`, the type of its rules, and the keys that say what a rule is about."""

    field: str
    rule: type
    about: tuple[str, ...]


_KINDS: Mapping[str, _Kind] = {
    "identity": _Kind("identities", Identity, ("result",)),
    "sum": _Kind("sums", SumOfMatrices, ("result",)),
    "average": _Kind("averages", AverageRule, ("matrix", "of")),
    "imputation": _Kind("imputations", ImputationRule, ("matrix",)),
    "bases": _Kind("bases", BasesRule, ("matrix",)),
    "prose": _Kind("prose", ProseRule, ("statistic",)),
    "prose_series": _Kind("prose_series", SeriesRule, ("series",)),
    "parts": _Kind("parts", Parts, ("whole",)),
}
_SUM_OF_LINES = _Kind("lines", SumOfLines, ("matrix", "of", "whole"))  # [[sum]] with `matrix`


@cache
def built_in_rules() -> Rules:
    """Return the rules that the package brings along."""
    read = read_rules([(_BUILT_IN.name, _BUILT_IN.read_text(encoding="utf-8"))])
    return Rules(**{name: tuple(_without_place(rule) for rule in rules) for name, rules in _by_field(read)})


def read_rules(files: Iterable[tuple[str, str]], base: Rules | None = None, known: Collection[str] = ()) -> Rules:
    """Return `base` with the rules of the files. Raises `ProjectError` with all faults of all files.

    known: ids of matrices that a rule may name; without them every id is taken.
    """
    problems: list[Problem] = []
    kept = {name: {_about(rule): rule for rule in rules} for name, rules in _by_field(base or Rules())}
    own: dict[object, str] = {}
    for place, text in files:
        for kind, values, where in _tables(place, text, problems):
            switched_off = values.pop("off", False)
            rule = _rule(kind, values, where, known, switched_off is True, problems)
            if switched_off not in (True, False):
                problems.append(Problem("off は true か false です", "off = true と書いてください", where.at("off")))
            if rule is None:
                continue
            about = (kind.field, rule)
            if about in own:
                what = f"同じものについての規則が {own[about]} にもあります"
                problems.append(Problem(what, "どちらかを消してください", where.at()))
                continue
            own[about] = where.at()
            if switched_off:
                kept[kind.field].pop(rule, None)
            else:
                kept[kind.field][rule] = kind.rule(**_values(kind, values), place=where.at())
    if problems:
        raise ProjectError(problems)
    return Rules(**{name: tuple(rules.values()) for name, rules in kept.items()})


def _by_field(rules: Rules) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for field in fields(Rules):
        yield field.name, getattr(rules, field.name)


def _without_place(rule: Any) -> Any:
    return type(rule)(**{item.name: getattr(rule, item.name) for item in fields(rule) if item.name != "place"})


def _about(rule: Any) -> tuple[object, ...]:
    kind = next(kind for kind in (*_KINDS.values(), _SUM_OF_LINES) if kind.rule is type(rule))
    return tuple(getattr(rule, key) for key in kind.about)


# --- tables and their lines ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Where:
    """A table of a file: its line, and the lines of its keys."""

    place: str
    line: int
    keys: Mapping[str, int]

    def at(self, key: str = "") -> str:
        """Return file and line of a key, of the table when it has none."""
        return f"{self.place}:{self.keys.get(key, self.line)}"


def _tables(place: str, text: str, problems: list[Problem]) -> Iterator[tuple[_Kind, dict[str, Any], _Where]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"{place}:{line['line']}" if line else place
        problems.append(Problem(f"TOML として読めません（{error}）", "書式を直してください", where))
        return
    lines = _lines(place, text)
    for name, tables in data.items():
        places = lines.get(name, ())
        first = places[0].at() if places else f"{place}:{_line_of(text, name)}"
        if name not in _KINDS:
            near = "、".join(f"[[{other}]]" for other in suggest(name, _KINDS) or _KINDS)
            problems.append(Problem(f"「{name}」という規則はありません", f"もしかして：{near}", first))
        elif not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            what = f"[[{name}]] の表で書いてください"
            problems.append(Problem(f"「{name}」の書き方が違います", what, first))
        else:
            for index, table in enumerate(tables):
                own = places[index] if index < len(places) else _Where(place, _line_of(text, name), {})
                kind = _SUM_OF_LINES if name == "sum" and "matrix" in table else _KINDS[name]
                yield kind, dict(table), own


def _lines(place: str, text: str) -> dict[str, list[_Where]]:
    """Return for each kind of table where its tables and their keys stand; TOML itself does not tell."""
    found: dict[str, list[_Where]] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            keys = {}
            found.setdefault(header["name"], []).append(_Where(place, number, keys))
        elif key := _KEY.match(line):
            keys.setdefault(key["name"], number)
    return found


def _line_of(text: str, name: str) -> int:
    return next((at for at, line in enumerate(text.splitlines(), start=1) if name in line), 1)


# --- one rule --------------------------------------------------------------------------------------------------------


def _rule(
    kind: _Kind,
    values: Mapping[str, Any],
    where: _Where,
    known: Collection[str],
    off: bool,
    problems: list[Problem],
) -> tuple[object, ...] | None:
    """Return what the rule is about, None when it has a fault; a rule that is taken away needs no more than that."""
    before = len(problems)
    wanted = {item.name: item for item in fields(kind.rule) if item.name != "place"}
    for key, value in values.items():
        if key not in wanted:
            near = "、".join(suggest(key, (*wanted, "off")) or wanted)
            problems.append(Problem(f"知らない項目「{key}」があります", f"もしかして：{near}", where.at(key)))
        elif fault := _fault(key, str(wanted[key].type), value):
            problems.append(Problem(f"「{key}」の値 {value!r} は使えません", fault, where.at(key)))
        elif known and (key in _MATRICES or (key == "parts" and kind.rule is SumOfMatrices)):
            for name in (value,) if isinstance(value, str) else value:
                if name not in known:
                    near = "、".join(suggest(name, known) or known)
                    problems.append(Problem(f"「{name}」という行列はありません", f"もしかして：{near}", where.at(key)))
    needed = kind.about if off else tuple(name for name, item in wanted.items() if item.default is MISSING)
    problems.extend(
        Problem(f"「{name}」がありません", f"{name} を書いてください", where.at())
        for name in needed
        if name not in values
    )
    return tuple(values[key] for key in kind.about) if len(problems) == before else None


def _fault(key: str, wanted: str, value: object) -> str:
    """Return what would be right, "" when the value is."""
    if key in _CHOICES:
        return "" if value in _CHOICES[key] else f"使える値：{'、'.join(_CHOICES[key])}"
    if wanted.startswith("tuple"):
        right = isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)
        return "" if right else '名前の並びで書いてください（["a", "b"]）'
    if wanted == "bool":
        return "" if isinstance(value, bool) else "true か false を書いてください"
    if wanted == "int":
        return (
            "" if isinstance(value, int) and not isinstance(value, bool) and value > 0 else "正の整数を書いてください"
        )
    return "" if isinstance(value, str) and value else '文字列で書いてください（"…"）'


def _values(kind: _Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    known = {item.name for item in fields(kind.rule)}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items() if key in known}
