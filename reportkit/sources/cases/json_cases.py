"""Case files in JSON: what their keys mean, as an outline that the reader of all other dialects can read.

In: the text of a JSON file. Out: `JsonDocument`s, one for each case: its keys and values as `FrontMatter`, and
pieces of an outline with the headings that a Markdown file would have. A file is one map, or holds a list of maps that
each name a company. A text field with a twin in English (`..._en`) is told in Japanese; the twin stays among the keys.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from reportkit.sources.cases.words import FRONT_MATTER, is_no_value, label_field, section_kind
from reportkit.sources.front_matter import Entry, Fault, FrontMatter
from reportkit.sources.json_text import JsonText, read_json
from reportkit.sources.outline import Piece, clean_text, split_label

DIALECT = "J1"

# Heading of a section -> keys that belong under it, with the label that the value gets.
_KEYS = {
    "導入背景・課題": {"challenge_statement": "課題", "business_problem": "課題"},
    "ソリューション詳細": {
        "solution_description": "概要", "solution_overview": "概要", "use_case": "用途", "use_cases": "用途",
    },
    "技術スタック": {"technology_stack": "技術スタック", "integration_points": "連携先"},
    "定量的効果": {
        "key_outcomes": "主要成果", "key_results": "主要成果", "success_metrics": "成果指標",
        "quantitative_results": "定量的効果",
    },
    "定性効果": {"stakeholder_feedback": "関係者の声", "qualitative_results": "定性効果"},
    "導入プロセス": {
        "implementation_approach": "導入の進め方", "timeline_months": "実装期間",
        "implementation_time_months": "実装期間", "implementation_timeline_months": "実装期間",
    },
    "コスト分析": {"budget_range": "予算規模", "roi_estimate": "ROI", "roi_percentage": "ROI", "investment": "投資額"},
    "課題・対策": {
        "risks_identified": "リスク", "risk_mitigation": "対策", "challenges_faced": "課題", "challenges": "課題",
    },
    "成功要因": {"success_factors": "成功要因", "competitive_advantage": "競争優位"},
    "組織体制": {
        "team_size": "チーム規模", "key_partnerships": "提携先", "regulatory_considerations": "規制への対応",
        "regulatory_compliance": "規制への対応",
    },
    "今後の展開": {"scalability_potential": "展開の余地", "future_roadmap": "ロードマップ"},
    "他社への示唆": {"lessons_learned": "示唆"},
    "市場機会": {"market_opportunity": "市場機会"},
    "参考資料": {"data_sources": "", "sources": "", "references": "", "source_credibility": ""},
    "備考": {"notes": "備考", "case_status": "状況"},
}  # fmt: skip
_SECTION_OF = {key: (title, label) for title, keys in _KEYS.items() for key, label in keys.items()}
# A key that is none of these is placed by the words in it; the first line that fits wins.
_KEY_WORDS = (
    ("課題・対策", re.compile(r"risk|issue|obstacle|mitigation|countermeasure")),
    ("導入背景・課題", re.compile(r"challenge|problem|background|pain|objective")),
    ("ソリューション詳細", re.compile(r"solution|feature|function")),
    ("定性効果", re.compile(r"qualitative|feedback|voice")),
    ("定量的効果", re.compile(r"outcome|result|kpi|metric|impact|effect|benefit|achievement")),
    ("今後の展開", re.compile(r"roadmap|future|outlook|next_step|scalab|expansion")),
    ("他社への示唆", re.compile(r"lesson|learning|implication|takeaway|recommend")),
    ("成功要因", re.compile(r"success_factor|key_factor")),
    ("技術スタック", re.compile(r"tech|architecture|integration|infrastructure")),
    ("コスト分析", re.compile(r"budget|cost|roi(?:_|$)|invest|payback")),
    ("導入プロセス", re.compile(r"approach|process|phase|timeline|milestone|rollout_plan")),
    ("組織体制", re.compile(r"team|partner|regulat|govern|complian|organi[sz]ation_structure")),
    ("参考資料", re.compile(r"source|reference|citation|link|url")),
    ("備考", re.compile(r"note|remark|comment|summary")),
)
_UNITS = {"timeline_months": "ヶ月", "implementation_time_months": "ヶ月", "implementation_timeline_months": "ヶ月",
          "roi_percentage": "%", "team_size": "人"}  # fmt: skip
_FIELD_KEYS = frozenset(key for keys in FRONT_MATTER.values() for key in keys)
_COMPANY_KEYS = frozenset({"company_name", "company_name_ja", "company", "organization", "企業名", "会社名"})
_EFFECT_MAPS = frozenset({"key_metrics", "quantitative_impact", "metrics", "kpis", "results"})
_AFTER = "_after"
_NUMBERED = re.compile(r"_[0-9]+$")
_DASH = re.compile(r"^(.{1,60}?)\s+[-–—]\s+(.+)$")
_STATED = re.compile(r"^(.{1,60}?[^0-9０-９約最<>+\-\s=])\s*=?\s*((?:約|最大|最低)?\s?[<>+\-]?[0-9０-９].*)$")
_ISSUES = "課題・対策"
_NEAR = 10  # lines; states that stand further apart keep the place of the first one
_PROSE = 24  # characters; a shorter value of a key that nobody knows is no text of its own


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """One case of the file: its keys and values, its outline, and its first line."""

    front_matter: FrontMatter
    pieces: tuple[Piece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The cases of a file, what stands beside them in it, and its faults."""

    documents: tuple[JsonDocument, ...]
    rest: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()

    def document_at(self, line: int) -> int:
        """Return the number of the case that a line belongs to: the last one that begins at or before it."""
        return max(0, bisect_right([document.line for document in self.documents], line) - 1)


def read_json_file(text: str) -> JsonFile:
    """Return the cases of a JSON text; without any map that names a company there are none."""
    found = read_json(text)
    groups = _case_groups(found)
    if groups:
        documents = tuple(_document(entries) for entries in groups.values())
        rest = tuple(entry for entry in found.entries if _prefix(entry, groups) is None)
        return JsonFile(documents, rest, found.faults)
    if found.top == "{" and any(_names_company(entry) for entry in found.entries):
        return JsonFile((_document(found.entries),), (), found.faults)
    return JsonFile((), found.entries, found.faults)


def _case_groups(found: JsonText) -> dict[tuple[str, ...], list[Entry]]:
    """Return the entries of each map in a list that names a company, without the way there."""
    named = {entry.path[:-1] for entry in found.entries if entry.path and _is_company(entry)}
    groups: dict[tuple[str, ...], list[Entry]] = {path: [] for path in found.maps if path in named}
    for entry in found.entries:
        if (path := _prefix(entry, groups)) is not None and len(entry.path) > len(path):
            groups[path].append(Entry(entry.path[len(path) :], entry.value, entry.line, entry.raw))
    return groups


def _prefix(entry: Entry, groups: dict[tuple[str, ...], list[Entry]]) -> tuple[str, ...] | None:
    return next((path for size in range(1, len(entry.path) + 1) if (path := entry.path[:size]) in groups), None)


def _is_company(entry: Entry) -> bool:
    return entry.path[-1] in _COMPANY_KEYS and bool(entry.value)


def _names_company(entry: Entry) -> bool:
    path = ".".join(entry.path)
    return bool(entry.value) and (path in FRONT_MATTER["company"] or path in _COMPANY_KEYS)


def _document(entries: Sequence[Entry]) -> JsonDocument:
    front_matter = FrontMatter(tuple(entries))
    builder = _Builder({entry.path[0] for entry in entries if entry.path})
    for key, group in groupby((entry for entry in entries if entry.path), key=lambda entry: entry.path[0]):
        builder.add(key, [entry for entry in group if entry.value is not None])
    return JsonDocument(front_matter, builder.pieces(), entries[0].line if entries else 1)


@dataclass(slots=True)
class _Builder:
    """Gathers the pieces of each section; sections stand in the order in which the file comes to them."""

    keys: set[str]
    sections: dict[str, list[Piece]] = field(default_factory=dict)
    states: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)
    tables: int = 0

    def add(self, key: str, entries: list[Entry]) -> None:
        """Add the values of one key of the case."""
        entries = [entry for entry in entries if not is_no_value(entry.value or "")]
        if not entries or (key.endswith("_en") and key.removesuffix("_en") in self.keys):
            return
        plain = _NUMBERED.sub("", key.removesuffix("_en"))
        if plain.endswith(("_before", _AFTER)):
            side = "before" if plain.endswith("_before") else "after"
            self.states.setdefault(plain.rsplit("_", 1)[0], {})[side] = entries
            return
        if plain in _EFFECT_MAPS and len(entries[0].path) > 1 and not entries[0].path[1].isdigit():
            return  # named amounts: they are effects of the front matter
        place = self._place(plain, key, entries)
        if place is None:
            return
        title, label = place
        found = self.sections.setdefault(title, [])
        heads = len(entries) > 1 or title == _ISSUES  # a measure belongs to all of the risks, not to the last one
        if heads and label:
            found.append(Piece("label", label, entries[0].line))
        for entry in entries:
            found.extend(_pieces(plain, title, "" if heads or len(entry.path) > 1 else label, entry))

    def _place(self, plain: str, key: str, entries: Sequence[Entry]) -> tuple[str, str] | None:
        """Return heading and label for the values of a key; None when they are fields, or too short to be a text."""
        if plain in _SECTION_OF:
            return _SECTION_OF[plain]
        if plain in _FIELD_KEYS or ".".join((key, *entries[0].path[1:2])) in _FIELD_KEYS:
            return None
        if label_field(key) is not None:
            return "基本情報", key
        if section_kind(key) != "other":
            return key, ""
        if len(entries) == 1 and len(entries[0].value or "") < _PROSE:
            return None
        words = key.replace("_", " ").strip()
        found = next((title for title, pattern in _KEY_WORDS if pattern.search(plain.lower())), None)
        return (found, words) if found is not None else (words or key, "")

    def pieces(self) -> tuple[Piece, ...]:
        """Return the outline of the case."""
        for name, sides in self.states.items():
            rows = _state_rows(name, sides)
            if rows:
                self.tables += 1
                self.sections.setdefault("定量的効果", []).extend(_table(rows, self.tables))
        found: list[Piece] = []
        for title, pieces in self.sections.items():
            if pieces:  # a value of blanks leaves nothing under its heading
                found.append(Piece("heading", title, pieces[0].line, level=2))
                found.extend(pieces)
        return tuple(found)


def _pieces(key: str, title: str, label: str, entry: Entry) -> Iterable[Piece]:
    """Yield the lines of one value: an item each, with its label where it has one."""
    lines = [line.strip() for line in (entry.value or "").split("\n") if line.strip()]
    named = "：".join(part for part in entry.path[1:] if not part.isdigit())
    for line in lines:
        text = line + _UNITS.get(key, "") if line.isdigit() else line
        dash = _DASH.match(text) if title == "定量的効果" else None
        if dash is not None:
            text = f"{dash[1]}: {dash[2]}"
        own_label, value = split_label(text)
        if not own_label and (label or named) and len(lines) == 1:
            own_label, value = label or named, text
            text = f"{own_label}: {text}"
        text, links = clean_text(text)
        own_label, value = clean_text(own_label)[0], clean_text(value)[0]
        yield Piece("item", text, entry.line, level=1, links=links, label=own_label, value=value)


@dataclass(frozen=True, slots=True)
class _State:
    """A state before and one after, with the lines that they stand in."""

    lines: tuple[int, ...]
    label: str
    before: str = ""
    after: str = ""


def _state_rows(name: str, sides: dict[str, list[Entry]]) -> list[_State]:
    """Return the states of `"…_before": "精度65%、…"` beside `"…_after": "精度82%、…"`."""
    rows: dict[str, _State] = {}
    for side in ("before", "after"):
        for entry in sides.get(side, ()):
            own = [part for part in entry.path[1:] if not part.isdigit()]
            for part in re.split(r"[、\n]|,(?![0-9])", entry.value or ""):
                match = _STATED.match(part.strip()) if not own else None
                label, value = (match[1], match[2]) if match else ("：".join(own), part.strip())
                if not value:
                    continue
                label = label or name.replace("_", " ")
                row = rows.get(label) or _State((), label)
                row = replace(row, lines=(*row.lines, entry.line))
                if side == "before":
                    rows[label] = replace(row, before=_joined(row.before, value))
                else:
                    rows[label] = replace(row, after=_joined(row.after, value))
    return list(rows.values())


def _joined(stated: str, value: str) -> str:
    return f"{stated}、{value}" if stated else value


def _table(rows: Sequence[_State], number: int) -> Iterable[Piece]:
    head = ("指標", "導入前", "導入後")
    yield Piece("row", " | ".join(head), rows[0].lines[0], cells=head, header=True, table=number)
    for row in rows:
        cells = (row.label, row.before, row.after)
        first, last = min(row.lines), max(row.lines)
        end = last if 0 < last - first <= _NEAR else 0
        yield Piece("row", " | ".join(cells), row.lines[0], cells=cells, table=number, end_line=end)
