"""One engine for all case dialects: outline → sections → blocks → fields.

In: the text of one file, decoded, with line feeds between its lines. Out: `CaseReading`. Nothing raises, whatever the
text; every line of it stands in the sections of the case, in its front matter or in its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.text import to_half_width
from reportkit.corpus.case import Case, Pair, Section
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
from reportkit.sources.cases.dialects import dialect_of, is_stub, shape_of, split_documents
from reportkit.sources.cases.fields import (
    Context,
    Labelled,
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
from reportkit.sources.cases.head import (
    head_metrics,
    head_pairs,
    head_phases,
    head_profile,
    head_references,
    head_remarks,
)
from reportkit.sources.cases.index import IndexTable, find_indexes, index_columns, is_index_row, read_row
from reportkit.sources.cases.json_cases import DIALECT, JsonFile, read_json_file
from reportkit.sources.cases.levels import BAR_HEADING, NUMBER_HEADING, usual_levels, with_usual_levels
from reportkit.sources.cases.metrics import read_metrics
from reportkit.sources.cases.not_cases import is_placeholder, reason_against_case
from reportkit.sources.cases.sections import (
    Block,
    SourceSection,
    links_of,
    split_blocks,
    split_sections,
    to_section,
)
from reportkit.sources.cases.words import NOT_VERIFIED, label_field, section_kind
from reportkit.sources.front_matter import FrontMatter, read_front_matter
from reportkit.sources.json_text import looks_like_json, unescape
from reportkit.sources.outline import (
    CHECK_BOX,
    ITEM_MARK,
    Piece,
    heading_of,
    read_outline,
    split_cells,
    split_label,
)

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
        r"(?P<number>[0-9]{2,4})\s*[|｜]\s*(?P<company>.+?)(?:\s*[×✕]\s*(?P<tool>[^:：]+?))?\s*(?:[:：].*)?$",
        r"(?P<number>[0-9]{1,4})\.\s+(?P<company>.+)$",
        r"(?P<company>.+?)\s+生成AI導入事例$",
        r"(?P<number>[0-9]{3,4})\s+[-–—]\s+(?P<company>.+)$",
        r"(?P<company>[^:：]+?)\s+[×✕]\s+(?P<tool>[^:：]+?)\s*[:：].*$",
    )
)
# What a reader wants to see at a glance; these words name keys of the front matter, a label of the body stays.
_ADOPTION_FIELDS = {
    "start": "導入時期", "tools": "AIツール名", "vendors": "ベンダー", "scope": "対象範囲", "duration": "実装期間",
}  # fmt: skip
_CASE_TITLE = re.compile(r"事例調査|導入事例|ケーススタディ|100本ノック")
_OWN_TIER = re.compile(r"Tier\s*[1-3]\b", re.IGNORECASE)  # cases of these tiers have files of their own
_MAX_TITLE = 500  # what is longer is no title that names something
_SPLIT_TITLE = re.compile(r"^(.+?)\s+[-–—]\s+.+$")


@dataclass(frozen=True, slots=True)
class CaseReading:
    """The cases of one file (mostly one) and what was noticed while reading them.

    reason: why the file is no case although it looks like one (a stub, a list, a survey); "" when it is one.
    """

    cases: tuple[Case, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def recognise_case(text: str) -> bool:
    """Tell by its content whether a text is a case study, or several, or an index of cases.

    A company is named and sections of a case follow; or several numbered headings part the file; or a table lists
    companies with numbers, industries and tools.
    """
    if looks_like_json(text):
        return bool(read_json_file(text).documents)
    lines = text.split("\n")
    front_matter = read_front_matter(lines)
    keys = {entry.path[0] for entry in front_matter.entries}
    look = _Look(company=bool(keys & _CASE_KEYS))
    look.over(lines[front_matter.body_index :])
    if look.index:
        return _OWN_TIER.search(look.title) is None
    known = {kind for kind in map(section_kind, look.headings) if kind in _CASE_KINDS}
    numbered = [heading for heading in look.headings if BAR_HEADING.match(heading) or NUMBER_HEADING.match(heading)]
    if len(numbered) >= 2 and 2 * len(numbered) >= len(look.headings):
        below = {kind for kind in map(section_kind, look.sub_headings) if kind in _CASE_KINDS}
        return look.company or len(below) >= 2 or all(BAR_HEADING.match(heading) for heading in numbered)
    named = known and len(look.title) <= _MAX_TITLE and any(rule.match(look.title) for rule in _TITLE_RULES)
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
            if line.startswith(("```", "~~~")):
                fenced = not fenced
            if fenced:
                continue
            if line.startswith("#"):
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


def read_case(text: str, source: str, taxonomy: Taxonomy) -> CaseReading:
    """Read the case or cases of one file.

    source: path relative to the seeds folder, for origins. Without any title, front matter or section there is no case,
    and a finding says so.
    """
    lines = text.split("\n")
    if looks_like_json(text) and (file := read_json_file(text)).documents:
        return _read_json(file, lines, source, taxonomy)
    front_matter = read_front_matter(lines)
    pieces = with_usual_levels(read_outline(lines[front_matter.body_index :], front_matter.body_index + 1))
    if not pieces and not front_matter.entries:
        return CaseReading((), (_empty(source),))
    if indexes := find_indexes(pieces):
        reading = _read_indexes(indexes, pieces, front_matter, lines, source, taxonomy)
        if reading.cases:
            return reading
    dialect, documents = split_documents(pieces)
    if not dialect:
        return _read_one(documents[0], front_matter, lines, source, taxonomy)
    return _read_parts(dialect, documents, front_matter, lines, source, taxonomy)


def _read_one(
    pieces: Sequence[Piece], front_matter: FrontMatter, lines: Sequence[str], source: str, taxonomy: Taxonomy
) -> CaseReading:
    case, findings = _read_document(pieces, front_matter, lines, source, taxonomy)
    return CaseReading((case,), tuple(findings), reason_against_case(case, front_matter, pieces))


def _read_json(file: JsonFile, lines: Sequence[str], source: str, taxonomy: Taxonomy) -> CaseReading:
    """Read the cases of a JSON file; what stands beside them in the file goes to the first one."""
    cases: list[Case] = []
    findings: list[Finding] = []
    for document in file.documents:
        case, found = _read_document(document.pieces, document.front_matter, (), source, taxonomy)
        cases.append(replace(case, dialect=DIALECT, origin=Origin(source, document.line)))
        findings.extend(found)
    context = Context(source, taxonomy)
    beside = head_pairs(context, FrontMatter(file.rest))
    cases[0] = replace(cases[0], front_matter=(*beside, *cases[0].front_matter))
    whole, said = FrontMatter(body_index=len(lines)), [unescape(line) for line in lines]
    remarks: dict[int, list[Quote]] = {}
    for remark in head_remarks(context, whole, [pair for case in cases for pair in case.front_matter], said):
        remarks.setdefault(file.document_at(remark.origin.line), []).append(remark)
    for number, quotes in remarks.items():
        cases[number] = replace(cases[number], remarks=tuple(quotes))
    for fault in file.faults:
        case_id = cases[file.document_at(fault.line)].id
        findings.extend(_front_matter_findings(FrontMatter(faults=(fault,)), source, lines, case_id))
    return CaseReading(tuple(cases), tuple(findings))


def _read_parts(
    dialect: str,
    documents: Sequence[Sequence[Piece]],
    front_matter: FrontMatter,
    lines: Sequence[str],
    source: str,
    taxonomy: Taxonomy,
) -> CaseReading:
    """Read the cases of a file that holds several; a part that only points elsewhere stays as text of the file."""
    cases: list[Case] = []
    findings: list[Finding] = []
    rest: list[Section] = []
    for document in documents:
        if is_stub(document):
            sections = split_sections(document)
            title = document[0]
            rest.append(Section(title.text, "notes", source, title.line, (), links_of(title, source)))
            rest.extend(to_section(section, source, title.line) for section in sections[2])
            findings.append(_stub(title.text, Origin(source, title.line)))
            continue
        case, found = _read_document(document, FrontMatter(), lines, source, taxonomy)
        cases.append(replace(case, dialect=dialect))
        findings.extend(found)
    if not cases:
        pieces = [piece for document in documents for piece in document]
        return _read_one(pieces, front_matter, lines, source, taxonomy)
    cases[0] = _with_head(replace(cases[0], file_sections=tuple(rest)), front_matter, lines, source, taxonomy)
    return CaseReading(tuple(cases), (*findings, *_front_matter_findings(front_matter, source, lines, cases[0].id)))


def _read_indexes(
    indexes: Sequence[IndexTable],
    pieces: Sequence[Piece],
    front_matter: FrontMatter,
    lines: Sequence[str],
    source: str,
    taxonomy: Taxonomy,
) -> CaseReading:
    """Read every row of the index tables as a minimal case; all other text of the file stays with the first one."""
    title, title_piece, sections = split_sections(pieces)
    by_table = {table.table: table for table in indexes}
    footer = read_footer(Context(source, taxonomy), split_blocks(sections))
    cases: list[Case] = []
    findings: list[Finding] = []
    rest: list[Section] = []
    if title_piece is not None:
        rest.append(Section(title, "preamble", source, title_piece.line, (), links_of(title_piece, source)))
    for section in sections:
        kept: list[Piece] = []
        for piece in section.pieces:
            table = by_table.get(piece.table) if piece.kind == "row" else None
            if table is None or not is_index_row(piece, table):
                kept.append(piece)
                continue
            context = Context(source, taxonomy)
            cases.append(read_row(context, table, piece, section, footer))
            findings.extend(context.findings)
        section.pieces = kept
        rest.append(to_section(section, source, 1))
    if not cases:
        return CaseReading()
    cases[0] = _with_head(replace(cases[0], file_sections=tuple(rest)), front_matter, lines, source, taxonomy)
    return CaseReading(tuple(cases), (*findings, *_front_matter_findings(front_matter, source, lines, cases[0].id)))


def _with_head(case: Case, front_matter: FrontMatter, lines: Sequence[str], source: str, taxonomy: Taxonomy) -> Case:
    """Return the first case of a file with the front matter of the file, for it belongs to no other."""
    if not front_matter.body_index:
        return case
    context = Context(source, taxonomy)
    pairs = head_pairs(context, front_matter)
    return replace(case, front_matter=pairs, remarks=head_remarks(context, front_matter, pairs, lines))


def _stub(title: str, origin: Origin) -> Finding:
    return Finding(
        "case.stub",
        "note",
        f"「{title}」は、ほかのファイルや事例を指すだけで中身がないため、事例として数えません",
        "指されている先のファイルを seeds フォルダーに置いてください",
        origin,
    )


def _read_document(
    pieces: Sequence[Piece], front_matter: FrontMatter, lines: Sequence[str], source: str, taxonomy: Taxonomy
) -> tuple[Case, list[Finding]]:
    title, title_piece, sections = split_sections(pieces)
    blocks = split_blocks(sections)
    context = Context(source, taxonomy)
    gather(context, blocks, front_matter)
    named = _read_title(title)
    stated_title = context.first("title")
    titled = Labelled("", title, title_piece.line if title_piece else 1, 0)
    if named.company:
        titled_company: Labelled | None = replace(titled, value=named.company)
    else:
        titled_company = replace(stated_title, value=split_note(stated_title.value)[0]) if stated_title else None
    company, company_en = read_names(context, titled_company)
    if title_piece is not None or stated_title is None:
        context.places["title"] = (
            context.origin(titled.line) if title_piece else context.places.get("company", context.origin(1))
        )
    else:
        context.put("title", stated_title)
    case_id, id_origin = _case_id(context, named.number, company, title, title_piece)
    titled_industry = replace(titled, value=named.industry) if named.industry else None
    industry_raw, sectors = read_sectors(context, titled_industry, case_id)
    employees, employees_origin = read_employees(context, case_id)
    start, start_origin = read_date(context, "start")
    founded, founded_origin = read_date(context, "founded")
    published, published_origin = read_date(context, "published")
    dated = (("founded", founded_origin), ("published", published_origin))
    context.places.update((name, origin) for name, origin in dated if origin is not None)
    scope = context.first("scope")
    seat = context.first("headquarters")
    if seat is not None:
        context.put("headquarters", seat)
    tools = read_lists(context, "tools", blocks, "tools")
    if not tools and named.tool and title_piece is not None:
        tools = (context.quote(named.tool, title_piece.line),)
    vendors = read_lists(context, "vendors", blocks, "vendors") or read_lists(context, "partners", blocks, "vendors")
    metrics = read_metrics(context, blocks)
    references = read_references(context, blocks)
    pairs = head_pairs(context, front_matter)
    case = Case(
        id=case_id,
        title=title or (stated_title.value if stated_title else "") or company or case_id,
        origin=Origin(source, title_piece.line if title_piece else 1),
        dialect=dialect_of(shape_of(title, front_matter, pieces)),
        company=company,
        company_en=company_en,
        country=read_country(context),
        industry_raw=industry_raw,
        sectors=sectors,
        employees=employees,
        employees_origin=employees_origin,
        headquarters=seat.value if seat else None,
        founded=founded if founded is not None and founded.start is not None else None,
        adoption_start=start,
        adoption_origin=start_origin,
        published=published,
        ai_tools=tools,
        vendors=vendors,
        scope=context.quote(scope.value, scope.line, scope.column) if scope else None,
        profile=to_pairs(context, blocks, ("preamble", "basic_info")) or head_profile(context, front_matter),
        adoption=_read_adoption(context, blocks),
        metrics=(*metrics, *head_metrics(context, front_matter, metrics)),
        qualitative=read_quotes(context, blocks, "qual_effect"),
        background=read_quotes(context, blocks, "background"),
        costs=read_costs(context, blocks),
        phases=read_phases(context, blocks) or head_phases(context, front_matter),
        duration=read_duration(context, blocks),
        success_factors=read_factors(context, blocks),
        issues=read_issues(context, blocks),
        outlook=read_quotes(context, blocks, "outlook"),
        lessons=read_quotes(context, blocks, "lessons"),
        fact_checks=read_checks(context, blocks),
        references=(*references, *head_references(context, front_matter, references)),
        footer=read_footer(context, blocks),
        front_matter=pairs,
        sections=tuple(to_section(section, source, 1) for section in sections),
        section_count=sum(1 for piece in pieces if piece.kind == "heading" and piece.level == 2),
        verified=_is_verified(title, sections),
        id_origin=id_origin,
        remarks=head_remarks(context, front_matter, pairs, lines),
        placeholder=is_placeholder(title, sections, front_matter),
        title_links=links_of(title_piece, source),
        places=tuple(context.places.items()),
    )
    if case.placeholder:  # one warning says it all
        return case, [_placeholder(case)]
    return case, [
        *_front_matter_findings(front_matter, source, lines, case_id),
        *context.findings,
        *_nothing_read(case),
    ]


@dataclass(frozen=True, slots=True)
class _Title:
    """What a title names; "" for what it does not."""

    number: str = ""
    company: str = ""
    industry: str = ""
    tool: str = ""


def _read_title(title: str) -> _Title:
    """Return number, company, industry and tool as far as the title gives them."""
    title = " ".join(title.split())
    if len(title) > _MAX_TITLE:
        return _Title()
    for rule in _TITLE_RULES:
        if match := rule.match(title):
            parts = match.groupdict()
            company = parts.get("company") or ""
            if dash := _SPLIT_TITLE.match(company):
                company = dash[1]
            return _Title(
                parts.get("number") or "",
                company.strip(),
                parts.get("industry") or "",
                (parts.get("tool") or "").strip(),
            )
    dash = _SPLIT_TITLE.match(title)
    return _Title(company=dash[1].strip() if dash else "")


def _case_id(
    context: Context, number: str, company: str | None, title: str, title_piece: Piece | None
) -> tuple[str, Origin | None]:
    """Return the id and where it is written; None when it is made from the company."""
    found = context.first("id")
    if found is not None and found.value.strip():
        return to_half_width(found.value).strip(), context.origin(found.line, found.column)
    if number:
        return to_half_width(number), context.origin(title_piece.line) if title_piece is not None else None
    if title_piece is not None:
        context.places.setdefault("id", context.places.get("company", context.origin(title_piece.line)))
    return (slug_of(company) if company else "") or title.strip() or "無題", None


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


def _front_matter_findings(front_matter: FrontMatter, source: str, lines: Sequence[str], case_id: str) -> list[Finding]:
    findings: list[Finding] = []
    what, fix = "front matter ", "YAML の「キー: 値」の形に直してください"
    in_json = not front_matter.body_index
    if in_json:
        what, fix = "JSON ", "JSON の書き方に直してください"
    for fault in front_matter.faults:
        effect = "この行だけを読み飛ばし、ほかの行は読みました" if fault.lost else "そのまま読みました"
        origin = Origin(source, fault.line)
        findings.append(
            Finding(
                "case.json-fault" if in_json else "case.front-matter",
                "note",
                f"{what}の行を正しく読めません（{fault.reason}）。{effect}",
                fix,
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


def _placeholder(case: Case) -> Finding:
    return Finding(
        "case.placeholder",
        "warning",
        "ひな型のままか、「取得不可」「情報収集中」などで中身が埋まっていない事例です。空欄は空のまま扱います",
        "内容を調べて書き込むか、seeds フォルダーから外してください",
        case.origin,
        subjects=(f"case:{case.id}",),
    )


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
