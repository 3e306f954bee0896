"""Paragraphs: style, what else they need, and their runs."""

from __future__ import annotations

from reportkit.document.inline import Inline, Text, plain_text
from reportkit.render.word.assembly import Assembly
from reportkit.render.word.inlines import PLAIN, Look, runs_xml, text_run


def paragraph_xml(part: str, runs: str, assembly: Assembly, keep_next: bool = False, more: str = "") -> str:
    """Return one paragraph. part: of the style map. more: further paragraph properties in schema order, from `w:numPr`.

    Takes a pending page break with it.
    """
    break_before = ""
    if assembly.break_pending:
        assembly.break_pending = False
        break_before = "<w:pageBreakBefore/>"
    keep = "<w:keepNext/>" if keep_next else ""
    style = assembly.base.styles[part]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{break_before}{more}</w:pPr>{runs}</w:p>'


def words_xml(
    part: str,
    inlines: tuple[Inline, ...],
    assembly: Assembly,
    keep_next: bool = False,
    more: str = "",
    look: Look = PLAIN,
) -> str:
    """Return one paragraph of inlines."""
    return paragraph_xml(part, runs_xml(inlines, assembly, look), assembly, keep_next, more)


def spacer_xml(assembly: Assembly, keep_next: bool = False) -> str:
    """Return the low empty paragraph that keeps two tables apart, or carries a page break to a table."""
    return paragraph_xml("spacer", "", assembly, keep_next)


def caption_xml(label: str, sequence: str, number: int, caption: tuple[Inline, ...], assembly: Assembly) -> str:
    """Return a numbered caption, kept with what follows. label: 図 or 表; sequence: ASCII name of the SEQ field."""
    runs = (
        text_run(f"{label} ", assembly)
        + '<w:r><w:fldChar w:fldCharType="begin"/>'
        + f'<w:instrText xml:space="preserve"> SEQ {sequence} \\* ARABIC </w:instrText>'
        + f'<w:fldChar w:fldCharType="separate"/><w:t>{number}</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        + runs_xml((Text("　"), *caption), assembly)
    )
    return paragraph_xml("caption", runs, assembly, keep_next=True)


def below_exhibit_xml(source: tuple[Inline, ...], notes: tuple[tuple[Inline, ...], ...], assembly: Assembly) -> str:
    """Return the 出典 line and the notes under a figure or table; "" when there is neither."""
    lines = []
    if source:
        lines.append(runs_xml(source if _starts_with_label(source) else (Text("出典："), *source), assembly))
    lines += [runs_xml(note, assembly) for note in notes]
    last = len(lines) - 1
    return "".join(
        paragraph_xml("source", line, assembly, keep_next=position < last) for position, line in enumerate(lines)
    )


def _starts_with_label(source: tuple[Inline, ...]) -> bool:
    return plain_text(source).lstrip().startswith(("出典", "出所", "資料"))
