"""The dialects of case files, in one visible list: what each is called and by what it is recognised.

A dialect needs no reader of its own: the reader works on sections, labels and tables. The name is kept with the case;
what a dialect may add are rules by name: `SPLIT_RULES` part one file into several cases, `index` reads tables of cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportkit.sources.cases.levels import BAR_HEADING, NUMBER_HEADING, is_numbered_section
from reportkit.sources.cases.words import label_field
from reportkit.sources.front_matter import FrontMatter
from reportkit.sources.outline import Piece


@dataclass(frozen=True, slots=True)
class Shape:
    """What a dialect is recognised by: title, keys of the front matter, headings of level 2 and deeper."""

    title: str
    keys: frozenset[str]
    values: dict[str, str]
    headings: tuple[str, ...]
    sub_headings: tuple[str, ...]


def shape_of(title: str, front_matter: FrontMatter, pieces: Sequence[Piece]) -> Shape:
    """Return the shape of a document."""
    values = {".".join(entry.path): entry.value for entry in front_matter.entries if entry.value is not None}
    keys = frozenset(key.split(".")[0] for key in values)
    headings = tuple(piece.text for piece in pieces if piece.kind == "heading" and piece.level == 2)
    below = tuple(piece.text for piece in pieces if piece.kind == "heading" and piece.level > 2)
    return Shape(title, keys, values, headings, below)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect: its code, what it looks like, and the rule that recognises it."""

    code: str
    summary: str
    fits: Callable[[Shape], bool]


def _id_starts(prefix: str) -> Callable[[Shape], bool]:
    return lambda shape: shape.values.get("id", "").startswith(prefix)


def _title(pattern: str) -> Callable[[Shape], bool]:
    compiled = re.compile(pattern)
    return lambda shape: not shape.keys and compiled.match(shape.title) is not None


DIALECTS: tuple[Dialect, ...] = (
    Dialect("A3", "front matter GUGA_…, 12 numbered sections with suffixes", _id_starts("GUGA_")),
    Dialect("C2", "front matter GENAI_… with subject and ai_adoption maps", _id_starts("GENAI_")),
    Dialect(
        "D1", "front matter with company_name_ja, bold lines as sub-headings", lambda s: "company_name_ja" in s.keys
    ),
    Dialect(
        "C1b", "front matter with company_region", lambda s: "company_name_en" in s.keys and "case_title" in s.keys
    ),
    Dialect(
        "C1d", "front matter with some sixty unquoted keys", lambda s: "case_title" in s.keys and len(s.values) > 40
    ),
    Dialect("C1c", "front matter with company_country", lambda s: {"case_title", "company_country"} <= s.keys),
    Dialect("C1a", "front matter with case_title", lambda s: "case_title" in s.keys),
    Dialect("A4", "front matter with company or organization, no title line", lambda s: bool(s.keys) and not s.title),
    Dialect("A2", "事例調査: with half-width colon, prose", _title(r"事例調査:")),
    Dialect("A1", "事例調査：社名（業界）, 12 numbered sections", _title(r"事例調査：")),
    Dialect("B0", "nothing could be found out", _title(r".*_情報(?:取得不可|限定的)$")),
    Dialect(
        "B2",
        "638_社名_ツール, hashtags and 更新履歴",
        lambda s: _is_b(s) and any("更新履歴" in h for h in s.sub_headings),
    ),
    Dialect("B1", "595_社名_ツール", lambda s: _is_b(s)),
    Dialect("C3b", "Tier 2 生成AI導入事例：…", _title(r"Tier 2")),
    Dialect(
        "C3",
        "Tier 1 生成AI導入事例：社名 - ツール",
        _title(r"(?:Tier 1 生成AI導入事例|(?:Tier 1 )?ケーススタディ)\s*[：:]"),
    ),
    Dialect("M1", "several companies, one level-2 heading each", _title(r"Tier 1 生成AI導入事例（複数")),
    Dialect("C4", "Tier 1 生成AI導入事例, bold lines of meta data", _title(r"Tier 1 生成AI導入事例$")),
    Dialect("F1", "755. 社名 (Name), （8フィールド） headings", lambda s: _is_f(s) and len(s.headings) > 5),
    Dialect("F2", "755. 社名 (Name), tables without heading row", lambda s: _is_f(s)),
    Dialect("G1", "100本ノック - 事例008", _title(r".*100本ノック")),
    Dialect("X1", "Company × Tool: …, English headings", _title(r".+ [×✕] .+")),
    Dialect("E1", "社名 生成AI導入事例, labelled bullets only", _title(r".+ 生成AI導入事例$")),
)


def _is_b(shape: Shape) -> bool:
    return not shape.keys and re.match(r"[0-9]+_", shape.title) is not None


def _is_f(shape: Shape) -> bool:
    return not shape.keys and re.match(r"[0-9]+\. ", shape.title) is not None


def dialect_of(shape: Shape) -> str:
    """Return the code of the first dialect that fits, "" when none does (the case is read all the same)."""
    return next((dialect.code for dialect in DIALECTS if dialect.fits(shape)), "")


# --- one file, several cases -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SplitRule:
    """How one file is parted: name of the rule, the dialect that its cases get, which level-2 headings open a case."""

    name: str
    dialect: str
    opens: Callable[[Sequence[Piece], int], bool]


def _names_company(pieces: Sequence[Piece], index: int) -> bool:
    for piece in pieces[index + 1 : index + 8]:
        if piece.kind == "heading":
            return False
        if piece.kind in {"text", "item"} and piece.label and label_field(piece.label) == "company":
            return True
    return False


def _heading(pattern: str) -> Callable[[Sequence[Piece], int], bool]:
    compiled = re.compile(pattern)
    return lambda pieces, index: (
        compiled.match(pieces[index].text) is not None and not is_numbered_section(pieces[index].text)
    )


SPLIT_RULES = (
    SplitRule("company-per-heading", "M1", _names_company),
    SplitRule("bar-headings", "M2", _heading(BAR_HEADING.pattern)),
    SplitRule("numbered-headings", "M3", _heading(NUMBER_HEADING.pattern)),
)


def split_documents(pieces: Sequence[Piece]) -> tuple[str, list[list[Piece]]]:
    """Return the dialect of the rule that parts the file ("" for one case), and the outline of each case.

    A rule parts a file in which it fits at least two level-2 headings, and half of them or more. Such a heading becomes
    the title of its case, and the headings below it move up one level; what stands before the first of them stays with
    the first case. A numbered heading beside others that name a company opens a case too (a stub, mostly).
    """
    headings = [index for index, piece in enumerate(pieces) if piece.kind == "heading" and piece.level == 2]
    for rule in SPLIT_RULES:
        starts = [index for index in headings if rule.opens(pieces, index)]
        if len(starts) < 2 or len(starts) * 2 < len(headings):
            continue
        known = set(starts)
        starts = [index for index in headings if index in known or NUMBER_HEADING.match(pieces[index].text)]
        return rule.dialect, _parted(pieces, starts)
    return "", [list(pieces)]


def _parted(pieces: Sequence[Piece], starts: Sequence[int]) -> list[list[Piece]]:
    documents: list[list[Piece]] = []
    before = [
        replace(piece, kind="text", level=0) if piece.kind == "heading" and piece.level == 1 else piece
        for piece in pieces[: starts[0]]
    ]
    below = [piece.level for piece in pieces[starts[0] :] if piece.kind == "heading" and piece.level > 2]
    gap = min(below, default=3) - 3  # sections that stand deeper than right below their case
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(pieces)
        raised = [
            replace(piece, level=max(1, piece.level - 1 - gap)) if piece.kind == "heading" else piece
            for piece in pieces[start:stop]
        ]
        documents.append([raised[0], *(before if number == 0 else ()), *raised[1:]])
    return documents


_ELSEWHERE = re.compile(r"参照|を見てください|ご覧ください|\.md\b|に統合|へ移動|と重複|see ", re.IGNORECASE)
_STUB_LINES = 8
_STUB_LENGTH = 500  # of a line


def is_stub(pieces: Sequence[Piece]) -> bool:
    """Tell whether a case only points elsewhere (`【詳細は事例008参照】`): a few lines, one of them a pointer."""
    texts = [piece for piece in pieces if piece.kind != "rule" and piece.text]
    if len(texts) > _STUB_LINES or any(piece.kind == "row" for piece in texts):
        return False
    if sum(1 for piece in texts if piece.label and piece.kind != "label") > 2:
        return False
    return any(_ELSEWHERE.search(piece.text[:_STUB_LENGTH]) for piece in texts)
