"""The taxonomy: TOML in, `Taxonomy` out, and the look-up of any spelling in it.

In: the built-in `taxonomy.toml`, extended by a `taxonomy.toml` of the seeds folder. Out: sectors, functions, countries,
joins of cases.
Raises `ProjectError` with every fault of the file at once.

>>> find_sector(built_in_taxonomy(), "卸小売").name
'卸売・小売'
>>> find_function(built_in_taxonomy(), "SW/ アプリケーション 開発").name
'SW開発/アプリケーション開発'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.text import to_half_width
from reportkit.corpus.taxonomy import Function, Sector, SectorKind, Taxonomy

_BUILT_IN = Path(__file__).with_name("taxonomy.toml")
# Spellings differ in blanks, separators, brackets and dashes more than in words.
_IGNORED = re.compile(r"[\s・･/／,、,()\[\]「」『』\-‐-―&＆×+]")
_TABLES = ("sector", "group_row", "function", "countries", "join")
_LONGEST_NAME = 60  # what is longer is no name, and comparing it with every spelling would take long
_FIX = "taxonomy.toml を直してください"


@lru_cache(maxsize=2048)
def spelling_key(text: str) -> str:
    """Return the form in which two spellings of one name are the same: no blanks, separators, width, case."""
    return _IGNORED.sub("", to_half_width(text)).casefold()


@dataclass(frozen=True, slots=True)
class _Index:
    sectors: Mapping[str, Sector]
    rows: Mapping[str, Sector]
    labels: Mapping[str, tuple[Sector, ...]]
    functions: Mapping[str, Function]
    countries: Mapping[str, str]


class _Same:
    """Key by identity: hashing a taxonomy of five hundred spellings at every look-up would cost more than the rest."""

    __slots__ = ("taxonomy",)

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy

    def __hash__(self) -> int:
        return id(self.taxonomy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.taxonomy is self.taxonomy


def _index(taxonomy: Taxonomy) -> _Index:
    return _build_index(_Same(taxonomy))


@lru_cache(maxsize=16)
def _build_index(same: _Same) -> _Index:
    taxonomy = same.taxonomy
    labels: dict[str, tuple[Sector, ...]] = {}
    for sector in taxonomy.sectors:
        for label in sector.case_aliases:
            key = spelling_key(label)
            labels[key] = (*labels.get(key, ()), sector)
    sectors = {spelling_key(name): sector for sector in taxonomy.sectors for name in (sector.name, *sector.aliases)}
    rows = {spelling_key(name): row for row in taxonomy.group_rows for name in (row.name, *row.aliases)}
    for key, sector in sectors.items():
        labels.setdefault(key, (sector,))
    return _Index(
        sectors=MappingProxyType(sectors),
        rows=MappingProxyType(rows | sectors),
        labels=MappingProxyType(labels),
        functions=MappingProxyType(
            {spelling_key(name): item for item in taxonomy.functions for name in (item.name, *item.aliases)}
        ),
        countries=MappingProxyType({spelling_key(name): short for name, short in taxonomy.country_names}),
    )


def find_sector(taxonomy: Taxonomy, name: str) -> Sector | None:
    """Return the sector with that name or alias, or None. Case labels are not looked at."""
    return _index(taxonomy).sectors.get(spelling_key(name))


def find_row(taxonomy: Taxonomy, name: str) -> Sector | None:
    """Return the sector or the group row (`その他`) with that name or alias: any row that a survey table may have."""
    return _index(taxonomy).rows.get(spelling_key(name))


def find_case_sectors(taxonomy: Taxonomy, label: str) -> tuple[str, ...]:
    """Return the canonical sectors of a case's industry label; () when no alias covers it.

    Case labels come first: `製造業` is その他製造業 for a case, but the group for a matrix.
    """
    return tuple(sector.name for sector in _index(taxonomy).labels.get(spelling_key(label), ()))


def find_function(taxonomy: Taxonomy, name: str) -> Function | None:
    """Return the business function with that name or alias, or None."""
    return _index(taxonomy).functions.get(spelling_key(name))


def find_country(taxonomy: Taxonomy, name: str) -> str | None:
    """Return the short Japanese name of a country (`USA` is 米国), or None when it is not known."""
    return _index(taxonomy).countries.get(spelling_key(name))


def suggest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return the known names that come closest to `name`, best first; () when nothing is near."""
    key = spelling_key(name[:_LONGEST_NAME])
    if not key:
        return ()
    scored: list[tuple[float, str]] = []
    for candidate in dict.fromkeys(known):
        other = spelling_key(candidate)
        if not other:
            continue
        ratio = SequenceMatcher(None, key, other, autojunk=False).ratio()
        if key in other or other in key:
            ratio = max(ratio, 0.6)
        if ratio >= 0.4:
            scored.append((-ratio, candidate))
    return tuple(candidate for _, candidate in sorted(scored)[:count])


def suggest_sectors(taxonomy: Taxonomy, name: str, count: int = 3) -> tuple[str, ...]:
    """Return the canonical sectors whose name, alias or case label comes closest to `name`, best first."""
    owners: dict[str, str] = {}
    for sector in taxonomy.sectors:
        for spelling in (sector.name, *sector.aliases, *sector.case_aliases):
            owners.setdefault(spelling, sector.name)
    near = suggest(name, owners, count * 4)
    return tuple(dict.fromkeys(owners[spelling] for spelling in near))[:count]


@cache
def built_in_taxonomy() -> Taxonomy:
    """Return the taxonomy that the package brings along."""
    return read_taxonomy(_BUILT_IN.read_text(encoding="utf-8"), _BUILT_IN.name)


def read_taxonomy(text: str, place: str, base: Taxonomy | None = None) -> Taxonomy:
    """Read a taxonomy from TOML text; `base` is extended by it, tables of the same name join.

    place: the name that error messages give. Raises `ProjectError` with all faults found.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(Problem(f"TOML として読めません（{error}）", _FIX, place)) from error
    problems: list[Problem] = []

    def fault(what: str, fix: str = _FIX) -> None:
        problems.append(Problem(what, fix, place))

    for unknown in sorted(data.keys() - set(_TABLES)):
        fault(f"知らない項目「{unknown}」があります", f"使える項目：{'、'.join(_TABLES)}")
    start = base or Taxonomy((), ())
    sectors = _join(start.sectors, data.get("sector", []), Sector, fault)
    rows = _join(start.group_rows, data.get("group_row", []), Sector, fault)
    functions = _join(start.functions, data.get("function", []), Function, fault)
    countries = (*start.country_names, *_countries(data.get("countries", {}), fault))
    joins = tuple(dict.fromkeys((*start.joins, *_joins(data.get("join", []), fault))))
    taxonomy = Taxonomy(sectors, functions, rows, tuple(dict.fromkeys(countries)), joins)
    _validate(taxonomy, fault)
    if problems:
        raise ProjectError(problems)
    return taxonomy


_Fault = Callable[..., None]


def _join(known: tuple[Any, ...], tables: object, kind: type, fault: _Fault) -> tuple[Any, ...]:
    """Return the records of `known`, extended and followed by those of the TOML tables."""
    records = {record.name: record for record in known}
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        fault(f"「{kind.__name__.lower()}」は [[…]] の表の並びで書いてください")
        return known
    seen: set[str] = set()
    for table in tables:
        name = table.get("name")
        if not isinstance(name, str) or not name.strip():
            fault(f"名前（name）のない表があります：{table}")
            continue
        if name in seen:
            fault(f"「{name}」が二度定義されています")
            continue
        seen.add(name)
        values = _values(name, table, kind, fault)
        old = records.get(name)
        if old is None:
            needed = {"short": name} if kind is Function else {"kind": "industry"}
            records[name] = kind(**(needed | values))
            continue
        for field in ("aliases", "case_aliases"):
            if field in values:
                values[field] = tuple(dict.fromkeys((*getattr(old, field), *values[field])))
        records[name] = replace(old, **values)
    return tuple(records.values())


def _values(name: str, table: Mapping[str, object], kind: type, fault: _Fault) -> dict[str, Any]:
    known = {field.name: field.type for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = "、".join(suggest(key, known)) or "、".join(known)
            fault(f"「{name}」に知らない項目「{key}」があります", f"もしかして：{near}")
        elif "tuple" in str(known[key]):
            if isinstance(value, list) and all(isinstance(item, str) and spelling_key(item) for item in value):
                values[key] = tuple(value)
            else:
                fault(f"「{name}」の {key} は空でない文字列の並びにしてください")
        elif isinstance(value, str):
            values[key] = value
        else:
            fault(f"「{name}」の {key} は文字列にしてください")
    return values


def _countries(table: object, fault: _Fault) -> list[tuple[str, str]]:
    if not isinstance(table, dict):
        fault("countries は [countries] の表で書いてください")
        return []
    pairs: list[tuple[str, str]] = []
    for short, spellings in table.items():
        if not isinstance(spellings, list) or not all(isinstance(item, str) for item in spellings):
            fault(f"国「{short}」の別名は文字列の並びにしてください")
            continue
        pairs.extend((spelling, short) for spelling in (short, *spellings))
    return pairs


def _joins(tables: object, fault: _Fault) -> list[tuple[str, ...]]:
    """Return the ids of each `[[join]]`; an id may stand in one of them only."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        fault("join は [[join]] の表の並びで書いてください")
        return []
    joins: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for table in tables:
        ids = table.get("cases")
        if unknown := sorted(table.keys() - {"cases"}):
            fault(f"[[join]] に知らない項目「{unknown[0]}」があります", "使える項目：cases")
        if not isinstance(ids, list) or len(ids) < 2 or not all(isinstance(item, str) and item for item in ids):
            fault("[[join]] の cases は二つ以上の事例の番号の並びにしてください", 'cases = ["番号1", "番号2"]')
            continue
        for item in ids:
            if item in seen:
                fault(f"[[join]] に事例「{item}」が二度あります")
            seen.add(item)
        joins.append(tuple(ids))
    return joins


def _validate(taxonomy: Taxonomy, fault: _Fault) -> None:
    names = {sector.name for sector in taxonomy.sectors}
    rows = names | {row.name for row in taxonomy.group_rows}
    for sector in taxonomy.sectors:
        if sector.kind not in get_args(SectorKind):
            fault(
                f"「{sector.name}」の kind「{sector.kind}」は使えません", f"使える値：{'、'.join(get_args(SectorKind))}"
            )
        if (sector.kind == "group") != bool(sector.members):
            fault(f'「{sector.name}」：members は kind = "group" のときだけ、必ず書いてください')
        for member in sector.members:
            if member not in names:
                fault(f"「{sector.name}」の members「{member}」は定義されていません", _near(member, names))
        for field in ("respondent_group", "coarse_row"):
            value = getattr(sector, field)
            if value and value not in rows:
                fault(f"「{sector.name}」の {field}「{value}」は定義されていません", _near(value, rows))
    _unique(((row.name, row.aliases) for row in (*taxonomy.sectors, *taxonomy.group_rows)), fault)
    _unique(((item.name, item.aliases) for item in taxonomy.functions), fault)
    _unique_countries(taxonomy.country_names, fault)


def _near(name: str, known: Iterable[str]) -> str:
    near = "、".join(suggest(name, sorted(known)))
    return f"もしかして：{near}" if near else _FIX


def _unique(records: Iterable[tuple[str, tuple[str, ...]]], fault: _Fault) -> None:
    owners: dict[str, str] = {}
    for name, aliases in records:
        for spelling in (name, *aliases):
            owner = owners.setdefault(spelling_key(spelling), name)
            if owner != name:
                fault(f"「{spelling}」が「{owner}」と「{name}」の両方の名前になっています")


def _unique_countries(pairs: Iterable[tuple[str, str]], fault: _Fault) -> None:
    owners: dict[str, str] = {}
    for spelling, short in pairs:
        owner = owners.setdefault(spelling_key(spelling), short)
        if owner != short:
            fault(f"国名「{spelling}」が「{owner}」と「{short}」の両方の別名になっています")
