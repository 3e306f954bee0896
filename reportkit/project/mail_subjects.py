"""What a mailing list means by a subject: a sector, a case, the overview, all cases of a sector or with a tag, or all.

医療 / sector:医療 / sector:*      ソニーグループ / case:863 / case:*      overview
cases:医療                          tag:需要予測                            all
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property

from reportkit.base.errors import Problem, ViewError
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.project.api import OVERVIEW_NAMES
from reportkit.project.documents import OVERVIEW, Subject, all_subjects
from reportkit.project.subjects import find_case, find_sector
from reportkit.sources.taxonomy import suggest

_EVERYTHING = ("all", "すべて", "全部", "*")
_PREFIX = re.compile(r"^\s*([^\s:：/／]+)\s*[:：/／]\s*(.+?)\s*$")
_KINDS = {"sector": "sector", "業界": "sector", "業種": "sector", "case": "case", "事例": "case", "cases": "cases",
          "業界の事例": "cases", "tag": "tag", "タグ": "tag"}  # fmt: skip
_TAG_FIELDS = ("tags", "tag", "タグ", "keywords", "キーワード")
_TAG_BREAKS = re.compile(r"[、,，;；/／|\n]+")


class MailSubjects:
    """The subjects of one corpus by the words of a mailing list."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def resolve(self, word: str) -> tuple[str, ...]:
        """Return the ids of the briefings that a word means. Raises `ViewError` with the nearest names."""
        plain = word.strip()
        if plain.casefold() in _EVERYTHING:
            return tuple(subject.id for subject in self._all)
        if plain.casefold() in OVERVIEW_NAMES:
            return (OVERVIEW.id,)
        prefix = _PREFIX.match(plain)
        kind = _KINDS.get(prefix[1].casefold()) if prefix else None
        if prefix is None or kind is None:
            return self._bare(plain)
        name = prefix[2]
        match kind:
            case "sector" | "case" if name == "*":
                return tuple(subject.id for subject in self._all if subject.kind == kind)
            case "sector":
                return (self._sector(name),)
            case "case":
                return (self._case(name),)
            case "cases":
                return self._cases_of(name)
            case _:
                return self._tagged(name)

    @cached_property
    def _all(self) -> tuple[Subject, ...]:
        return all_subjects(self._corpus)

    def _sector(self, name: str) -> str:
        return Subject("sector", find_sector(self._corpus, name).name).id

    def _case(self, name: str) -> str:
        return Subject("case", find_case(self._corpus, name).id).id

    def _bare(self, name: str) -> tuple[str, ...]:
        problems: list[Problem] = []
        finders: tuple[Callable[[str], str], ...] = (self._sector, self._case)
        for find in finders:
            try:
                return (find(name),)
            except ViewError as error:
                problems.extend(error.problems)
        fixes = "。".join(dict.fromkeys(problem.fix for problem in problems))
        raise ViewError(Problem(f"対象「{name[:60]}」という業界も事例も見つかりません", fixes))

    def _cases_of(self, name: str) -> tuple[str, ...]:
        sector = find_sector(self._corpus, name)
        names = {sector.name, *sector.members}
        found = [case for case in self._corpus.cases if names & {*case.sectors}]
        if not found:
            fix = "事例のある業界は reportkit list sectors で確かめられます"
            raise ViewError(Problem(f"業界「{sector.name}」の事例はまだありません", fix))
        return _ids(found)

    def _tagged(self, name: str) -> tuple[str, ...]:
        found = self._tags.get(_key(name))
        if found:
            return _ids(found)
        known = sorted({tag for case in self._corpus.cases for tag in tags_of(case)})
        near = suggest(name, known)
        if near:
            fix = f"もしかして：{'、'.join(near)}"
        else:
            listed = "、".join(known[:20])
            fix = (
                f"使えるタグ：{listed}"
                if listed
                else "タグ（tags）のある事例がありません。業界か事例の名前で指定してください"
            )
        raise ViewError(Problem(f"タグ「{name[:60]}」の付いた事例はありません", fix))

    @cached_property
    def _tags(self) -> dict[str, list[Case]]:
        found: dict[str, list[Case]] = {}
        for case in self._corpus.cases:
            for tag in dict.fromkeys(map(_key, tags_of(case))):
                found.setdefault(tag, []).append(case)
        return found


def tags_of(case: Case) -> tuple[str, ...]:
    """Return the tags that the front matter or the profile of a case gives it."""
    pairs = [*case.front_matter, *case.profile]
    texts = [pair.text for pair in pairs if pair.label.partition(".")[0].casefold() in _TAG_FIELDS]
    words = (word.strip(" []\"'#") for text in texts for word in _TAG_BREAKS.split(text))
    return tuple(dict.fromkeys(word for word in words if word and not word.endswith(":")))


def _key(tag: str) -> str:
    return unicodedata.normalize("NFKC", tag).casefold().replace(" ", "").replace("_", "").replace("-", "")


def _ids(cases: list[Case]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(Subject("case", case.id).id for case in cases))
