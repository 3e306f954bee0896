"""Comments of the review edition: what the checks found about a number, beside that number.

In: the facts as they are printed. Out: their runs with comment ranges, and word/comments.xml. Each finding is commented
once, where a number that it is about is printed first; where none is printed as it stands in the source, at the first
number that was computed from one. The author is reportkit and the date that of the issue: the file knows no clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.document.block import Block, Box, Document
from reportkit.document.chart import Chart
from reportkit.render.word.concerns import Concerns
from reportkit.render.word.ledger import Ledger
from reportkit.render.word.markup import escape

AUTHOR, INITIALS = "reportkit", "rk"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
COMMENTS_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEVERITIES = {"error": "エラー", "warning": "警告", "note": "注記"}


class Comments:
    """Grows while a review edition is written. styles: ids of the comment's paragraph and mark, "" for none."""

    def __init__(self, document: Document, ledger: Ledger, text_style: str, mark_style: str) -> None:
        self._concerns = Concerns(document.provenance)
        self._ledger = ledger
        self._date = f"{document.issue.date}T00:00:00Z"
        self._paragraph = f'<w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>' if text_style else ""
        self._mark = f'<w:rPr><w:rStyle w:val="{mark_style}"/></w:rPr>' if mark_style else ""
        self._comments: list[str] = []
        printed = Document("", "", "", "", document.issue, _without_charts(document.blocks)).facts()
        self._printed = {finding for fact in printed for finding in self._concerns.about(fact)}
        self._told: set[Finding] = set()

    def around(self, fact: Fact, run: str) -> str:
        """Return the run of a printed fact with the comments about it."""
        found = [finding for finding in self._about(fact) if finding not in self._told]
        if not found:
            return run
        self._told.update(found)
        numbers = [self._add(finding) for finding in found]
        starts = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
        ends = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r>{self._mark}<w:commentReference w:id="{number}"/></w:r>'
            for number in numbers
        )
        return f"{starts}{run}{ends}"

    def xml(self) -> str:
        """Return word/comments.xml, "" when there is no comment."""
        if not self._comments:
            return ""
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:comments xmlns:w="{_W}">{"".join(self._comments)}</w:comments>'
        )

    def _about(self, fact: Fact) -> Iterable[Finding]:
        own = self._concerns.about(fact)
        if own or fact.derivation is None:
            return own
        inputs = (finding for each in fact.derivation.inputs for finding in self._about(each))
        return dict.fromkeys(finding for finding in inputs if finding not in self._printed)

    def _add(self, finding: Finding) -> int:
        number = len(self._comments)
        self._ledger.commented[finding] = number
        lines = [f"【{_SEVERITIES[finding.severity]}】{finding.message}"]
        lines += [
            f"{evidence.label}：{evidence.text}" + (f"（{evidence.origin.place()}）" if evidence.origin else "")
            for evidence in finding.evidence
        ]
        lines.append(f"対処：{finding.fix}")
        if finding.origin is not None:
            lines.append(f"出所：{finding.origin.place()}")
        lines.append(f"指摘の種類：{finding.code}")
        mark = f"<w:r>{self._mark}<w:annotationRef/></w:r>"
        paragraphs = "".join(
            f'<w:p>{self._paragraph}{"" if position else mark}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>'
            "</w:p>"
            for position, line in enumerate(lines)
        )
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{self._date}" w:initials="{INITIALS}">'
            f"{paragraphs}</w:comment>"
        )
        return number


def _without_charts(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what can carry comments: the numbers of a drawing cannot."""
    return tuple(
        Box(block.title, _without_charts(block.blocks)) if isinstance(block, Box) else block
        for block in blocks
        if not isinstance(block, Chart)
    )
