"""Cases that are told in several files: the joins that the taxonomy asks for, and twins that nobody joined.

In: the cases of a corpus. Out: the cases after joining, and findings. Nothing is joined on its own: the same company
may well have several cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from reportkit.base.finding import Evidence, Finding
from reportkit.base.text import to_half_width
from reportkit.corpus.case import Case
from reportkit.sources.names import slug_of

_MAX_NAME = 300  # what is longer is told apart by its beginning
_SHOWN = 8  # cases of one company that a finding names
_KEPT = frozenset(
    {"id", "title", "origin", "dialect", "sections", "file_sections", "section_count", "joined", "verified",
     "id_origin", "placeholder", "front_matter", "footer", "remarks", "title_links", "places"}
)  # fmt: skip
_TEXTS = ("sections", "file_sections", "front_matter", "footer", "remarks", "title_links")
_GROUP_WORDS = re.compile(r"\s|[・.,'’\-‐]|グループ$|ホールディングス$|\([^()]*\)")


def join_cases(
    cases: Mapping[str, Case], joins: Sequence[Sequence[str]]
) -> tuple[dict[str, Case], dict[str, str], list[Finding]]:
    """Return the cases by id after joining, the new id of each joined one, and a finding for every unknown id.

    The first case of a join keeps its fields; what it does not say comes from the others in order; the text of all is
    kept, front matter and footer too.
    """
    joined = dict(cases)
    renamed: dict[str, str] = {}
    findings: list[Finding] = []
    for ids in joins:
        known = [case_id for case_id in ids if case_id in joined]
        findings.extend(_unknown(case_id, ids) for case_id in ids if case_id not in joined)
        if len(known) < 2:
            continue
        first = joined[known[0]]
        for case_id in known[1:]:
            first = join(first, joined.pop(case_id))
            renamed[case_id] = known[0]
        joined[known[0]] = first
    return joined, renamed, findings


def join(first: Case, second: Case) -> Case:
    """Return one case: the fields of the first, gaps filled from the second, the text of both."""
    changes: dict[str, Any] = {}
    for field in fields(Case):
        if field.name in _KEPT:
            continue
        if getattr(first, field.name) in (None, (), ""):
            changes[field.name] = getattr(second, field.name)
    if first.employees is not None:  # a place goes with its value
        changes.pop("employees_origin", None)
    if first.adoption_start is not None:
        changes.pop("adoption_origin", None)
    taken = {name.split("[")[0] for name, _ in second.places} & changes.keys()
    places = (*first.places, *(place for place in second.places if place[0].split("[")[0] in taken))
    for name in _TEXTS:
        changes[name] = (*getattr(first, name), *getattr(second, name))
    return replace(
        first,
        **changes,
        section_count=first.section_count + second.section_count,
        joined=(*first.joined, second.id, *second.joined),
        verified=first.verified and second.verified,
        placeholder=first.placeholder and second.placeholder,
        places=places,
    )


def _unknown(case_id: str, ids: Sequence[str]) -> Finding:
    return Finding(
        "case.join-unknown",
        "warning",
        f"taxonomy.toml の [[join]] にある事例「{case_id}」がありません（{'、'.join(ids)}）",
        "事例の番号を `reportkit list cases` で確かめ、taxonomy.toml を直してください",
    )


def find_twins(cases: Iterable[Case]) -> list[Finding]:
    """Return a note for every company that has several cases: by its name, or its Japanese and English names."""
    parents: dict[str, str] = {}
    homes: list[tuple[str, Case]] = []
    for case in cases:
        keys = _keys(case)
        if not keys:
            continue
        roots = [_root(parents, key) for key in keys]
        for root in roots[1:]:
            parents[root] = roots[0]
        homes.append((roots[0], case))
    groups: dict[str, list[Case]] = {}
    for key, case in homes:
        groups.setdefault(_root(parents, key), []).append(case)
    return [_twin(group) for group in groups.values() if len(group) > 1]


def _root(parents: dict[str, str], key: str) -> str:
    """Return the name that stands for all names of one company, shortening the way there."""
    while (parent := parents.setdefault(key, key)) != key:
        parents[key] = parents[parent]
        key = parents[key]
    return key


def _keys(case: Case) -> list[str]:
    names = [name[:_MAX_NAME] for name in (case.company, case.company_en) if name]
    keys = [_GROUP_WORDS.sub("", slug_of(to_half_width(name))).casefold() for name in names]
    return list(dict.fromkeys(key for key in keys if len(key) > 1))


def _twin(group: Sequence[Case]) -> Finding:
    shown = group[:_SHOWN]
    ids = "、".join(f"「{case.id}」" for case in shown) + (" など" if len(group) > _SHOWN else "")
    quoted = ", ".join(f'"{case.id}"' for case in shown[:2])
    return Finding(
        "case.same-company",
        "note",
        f"「{group[0].company}」の事例が{len(group)}件あります（{ids}）。同じ事例が二つの資料にあるのかもしれません",
        f"同じ事例なら taxonomy.toml に [[join]] cases = [{quoted}] と書くと一つにまとまります。"
        "別の事例ならこのままで構いません",
        group[0].origin,
        tuple(Evidence(case.id, case.title, case.origin) for case in shown),
        tuple(f"case:{case.id}" for case in group),
    )
