"""What is no case although it lies among cases: stubs, lists and reports, surveys without a company; and empty forms.

In: the text or the outline of a file. Out: the reason in Japanese, "" when nothing speaks against a case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.corpus.case import Case
from reportkit.sources.cases.dialects import is_stub
from reportkit.sources.cases.json_cases import read_json_file
from reportkit.sources.cases.opened import CaseText
from reportkit.sources.cases.sections import SourceSection
from reportkit.sources.cases.words import FRONT_MATTER, is_no_value, label_field, section_kind
from reportkit.sources.front_matter import FrontMatter, read_front_matter
from reportkit.sources.outline import Piece, read_outline

STUB = "事例ではありません：ほかのファイルを指すだけの控え"
REPORT = "事例ではありません：一覧・報告書"
SURVEY = "事例ではありません：企業名のない調査・概説"
JSON = "事例ではありません：企業名（company_name）のない JSON"

_REPORT_TITLE = re.compile(
    r"README|INDEX|インデックス|目次|一覧|レポート|報告書|REPORT|SUMMARY|サマリー|進捗|完了報告|集計|統計|"
    r"このフォルダ|このディレクトリ|データベースについて",
    re.IGNORECASE,
)
_SURVEY_TITLE = re.compile(
    r"調査|概観|概要|概説|動向|市場|まとめ|全般|トレンド|ワークショップ|overview|survey|trend|workshop|landscape",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"(?<![\w./-])[\w./-]{1,200}\.(?:md|json|txt|csv)\b|`[\w./-]{1,200}/`")
_FILE_NAMES = 3  # a text that names that many files is a list of files
_LOOK = 200_000
_TITLE = 300  # characters of a title that are looked at
_SURVEY_SECTIONS = 2  # sections that cases have, too
_NO_FORM = frozenset({"preamble", "basic_info", "references", "footer", "notes", "fact_check"})
_NO_CONTENT_TITLE = re.compile(r"_情報(?:取得不可|限定的)$")
_FORM_WORDS = re.compile(r"多数|大規模企業|[0-9]{3}0年代|(?:情報)?(?:取得不可|収集中)|未定|TBD|サンプル|テンプレート")
_FORM_KEYS = ("subject.employees", "subject.revenue", "subject.founded_year", "subject.headquarters")


def reason_against(text: str) -> str:
    """Return why a file that was not recognised as a case is none, as `Corpus.sources` states it; "" when unknown."""
    lines = text[:_LOOK].split("\n")
    front_matter = read_front_matter(lines)
    pieces = read_outline(lines[front_matter.body_index :], front_matter.body_index + 1)
    if reason := _by_title(front_matter, pieces):
        return reason
    kinds = {section_kind(piece.text) for piece in pieces if piece.kind == "heading" and piece.level == 2}
    if len(kinds - _NO_FORM - {"other"}) >= _SURVEY_SECTIONS and _SURVEY_TITLE.search(_title(pieces)):
        return SURVEY
    names = _FILE_NAME.findall(text[:_LOOK]) if pieces and pieces[0].kind == "heading" else []
    return REPORT if len(set(names)) >= _FILE_NAMES else ""


def reason_against_case(case: Case, front_matter: FrontMatter, pieces: Sequence[Piece]) -> str:
    """Return why the one case of a file is no case after all, "" when it is one; front matter and outline as read."""
    if _states_company(case):
        return STUB if not front_matter.entries and is_stub(pieces) else ""
    if reason := _by_title(front_matter, pieces):
        return reason
    return SURVEY if case.company is None and _SURVEY_TITLE.search(case.title[:_TITLE]) else ""


def _by_title(front_matter: FrontMatter, pieces: Sequence[Piece]) -> str:
    if _REPORT_TITLE.search(_title(pieces)):
        return REPORT
    return STUB if not front_matter.entries and pieces and is_stub(pieces) else ""


def _title(pieces: Sequence[Piece]) -> str:
    return next((piece.text[:_TITLE] for piece in pieces if piece.kind == "heading"), "")


def json_reason_against(text: str | CaseText) -> str:
    """Return why a JSON file holds no case, with the first place that cannot be read; "" when it holds one."""
    opened = CaseText.of(text)
    file = opened.json or read_json_file(opened.text)
    if file.documents:
        return ""
    faults = "".join(f"。{fault.line}行目：{fault.reason}" for fault in file.faults[:1])
    return JSON + faults


def _states_company(case: Case) -> bool:
    return any(label_field(pair.label) == "company" for pair in (*case.profile, *case.adoption)) or any(
        pair.label in FRONT_MATTER["company"] for pair in case.front_matter
    )


def is_placeholder(title: str, sections: Sequence[SourceSection], front_matter: FrontMatter) -> bool:
    """Tell whether a file is a form that nobody filled in.

    The title says so, or two fields of its front matter hold the words of the form (多数, 2000年代), or two and more
    sections say only `取得不可`, and not fewer than those that say something.
    """
    if _NO_CONTENT_TITLE.search(title):
        return True
    forms = sum(1 for key in _FORM_KEYS if _FORM_WORDS.fullmatch(front_matter.text(*key.split(".")) or ""))
    if forms >= 2:
        return True
    blank = filled = 0
    for section in sections:
        texts = [piece for piece in section.pieces if piece.kind not in {"rule", "heading", "label"} and piece.text]
        if section.kind in _NO_FORM or not texts:
            continue
        if all(is_no_value(piece.value if piece.label else piece.text) for piece in texts if not piece.header):
            blank += 1
        else:
            filled += 1
    return blank >= 2 and blank >= filled
