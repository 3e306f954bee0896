"""Tell by its content whether a text is a case study, in one glance over its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportkit.sources.cases.index import index_columns
from reportkit.sources.cases.levels import BAR_HEADING, NUMBER_HEADING, usual_levels
from reportkit.sources.cases.opened import CaseText
from reportkit.sources.cases.titles import MAX_TITLE, TITLE_RULES
from reportkit.sources.cases.words import label_field, section_kind
from reportkit.sources.outline import CHECK_BOX, ITEM_MARK, heading_of, split_cells, split_label

_CASE_KEYS = frozenset(
    {"case_id", "case_study_id", "company_name_ja", "company_name", "company", "organization", "subject"}
)
_CASE_KINDS = frozenset(
    {"basic_info", "summary", "quant_effect", "qual_effect", "background", "solution", "tech_stack", "process",
     "success_factors", "issues", "cost_roi", "organisation", "outlook", "lessons", "fact_check"}
)  # fmt: skip
_FENCES = frozenset("`~")
_CASE_TITLE = re.compile(r"事例調査|導入事例|ケーススタディ|100本ノック")
_OWN_TIER = re.compile(r"Tier\s*[1-3]\b", re.IGNORECASE)  # cases of these tiers have files of their own


def recognise_case(text: str | CaseText) -> bool:
    """Tell by its content whether a text is a case study, or several, or an index of cases.

    A company is named and sections of a case follow; or several numbered headings part the file; or a table lists
    companies with numbers, industries and tools.
    """
    opened = CaseText.of(text)
    if opened.json is not None:
        return bool(opened.json.documents)
    front_matter = opened.front_matter
    keys = {entry.path[0] for entry in front_matter.entries}
    look = _Look(company=bool(keys & _CASE_KEYS))
    look.over(opened.lines[front_matter.body_index :])
    if look.index:
        return _OWN_TIER.search(look.title) is None
    known = {kind for kind in map(section_kind, look.headings) if kind in _CASE_KINDS}
    numbered = [heading for heading in look.headings if BAR_HEADING.match(heading) or NUMBER_HEADING.match(heading)]
    if len(numbered) >= 2 and 2 * len(numbered) >= len(look.headings):
        below = {kind for kind in map(section_kind, look.sub_headings) if kind in _CASE_KINDS}
        return look.company or len(below) >= 2 or all(BAR_HEADING.match(heading) for heading in numbered)
    named = known and len(look.title) <= MAX_TITLE and any(rule.match(look.title) for rule in TITLE_RULES)
    if look.company and (len(known) >= 2 or named or (keys & _CASE_KEYS and (known or look.title))):
        return True
    return _CASE_TITLE.search(look.title) is not None and (len(known) >= 2 or (look.company and bool(look.headings)))


@dataclass(slots=True)
class _Look:
    """What one glance over the lines shows."""

    company: bool = False
    index: bool = False
    title: str = ""
    headings: list[str] = field(default_factory=list)
    sub_headings: list[str] = field(default_factory=list)

    def over(self, lines: Sequence[str]) -> None:
        fenced = False
        found: list[tuple[int, str]] = []
        for line in lines:
            first = line[:1]
            if first in _FENCES and line.startswith(("```", "~~~")):
                fenced = not fenced
            if fenced:
                continue
            if first == "#":
                if (heading := heading_of(line)) is not None:
                    found.append(heading)
            elif ("名" in line or "ompany" in line) and len(line) < 400:
                row = line.strip(" \t")
                self.index = self.index or ("|" in row and index_columns(split_cells(row)) is not None)
                self.company = self.company or _names_company(row)
        for level, (_, text) in zip(usual_levels(found), found, strict=True):
            if level == 1:
                self.title = self.title or text
            elif level <= 3:
                (self.headings if level == 2 else self.sub_headings).append(text)


def _names_company(stripped: str) -> bool:
    if stripped.startswith("|") or " | " in stripped:
        cells = split_cells(stripped)
        if 2 <= len(cells) <= 6 and label_field(cells[0].strip("*")) == "company":
            return True
    stripped = stripped.lstrip("> \t")
    if mark := ITEM_MARK.match(stripped):
        stripped = stripped[mark.end() :]
        box = CHECK_BOX.match(stripped)
        stripped = stripped[box.end() :] if box is not None else stripped
    label, value = split_label(stripped)
    return bool(label and value) and label_field(label) == "company"
