"""The public functions: read a folder of sources, write one briefing. `import reportkit` offers both.

>>> import reportkit
>>> corpus = reportkit.read("seeds")              # doctest: +SKIP
>>> corpus.matrix("impact").frame()               # doctest: +SKIP
>>> reportkit.brief("金融・保険", seeds="seeds").path  # doctest: +SKIP
PosixPath('out/sector/金融・保険.docx')
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.base.errors import Problem, ProjectError, ViewError
from reportkit.base.finding import Finding
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Charts, Edition, Settings, read_date

if TYPE_CHECKING:
    from reportkit.corpus.corpus import Corpus
    from reportkit.project.documents import Kind, Subject

OVERVIEW_NAMES = ("overview", "概観")


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document that was written.

    kind: sector, case or overview; subject: canonical sector name, case id, or "" for the overview.
    findings: what was found in the data about this subject, worst first.
    """

    kind: Kind
    subject: str
    path: Path
    findings: tuple[Finding, ...]


def read(folder: str | os.PathLike[str] = "seeds") -> Corpus:
    """Read every source in `folder`, at any depth, whatever the files are called.

    Returns the corpus; `corpus.findings` tells what was wrong or doubtful, worst first. A file that cannot be read is
    a finding, not an error. Raises `ProjectError` when the folder does not exist or its taxonomy or specs are faulty.
    """
    return read_corpus(Path(folder))


def brief(
    subject: str,
    *,
    seeds: str | os.PathLike[str] | Corpus = "seeds",
    out: str | os.PathLike[str] = "out",
    templates: str | os.PathLike[str] = "templates",
    kind: Kind | None = None,
    date: str | datetime.date | None = None,
    organisation: str = "",
    charts: Charts = "native",
    issue: int = 1,
    footnotes: bool | None = None,
    edition: Edition = "reader",
    overwrite: bool = False,
) -> Briefing:
    """Write the briefing about one sector or case, or the `overview`, as a Word file below `out`.

    subject: sector name or alias, case id, company or part of its name, or "overview". Sectors go before cases; give
        `kind` when a name could be both.
    seeds: folder of sources, or a corpus from `read` (saves reading it again for every briefing).
    templates: folder with own sections, briefing kinds or base.docx; need not exist.
    date: issue date as `2026-04-01` or a date; None = SOURCE_DATE_EPOCH, else the newest date in the sources.
    charts: "native" for charts that Word can edit, "picture" for images.
    edition: "review" puts what the checks found beside the numbers as comments, in a file of its own.
    footnotes: whether numbers in prose carry a footnote with their source; None = for readers only.
    overwrite: also a document that a person has changed; without it the new issue stands beside it, as
        `<name>.new.docx`, and `Briefing.path` tells where.

    Raises `ProjectError` or `ViewError` for an unknown or ambiguous subject, `TemplateError` for a faulty template,
    `RenderError` when the file cannot be written; an older file then stays as it was.
    """
    from reportkit.build.documents import write_document
    from reportkit.project.documents import Press, findings_about

    corpus = read(seeds) if isinstance(seeds, str | os.PathLike) else seeds
    settings = Settings(
        seeds=Path(),
        out=Path(out),
        templates=Path(templates),
        organisation=organisation,
        charts=_charts(charts),
        date=_date(date),
        issue=issue,
        footnotes=footnotes,
        edition=_edition(edition),
    )
    found = find_subject(corpus, subject, kind)
    press = Press(corpus, settings)
    path, _ = write_document(press.path(found), press.publish(found).data, overwrite=overwrite)
    return Briefing(found.kind, found.name, path, findings_about(corpus, found))


def find_subject(corpus: Corpus, name: str, kind: Kind | None) -> Subject:
    """Return what a name means: the overview, a sector, or a case. Raises `ViewError` with what is near."""
    from reportkit.project.documents import OVERVIEW, Subject
    from reportkit.project.subjects import find_case, find_sector

    if kind == "overview" or (kind is None and name in OVERVIEW_NAMES):
        return OVERVIEW
    finders: dict[Kind, Callable[[], Subject]] = {
        "sector": lambda: Subject("sector", find_sector(corpus, name).name),
        "case": lambda: Subject("case", find_case(corpus, name).id),
    }
    if kind is not None and kind not in finders:
        raise ProjectError(
            Problem(f"kind「{kind}」はありません", "sector、case、overview のいずれかを指定してください")
        )
    problems: list[Problem] = []
    for find in finders.values() if kind is None else (finders[kind],):
        try:
            return find()
        except ViewError as error:
            problems.extend(error.problems)
    raise ViewError(problems)


def _charts(charts: str) -> Charts:
    match charts:
        case "native" | "picture":
            return charts
        case _:
            raise ProjectError(Problem(f"charts「{charts}」はありません", '"native" か "picture" を指定してください'))


def _edition(edition: str) -> Edition:
    match edition:
        case "reader" | "review":
            return edition
        case _:
            raise ProjectError(Problem(f"edition「{edition}」はありません", '"reader" か "review" を指定してください'))


def _date(date: str | datetime.date | None) -> str | None:
    if date is None or isinstance(date, datetime.date):
        return date.isoformat() if date else None
    try:
        return read_date(date)
    except ValueError:
        raise ProjectError(Problem(f"発行日「{date}」は使えません", "2026-04-01 の形で指定してください")) from None
