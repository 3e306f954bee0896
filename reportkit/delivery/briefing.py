"""A briefing as the mail sees it: the file to attach, and the few things from it that the cover note shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from reportkit.base.files import safe_name
from reportkit.delivery.journal import Item
from reportkit.delivery.mailing import Edition, FileKind
from reportkit.document.block import Block, KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.inline import Inline

_TITLE_BYTES = 110


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the issue that a reader had before. before, after: as printed; "" where there was nothing."""

    label: str
    before: str
    after: str
    kind: Literal["changed", "new", "gone"] = "changed"


@dataclass(frozen=True, slots=True)
class MailBriefing:
    """A finished document.

    id: `sector/医療`; digest: of its facts; date: ISO; docx: the file as it stands in the output folder.
    lead: its first lead sentence; figures, chart: the first of their kind, None when it has none.
    """

    id: str
    title: str
    subtitle: str
    issue: int
    date: str
    vintage: str
    digest: str
    docx: bytes
    edition: Edition = "reader"
    lead: tuple[Inline, ...] = ()
    figures: KeyFigures | None = None
    chart: Chart | None = None

    @property
    def item(self) -> Item:
        """Return the briefing as the journal notes it."""
        document = sha256(self.docx).hexdigest()
        return Item(self.id, self.digest, self.issue, self.title, self.date, document)

    def file_name(self, kind: FileKind) -> str:
        """Return the name of the attachment: `医療_第2号_2026-11-22.docx`."""
        title = self.title
        while len(title.encode()) > _TITLE_BYTES:
            title = title[:-1]
        edition = "_校閲版" if self.edition == "review" else ""
        return f"{safe_name(f'{title}_第{self.issue}号_{self.date}{edition}')}.{kind}"


@dataclass(frozen=True, slots=True)
class Makers:
    """What other rooms do for the mail.

    html: blocks, title, language, addresses of pictures -> a page. plain: blocks -> text. charts: the charts of blocks.
    draw: chart -> PNG. pdf: briefing -> PDF; raises `RenderError` when there is no way to make one.
    changes: the .docx that a reader had, the .docx of now -> what differs.
    note: template name, view -> blocks.
    """

    html: Callable[[Sequence[Block], str, str, Sequence[str]], str]
    plain: Callable[[Sequence[Block]], str]
    charts: Callable[[Sequence[Block]], tuple[Chart, ...]]
    draw: Callable[[Chart], bytes]
    pdf: Callable[[MailBriefing], bytes]
    changes: Callable[[bytes, bytes], tuple[Change, ...]]
    note: Callable[[str, object], tuple[Block, ...]]
