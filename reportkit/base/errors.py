"""The error tree. Faulty data is a `Finding`, not an exception; these are for what stops a document or a command.

ReportkitError
  ProjectError    settings, unknown or duplicate names            exit code 2
  SourceError     a seeds folder that cannot be read at all        exit code 2
  ViewError       unknown subject, not enough data                 exit code 2 (named by the user) or 3
  TemplateError   undefined name, directive, markup                exit code 3
  RenderError     missing style, unsupported block, unwritable out exit code 3
  DeliveryError   transient or permanent                           exit code 4
  BuildError      record version, lock held                        exit code 2
  AuditError      a .docx without a readable ledger                exit code 2, or 1 for one file of many
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: what and why, where, and how.

    place: `templates/sections/sector/impact.md.j2:12`, a path, a setting; "" when there is none.
    """

    what: str
    fix: str
    place: str = ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.what} → {self.fix}"


class ReportkitError(Exception):
    """Base of all errors that reportkit raises on purpose; carries every problem found, not only the first."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ProjectError(ReportkitError):
    """Settings, taxonomy or specs are wrong, or a name is unknown or taken."""


class SourceError(ReportkitError):
    """The sources cannot be read at all; single unreadable files are findings instead."""


class ViewError(ReportkitError):
    """The subject is unknown, or there is not enough data to say anything about it."""


class TemplateError(ReportkitError):
    """A section template or a briefing kind is wrong; the place is file and line."""


class RenderError(ReportkitError):
    """The document cannot be written: missing style, unsupported block, unwritable output."""


class DeliveryError(ReportkitError):
    """A message could not be delivered."""


class BuildError(ReportkitError):
    """The build record cannot be used."""


class AuditError(ReportkitError):
    """A document that is to be traced, verified or compared is no .docx, or has no ledger that could be read."""
