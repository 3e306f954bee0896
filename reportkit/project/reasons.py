"""Why a document is made again, in words: the inputs that changed, by what a user knows them by."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.corpus.corpus import Corpus
from reportkit.project.inputs import question_of
from reportkit.views.index import index_corpus
from reportkit.views.questions import Question

_SHOWN = 3
_SETTINGS = {"organisation": "発行元", "charts": "グラフの形"}
_PARTS = {"template": "テンプレート", "plugin": "プラグイン"}
_ISSUE = {"date": "発行日", "vintage": "資料の時点", "number": "号数"}
_ORDER = (
    "engine", "plugin", "template", "setting", "issue", "case", "matrix", "taxonomy", "source", "record", "findings",
)  # fmt: skip
_LISTS = {
    "statistics": "本文の数値",
    "use_cases": "ユースケース",
    "promising_fields": "有望領域",
    "field_evaluations": "領域の評価",
    "field_resources": "データの保有者",
    "national_projects": "国家プロジェクト",
    "survey_design": "調査の設計",
    "text_tables": "本文の表",
    "findings": "データの指摘の一覧",
    "cases": "収録した事例",
    "sources": "資料の一覧",
    "matrices": "表の一覧",
    "files": "ほかの文書の一覧",
    "earlier": "前の号",
    "engine": "reportkit の版",
}
_CASE_FIELDS = {
    "sectors": "業界", "company": "企業名", "metrics": "効果", "issues": "課題", "success_factors": "成功要因",
    "ai_tools": "AIツール", "adoption_start": "導入時期", "fact_checks": "記載の確認", "verified": "検証の有無",
    "lessons": "示唆", "phases": "経過", "title": "表題", "country": "国", "employees": "従業員数",
}  # fmt: skip


def reason(names: Sequence[str], corpus: Corpus) -> str:
    """Return the changed inputs as one line, the most telling first; a few are named, the others counted."""
    words = list(dict.fromkeys(_words(question_of(name), corpus) for name in sorted(names, key=_weight)))
    rest = len(words) - _SHOWN
    return "、".join(words[:_SHOWN]) + (f" ほか {rest} 点" if rest > 0 else "") + "が変わりました"


def _weight(name: str) -> int:
    head, _, rest = name.partition("\t")
    return _ORDER.index(head) if head in _ORDER and (rest or head == "engine") else len(_ORDER)


def _words(question: Question, corpus: Corpus) -> str:
    match question:
        case ("template" | "plugin" as kind, name):
            return f"{_PARTS[kind]} {name}"
        case ("setting", name):
            return f"設定「{_SETTINGS.get(name, name)}」"
        case ("issue", name):
            return _ISSUE.get(name, name)
        case ("case", case_id, *names):
            return _case(case_id, corpus) + _fields(names)
        case ("cases", *names):
            return f"収録した事例{_fields(names)}"
        case ("matrix", matrix_id, "cell", row, column):
            return f"表 {matrix_id} の「{row}」×「{column}」"
        case ("matrix", matrix_id, *_):
            return f"表 {matrix_id}"
        case ("taxonomy", *_):
            return "業界の定義（taxonomy）"
        case ("source" | "record", path, *_):
            return f"資料 {path}"
        case ("findings", subject):
            return f"データの指摘（{subject.partition(':')[2] or subject}）"
        case (name, *_):
            return _LISTS.get(name, name)
    return "資料"


def _case(case_id: str, corpus: Corpus) -> str:
    case = index_corpus(corpus).cases.get(case_id)
    return f"事例 {case_id}（{case.origin.source}）" if case is not None else f"事例 {case_id}"


def _fields(names: Sequence[str]) -> str:
    known = [_CASE_FIELDS[name] for name in names if name in _CASE_FIELDS]
    return f"の{known[0]}など" if known and len(known) < len(names) else f"の{'・'.join(known)}" if known else ""
