"""One engine for all case dialects: outline → sections → blocks → fields.

In: the text of one file, decoded, with line feeds between its lines. Out: `CaseReading`. Nothing raises, whatever the
text; every line of it stands in the sections of the case, in its front matter or in its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.corpus.case import Case, Pair
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.cases.content import (
    read_checks,
    read_costs,
    read_duration,
    read_factors,
    read_footer,
    read_issues,
    read_phases,
    read_quotes,
    read_references,
)
from reportkit.sources.cases.dialects import dialect_of, shape_of, split_documents
from reportkit.sources.cases.fields import (
    Context,
    gather,
    read_country,
    read_date,
    read_employees,
    read_lists,
    read_names,
    read_sectors,
    slug_of,
    split_note,
    to_pairs,
)
from reportkit.sources.cases.metrics import read_metrics
from reportkit.sources.cases.sections import Block, SourceSection, split_blocks, split_sections, to_section
from reportkit.sources.cases.words import NOT_VERIFIED, label_field, section_kind
from reportkit.sources.front_matter import FrontMatter, read_front_matter
from reportkit.sources.outline import Piece, read_outline, split_cells, split_label

_CASE_KEYS = frozenset(
    {"case_id", "case_study_id", "company_name_ja", "company_name", "company", "organization", "subject"}
)
_CASE_KINDS = frozenset(
    {"basic_info", "summary", "quant_effect", "qual_effect", "background", "solution", "tech_stack", "process",
     "success_factors", "issues", "cost_roi", "organisation", "outlook", "lessons", "fact_check"}
)  # fmt: skip
_TITLE_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"(?:事例調査|ケーススタディ|Tier [0-9] 生成AI導入事例)\s*[：:]\s*"
            r"(?P<company>.+?)\s*(?:[（(](?P<industry>[^（）()]+)[）)])?\s*$"
        ),
        r"(?P<number>[0-9]{1,4})_(?P<company>[^_]+)(?:_.*)?$",
        r"(?P<number>[0-9]{1,4})\.\s+(?P<company>.+)$",
        r"(?P<company>.+?)\s+生成AI導入事例$",
    )
)
# What a reader wants to see at a glance; these words name keys of the front matter, a label of the body stays.
_ADOPTION_FIELDS = {
    "start": "導入時期", "tools": "AIツール名", "vendors": "ベンダー", "scope": "対象範囲", "duration": "実装期間",
}  # fmt: skip
_CASE_TITLE = re.compile(r"事例調査|導入事例|ケーススタディ|100本ノック")
_SPLIT_TITLE = re.compile(r"^(.+?)\s+[-–—]\s+.+$")


@dataclass(frozen=True, slots=True)
class CaseReading:
    """The cases of one file (mostly one) and what was noticed while reading them."""

    cases: tuple[Case, ...] = ()
    findings: tuple[Finding, ...] = ()


def recognise_case(text: str) -> bool:
    """Tell by its content whether a text is a case study: a company is named, and sections of a case follow."""
    lines = text.split("\n")
    front_matter = read_front_matter(lines)
    keys = {entry.path[0] for entry in front_matter.entries}
    headings: list[str] = []
    title = ""
    company = bool(keys & _CASE_KEYS)
    fenced = False
    for line in lines[front_matter.body_index :]:
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        if fenced:
            continue
        if line.startswith("## "):
            headings.append(line[3:].strip())
        elif line.startswith("# ") and not title:
            title = line[2:].strip()
        elif not company and ("名" in line or "ompany" in line) and len(line) < 400:
            company = _names_company(line)
    kinds = [section_kind(heading) for heading in headings]
    known = {kind for kind in kinds if kind in _CASE_KINDS}
    if company and (len(known) >= 2 or (keys & _CASE_KEYS and (known or title))):
        return True
    return _CASE_TITLE.search(title) is not None and (len(known) >= 2 or (company and bool(headings)))


def _names_company(line: str) -> bool:
    stripped = line.strip(" \t")
    if stripped.startswith("|"):
        cells = split_cells(stripped)
        return 2 <= len(cells) <= 4 and label_field(cells[0].strip("*")) == "company"
    label, value = split_label(stripped.lstrip("-*+・ \t") if not stripped.startswith("**") else stripped)
    return bool(label and value) and label_field(label) == "company"


def read_case(text: str, source: str, taxonomy: Taxonomy) -> CaseReading:
    """Read the case or cases of one file.

    source: path relative to the seeds folder, for origins. Without any title, front matter or section there is no case,
    and a finding says so.
    """
    lines = text.split("\n")
    front_matter = read_front_matter(lines)
    pieces = read_outline(lines[front_matter.body_index :], front_matter.body_index + 1)
    if not pieces and not front_matter.entries:
        return CaseReading((), (_empty(source),))
    cases: list[Case] = []
    findings: list[Finding] = []
    documents = split_documents(pieces)
    for document in documents:
        own = front_matter if len(documents) == 1 else FrontMatter()
        case, found = _read_document(document, own, lines, source, taxonomy)
        cases.append(case if len(documents) == 1 else replace(case, dialect="M1"))
        findings.extend(found)
    return CaseReading(tuple(cases), tuple(findings))


def _read_document(
    pieces: Sequence[Piece], front_matter: FrontMatter, lines: Sequence[str], source: str, taxonomy: Taxonomy
) -> tuple[Case, list[Finding]]:
    title, title_piece, sections = split_sections(pieces)
    blocks = split_blocks(sections)
    context = Context(source, taxonomy)
    gather(context, blocks, front_matter)
    number, title_company, title_industry = _read_title(title)
    stated_title = context.first("title")
    company, company_en = read_names(
        context, title_company or (split_note(stated_title.value)[0] if stated_title else "")
    )
    case_id = _case_id(context, number, company, title)
    industry_raw, sectors = read_sectors(context, title_industry, case_id)
    employees, employees_origin = read_employees(context, case_id)
    start, start_origin = read_date(context, "start")
    scope = context.first("scope")
    seat = context.first("headquarters")
    tools = read_lists(context, "tools", blocks, "tools")
    vendors = read_lists(context, "vendors", blocks, "vendors") or read_lists(context, "partners", blocks, "vendors")
    case = Case(
        id=case_id,
        title=title or (stated_title.value if stated_title else "") or company or case_id,
        origin=Origin(source, title_piece.line if title_piece else 1),
        dialect=dialect_of(shape_of(title, front_matter, pieces)),
        company=company,
        company_en=company_en,
        country=read_country(context, company),
        industry_raw=industry_raw,
        sectors=sectors,
        employees=employees,
        employees_origin=employees_origin,
        headquarters=seat.value if seat else None,
        founded=read_date(context, "founded")[0],
        adoption_start=start,
        adoption_origin=start_origin,
        published=read_date(context, "published")[0],
        ai_tools=tools,
        vendors=vendors,
        scope=context.quote(scope.value, scope.line, scope.column) if scope else None,
        profile=to_pairs(context, blocks, ("preamble", "basic_info")),
        adoption=_read_adoption(context, blocks),
        metrics=read_metrics(context, blocks),
        qualitative=read_quotes(context, blocks, "qual_effect"),
        background=read_quotes(context, blocks, "background"),
        costs=read_costs(context, blocks),
        phases=read_phases(context, blocks),
        duration=read_duration(context, blocks),
        success_factors=read_factors(context, blocks),
        issues=read_issues(context, blocks),
        outlook=read_quotes(context, blocks, "outlook"),
        lessons=read_quotes(context, blocks, "lessons"),
        fact_checks=read_checks(context, blocks),
        references=read_references(context, blocks),
        footer=read_footer(context, blocks),
        front_matter=_front_matter_pairs(context, front_matter),
        sections=tuple(to_section(section, source, 1) for section in sections),
        section_count=sum(1 for piece in pieces if piece.kind == "heading" and piece.level == 2),
        verified=_is_verified(title, sections),
    )
    return case, [
        *_front_matter_findings(front_matter, source, lines, case_id),
        *context.findings,
        *_nothing_read(case),
    ]


def _read_title(title: str) -> tuple[str, str, str]:
    """Return number, company and industry as far as the title gives them."""
    title = " ".join(title.split())
    for rule in _TITLE_RULES:
        if match := rule.match(title):
            parts = match.groupdict()
            company = parts.get("company") or ""
            if dash := _SPLIT_TITLE.match(company):
                company = dash[1]
            return parts.get("number") or "", company.strip(), parts.get("industry") or ""
    dash = _SPLIT_TITLE.match(title)
    return "", (dash[1].strip() if dash else ""), ""


def _case_id(context: Context, number: str, company: str | None, title: str) -> str:
    found = context.first("id")
    if found is not None:
        return found.value.strip()
    return number or (slug_of(company) if company else "") or title.strip() or "無題"


def _read_adoption(context: Context, blocks: list[Block]) -> tuple[Pair, ...]:
    """Return the adoption at a glance: the summary section, completed by adoption fields that stand elsewhere."""
    pairs = list(to_pairs(context, blocks, ("summary",)))
    stated = {label_field(pair.label) for pair in pairs}
    for name, label in _ADOPTION_FIELDS.items():
        if name in stated:
            continue
        labelled = context.first(name)
        block = next((block for block in blocks if block.kind == name and block.lines()), None)
        if labelled is not None and (labelled.block is not None or block is None):
            label = labelled.label if labelled.block is not None else label
            pairs.append(Pair(label, labelled.value, context.origin(labelled.line, labelled.column)))
        elif block is not None:
            text = "、".join(piece.text for piece in block.lines())
            pairs.append(Pair(block.title, text, context.origin(block.lines()[0].line)))
    return tuple(pairs)


def _front_matter_pairs(context: Context, front_matter: FrontMatter) -> tuple[Pair, ...]:
    """Return every line of the front matter: keys with values, and lines that could not be read as they stand."""
    pairs = [
        Pair(
            ".".join(entry.path),
            entry.value if entry.value is not None else entry.raw.strip(),
            context.origin(entry.line),
        )
        for entry in front_matter.entries
    ]
    read = {pair.origin.line for pair in pairs}
    pairs.extend(
        Pair("", fault.raw.strip(), context.origin(fault.line))
        for fault in front_matter.faults
        if fault.lost and fault.line not in read
    )
    return tuple(sorted(pairs, key=lambda pair: pair.origin.line))


def _front_matter_findings(front_matter: FrontMatter, source: str, lines: Sequence[str], case_id: str) -> list[Finding]:
    findings: list[Finding] = []
    for fault in front_matter.faults:
        effect = "この行だけを読み飛ばし、ほかの行は読みました" if fault.lost else "そのまま読みました"
        origin = Origin(source, fault.line)
        findings.append(
            Finding(
                "case.front-matter",
                "note",
                f"front matter の行を正しく読めません（{fault.reason}）。{effect}",
                "YAML の「キー: 値」の形に直してください",
                origin,
                (Evidence("元の行", lines[fault.line - 1].strip()[:120], origin),),
                (f"case:{case_id}",),
            )
        )
    return findings


def _nothing_read(case: Case) -> list[Finding]:
    """Return findings for a case without the fields that a briefing needs."""
    findings: list[Finding] = []
    subjects = (f"case:{case.id}",)
    if case.company is None:
        findings.append(
            Finding(
                "case.no-company",
                "warning",
                "企業名・機関名が見つかりません",
                "「企業名」の行を基本情報に加えてください",
                case.origin,
                subjects=subjects,
            )
        )
    if not case.industry_raw:
        findings.append(
            Finding(
                "case.no-industry",
                "note",
                "業界の記載が見つからないため、どの業界の報告書にも載りません",
                "「業界」の行を基本情報に加えてください",
                case.origin,
                subjects=subjects,
            )
        )
    return findings


def _is_verified(title: str, sections: Sequence[SourceSection]) -> bool:
    """Return False when the file says of itself that its contents are not verified or could not be found."""
    if NOT_VERIFIED.search(title):
        return False
    closing = [section for section in sections if section.kind in {"footer", "references", "notes", "fact_check"}]
    return not any(
        NOT_VERIFIED.search(piece.text)
        for section in closing
        for piece in section.pieces
        if piece.kind in {"text", "item"}
    )


def _empty(source: str) -> Finding:
    return Finding(
        "case.empty",
        "warning",
        "本文がなく、事例として読めるものがありません",
        "ファイルの中身を確かめるか、seeds フォルダーから取り除いてください",
        Origin(source, 1),
    )
