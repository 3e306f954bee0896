"""One run on other machines: everything that its documents are made from, in one value that can be sent.

In: the press of a run. Out: a `Shipment`, and a function that makes a document from it anywhere where the same
reportkit is installed: no project folder, no sources and no templates are needed there. Another version, or another
Jinja, would make other bytes; such a worker refuses.
"""

from __future__ import annotations

import copy
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportkit.base.digests import digest_of
from reportkit.base.errors import BuildError, Problem
from reportkit.build.documents import Made
from reportkit.project.documents import Press, Subject, all_subjects
from reportkit.project.engine import engine_with_plugins
from reportkit.sections.folders import TemplateFolders

_ONE_AT_A_TIME = threading.Lock()  # a worker's threads would only wait for each other
_UNPACKED: dict[str, tuple[tempfile.TemporaryDirectory[str], Press]] = {}


@dataclass(frozen=True, slots=True)
class Shipment:
    """A run as it is sent. name: a digest of it; templates: name and content of every file; engine: what made it."""

    name: str
    press: Press
    templates: tuple[tuple[str, bytes], ...]
    engine: str


def ship(press: Press) -> Shipment:
    """Return the run as a value that workers can be given."""
    press.prepare()
    templates = press.template_files()
    sources = tuple((source.path, source.digest) for source in press.corpus.sources)
    name = digest_of((sources, templates, repr(press.settings), repr(press.issue)))
    return Shipment(name, press, templates, engine_with_plugins())


def make_remotely(shipment: Shipment, subject_id: str, earlier: bytes | None) -> Made:
    """Make one document on a worker. earlier: the issue before, for what changed since; None when there is none.

    Raises `BuildError` on a worker whose reportkit is not the one that sent the run.
    """
    with _ONE_AT_A_TIME:
        if engine_with_plugins() != shipment.engine:
            what = "ワーカーの reportkit（またはそのライブラリーかプラグイン）が、この端末のものと違う版です"
            raise BuildError(Problem(what, "ワーカーに同じ版を入れてください。違う版では同じ文書になりません"))
        press = _unpacked(shipment)
        subjects = {subject.id: subject for subject in all_subjects(press.corpus)}
        return press.with_earlier(earlier).make(subjects[subject_id])


def remote_job(press: Press, subject: Subject) -> partial[Made]:
    """Return the call that makes a document on a worker, after the issue whose place it takes was kept here."""
    return partial(make_remotely, subject_id=subject.id, earlier=press.keep_earlier(subject))


def _unpacked(shipment: Shipment) -> Press:
    """Return the run with its templates in a folder of this machine; once for each shipment."""
    known = _UNPACKED.get(shipment.name)
    if known is None:
        folder = tempfile.TemporaryDirectory(prefix="reportkit-")
        for name, content in shipment.templates:
            path = Path(folder.name, *name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        press = copy.copy(shipment.press)
        press.use_templates(TemplateFolders((Path(folder.name),)))
        _UNPACKED.clear()  # an earlier run is over
        known = _UNPACKED[shipment.name] = (folder, press)
    return known[1]
