"""One case from its outline and front matter: every field, and findings for what is missing or could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.base.text import to_half_width
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
from reportkit.sources.cases.dialects import dialect_of, shape_of
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
from reportkit.sources.cases.metrics import read_metrics
from reportkit.sources.cases.not_cases import is_placeholder
from reportkit.sources.cases.sections import Block, SourceSection, links_of, split_blocks, split_sections, to_section
from reportkit.sources.cases.titles import read_title
from reportkit.sources.cases.words import NOT_VERIFIED, label_field
from reportkit.sources.front_matter import FrontMatter
from reportkit.sources.names import slug_of
from reportkit.sources.outline import Piece

# What a reader wants to see at a glance; these words name keys of the front matter, a label of the body stays.
_ADOPTION_FIELDS = {
    "start": "導入時期", "tools": "AIツール名", "vendors": "ベンダー", "scope": "対象範囲", "duration": "実装期間",
}  # fmt: skip


def read_document(
    pieces: Sequence[Piece], front_matter: FrontMatter, lines: Sequence[str], source: str, taxonomy: Taxonomy
) -> tuple[Case, list[Finding]]:
    """Return the case of one outline, with what was noticed while reading it.

    lines: the file, for front matter lines that say more than their values; () where the front matter is no text of it.
    """
    title, title_piece, sections = split_sections(pieces)
    blocks = split_blocks(sections)
    context = Context(source, taxonomy)
    gather(context, blocks, front_matter)
    named = read_title(title)
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
        *front_matter_findings(front_matter, source, lines, case_id),
        *context.findings,
        *_nothing_read(case),
    ]


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


def front_matter_findings(front_matter: FrontMatter, source: str, lines: Sequence[str], case_id: str) -> list[Finding]:
    """Return a note for each line of the front matter, or of the JSON, that could not be read as it stands."""
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
