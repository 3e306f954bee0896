"""Which sector or case a user means: an exact name or id, another spelling, or a part of a name.

In: what was typed. Out: a `Sector` or a `Case` of the corpus. Raises `ViewError` that lists the candidates when several
fit, or the nearest names when none does.

>>> find_case(corpus, "ソニー").id  # doctest: +SKIP
'000'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from reportkit.base.errors import Problem, ProjectError, ReportkitError, ViewError
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.taxonomy import Sector
from reportkit.sources.taxonomy import find_sector as find_by_spelling
from reportkit.sources.taxonomy import spelling_key, suggest, suggest_sectors

Subject = TypeVar("Subject", Sector, Case)

_LEGAL_FORMS = re.compile(
    r"株式会社|有限会社|合同会社|\(株\)|（株）|㈱|,?\s*(?:inc|ltd|llc|corp|co)\.?(?=$|[\s,])", re.IGNORECASE
)


def find_sector(corpus: Corpus, name: str) -> Sector:
    """Return the sector that is meant by a name, an alias or an unambiguous part of a name."""
    sector = find_by_spelling(corpus.taxonomy, name)
    if sector is not None:
        return sector
    key = _key(name)
    parts = [sector for sector in corpus.taxonomy.sectors if key and key in _key(sector.name)]
    if len(parts) == 1:
        return parts[0]
    if parts:
        raise _ambiguous("業界", name, [sector.name for sector in parts])
    known = [sector.name for sector in corpus.taxonomy.sectors]
    raise _unknown("業界", name, suggest_sectors(corpus.taxonomy, name), known, "reportkit list sectors")


def find_case(corpus: Corpus, name: str) -> Case:
    """Return the case that is meant by its id, its company, or an unambiguous part of company or title."""
    for fits in _case_rules(name):
        found = [case for case in corpus.cases if fits(case)]
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous("事例", name, [case_label(case) for case in found])
    labels = {label: case_label(case) for case in corpus.cases for label in (case.id, *_names(case))}
    near = tuple(dict.fromkeys(labels[label] for label in suggest(name, labels, 6)))
    raise _unknown("事例", name, near[:3], [case_label(case) for case in corpus.cases], "reportkit list cases")


def find_all(find: Callable[[Corpus, str], Subject], corpus: Corpus, names: Iterable[str]) -> list[Subject]:
    """Return what every name means, each subject once, in the order of the names.

    Raises one `ProjectError` with the problems of all names that mean nothing or too much.
    """
    found: list[Subject] = []
    problems: list[Problem] = []
    for name in names:
        try:
            subject = find(corpus, name)
        except ViewError as error:
            problems.extend(error.problems)
        else:
            if subject not in found:
                found.append(subject)
    if problems:
        raise ProjectError(problems)
    return found


def case_label(case: Case) -> str:
    """Return the case as lists show it: id and company, or title."""
    return f"{case.id}（{case.company or case.title}）"


def _case_rules(name: str) -> tuple[Callable[[Case], bool], ...]:
    """Return the ways to fit a name to a case, strictest first."""
    key, bare = _key(name), _bare(name)
    number = name.strip().lstrip("0")
    if not key:
        return ()
    return (
        lambda case: case.id == name.strip(),
        lambda case: _key(case.id) == key or (number.isdigit() and case.id.lstrip("0") == number),
        lambda case: any(_key(known) == key for known in _names(case)),
        lambda case: bool(bare) and any(_bare(known) == bare for known in _names(case)),
        lambda case: any(key in _key(known) for known in _names(case)),
        lambda case: key in _key(case.title),
        lambda case: key in _key(case.id),
    )


def _names(case: Case) -> tuple[str, ...]:
    return tuple(name for name in (case.company, case.company_en) if name) or (case.title,)


def _bare(name: str) -> str:
    return _key(_LEGAL_FORMS.sub("", name))


def _key(text: str) -> str:
    return spelling_key(unicodedata.normalize("NFKC", text))


def _ambiguous(what: str, name: str, candidates: list[str]) -> ReportkitError:
    return ViewError(
        Problem(f"{what}「{name}」は複数に当てはまります", f"どれか一つを指定してください：{_listed(candidates)}")
    )


def _unknown(what: str, name: str, near: tuple[str, ...], known: list[str], command: str) -> ReportkitError:
    if near:
        fix = f"もしかして：{'、'.join(near)}（一覧は {command}）"
    elif known:
        fix = f"次のいずれかを指定してください：{_listed(known)}（一覧は {command}）"
    else:
        fix = f"seeds フォルダーに{what}がありません。資料を置くか、--seeds で別のフォルダーを指定してください"
    return ViewError(Problem(f"{what}「{name}」は見つかりません", fix))


def _listed(names: list[str], most: int = 20) -> str:
    rest = len(names) - most
    return "、".join(names[:most]) + (f" ほか {rest} 件" if rest > 0 else "")
