"""One engine for all case dialects: outline → sections → blocks → fields.

In: the text of one file, decoded, with line feeds between its lines. Out: `CaseReading`. Nothing raises, whatever the
text; every line of it stands in the sections of the case, in its front matter or in its title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin, Quote
from reportkit.corpus.case import Case, Section
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.cases.content import read_footer
from reportkit.sources.cases.dialects import is_stub, split_documents
from reportkit.sources.cases.document import front_matter_findings, read_document
from reportkit.sources.cases.fields import Context
from reportkit.sources.cases.head import head_pairs, head_remarks
from reportkit.sources.cases.index import IndexTable, find_indexes, is_index_row, read_row
from reportkit.sources.cases.json_cases import DIALECT, JsonFile
from reportkit.sources.cases.levels import with_usual_levels
from reportkit.sources.cases.not_cases import reason_against_case
from reportkit.sources.cases.opened import CaseText
from reportkit.sources.cases.sections import links_of, split_blocks, split_sections, to_section
from reportkit.sources.front_matter import FrontMatter
from reportkit.sources.json_text import unescape
from reportkit.sources.outline import Piece, read_outline


@dataclass(frozen=True, slots=True)
class CaseReading:
    """The cases of one file (mostly one) and what was noticed while reading them.

    reason: why the file is no case although it looks like one (a stub, a list, a survey); "" when it is one.
    """

    cases: tuple[Case, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def read_case(text: str | CaseText, source: str, taxonomy: Taxonomy) -> CaseReading:
    """Read the case or cases of one file.

    text: opened, when it was looked at before. source: path relative to the seeds folder, for origins. Without any
    title, front matter or section there is no case, and a finding says so.
    """
    opened = CaseText.of(text)
    lines = opened.lines
    if opened.json is not None and opened.json.documents:
        return _read_json(opened.json, lines, source, taxonomy)
    front_matter = opened.front_matter
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
    case, findings = read_document(pieces, front_matter, lines, source, taxonomy)
    return CaseReading((case,), tuple(findings), reason_against_case(case, front_matter, pieces))


def _read_json(file: JsonFile, lines: Sequence[str], source: str, taxonomy: Taxonomy) -> CaseReading:
    """Read the cases of a JSON file; what stands beside them in the file goes to the first one."""
    cases: list[Case] = []
    findings: list[Finding] = []
    for document in file.documents:
        case, found = read_document(document.pieces, document.front_matter, (), source, taxonomy)
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
        findings.extend(front_matter_findings(FrontMatter(faults=(fault,)), source, lines, case_id))
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
        case, found = read_document(document, FrontMatter(), lines, source, taxonomy)
        cases.append(replace(case, dialect=dialect))
        findings.extend(found)
    if not cases:
        pieces = [piece for document in documents for piece in document]
        return _read_one(pieces, front_matter, lines, source, taxonomy)
    cases[0] = _with_head(replace(cases[0], file_sections=tuple(rest)), front_matter, lines, source, taxonomy)
    return CaseReading(tuple(cases), (*findings, *front_matter_findings(front_matter, source, lines, cases[0].id)))


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
    return CaseReading(tuple(cases), (*findings, *front_matter_findings(front_matter, source, lines, cases[0].id)))


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


def _empty(source: str) -> Finding:
    return Finding(
        "case.empty",
        "warning",
        "本文がなく、事例として読めるものがありません",
        "ファイルの中身を確かめるか、seeds フォルダーから取り除いてください",
        Origin(source, 1),
    )
