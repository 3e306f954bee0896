"""One document by reportkit and by other tools, in turns: milliseconds of processors.

reportkit does all its work: it reads and checks the file of the case, composes, writes ledger and charts, and puts the
sealed file in its place. Survey and white paper are read once in a run, so that a sector bears its share of that. The
peers begin with the finished content, and write a file as well.
"""

from __future__ import annotations

import gc
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.commands import CHECKOUT, in_turns, quartiles
from benchmarks.content import Content, Shape, plain_content, shape_of
from benchmarks.drawing import draw
from benchmarks.goals import FASTER, NO_GOAL, ONE_DOCUMENT, SIZE
from benchmarks.node_docx import NodeDocx
from benchmarks.peers import docxtpl, docxtpl_template, pandoc_program, peers
from reportkit.base.files import write_atomic
from reportkit.corpus.corpus import Corpus
from reportkit.project.documents import Press, Subject, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

HEAD = ("document", "tool", "ms (quartiles)", "reportkit is faster by", "goal", "stretch goal")
_SEEDS = CHECKOUT / "seeds"
_SECTOR = Subject("sector", "医療")
_WARM = 3  # calls of each tool before any is measured
_NODE_WARM = 20  # node compiles what runs often while it runs


@dataclass(frozen=True, slots=True)
class Measured:
    """The documents that were made, how much each holds, and the rows of the table."""

    shapes: tuple[tuple[str, Shape], ...]
    rows: tuple[tuple[str, ...], ...]
    size: float


def measure(rounds: int, modules: Path | None) -> Measured:
    """Measure the fullest case of our seeds and a sector; modules: a `node_modules` with `docx`, None for none."""
    with TemporaryDirectory() as name, _node(modules) as node:
        folder = Path(name)
        corpus = read_corpus(_SEEDS)
        press = Press(corpus, Settings(folder, folder / "out", folder / "templates"), {})
        shapes: list[tuple[str, Shape]] = []
        rows: list[tuple[str, ...]] = []
        case = fullest_case(press)
        for subject in (case, _SECTOR):
            content = plain_content(press.compose(subject))
            shapes.append((subject.id, shape_of(content)))
            read, share = _reader(corpus, subject, folder / subject.kind)
            rows += _compared(subject.kind, _calls(press, subject, content, folder, node), read, share, rounds)
        return Measured(tuple(shapes), tuple(rows), size_of_native(press, case))


def fullest_case(press: Press) -> Subject:
    """Return the case whose briefing holds the most."""
    cases = [subject for subject in all_subjects(press.corpus) if subject.kind == "case"]
    return max(cases, key=lambda subject: _parts(shape_of(plain_content(press.compose(subject)))))


def size_of_native(press: Press, subject: Subject) -> float:
    """Return the size of a document with native charts against the same with pictures."""
    pictures = Press(press.corpus, replace(press.settings, charts="picture"), {})
    return len(press.make(subject).data) / len(pictures.make(subject).data)


def size_row(size: float) -> tuple[str, ...]:
    """Return the row of the goal for sizes."""
    return "size of that case with native charts against PNG charts", f"{size:.2f} x", *SIZE.verdict(size)


def timed(call: Callable[[], object]) -> float:
    """Return the seconds of processors that one call takes, its processes included: another load disturbs them less.

    Garbage of the call before is collected first, and billed to nobody.
    """
    gc.collect()
    start = _busy()
    call()
    return _busy() - start


def _busy() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _parts(shape: Shape) -> int:
    return sum(getattr(shape, field.name) for field in fields(shape))


@contextmanager
def _node(modules: Path | None) -> Iterator[NodeDocx | None]:
    node = None if modules is None else NodeDocx(modules)
    try:
        yield node
    finally:
        if node is not None:
            node.close()


def _reader(corpus: Corpus, subject: Subject, folder: Path) -> tuple[Callable[[], float], int]:
    """Return what reads and checks the sources of a document, timed, and among how many documents that is shared."""
    folder.mkdir()
    sectors = 1
    if subject.kind == "case":
        source = next(case.origin.source for case in corpus.cases if case.id == subject.name)
        shutil.copy(_SEEDS / source, folder)
    else:
        for part in ("survey", "white-paper"):
            shutil.copytree(_SEEDS / part, folder / part)
        sectors = sum(each.kind == "sector" for each in all_subjects(corpus))
    return lambda: timed(lambda: read_corpus(folder)) / sectors, sectors


def _calls(
    press: Press, subject: Subject, content: Content, folder: Path, node: NodeDocx | None
) -> dict[str, Callable[[], float]]:
    """Return what makes and writes the document, timed, by the name of the tool; reportkit first."""
    path = folder / "document.docx"
    pictures = draw(content.drawings())
    template = docxtpl_template(folder)
    calls: dict[str, Callable[[], float]] = {
        "reportkit": lambda: timed(lambda: write_atomic(path, press.make(subject).data)),
        "docxtpl + pyplot": lambda: timed(lambda: docxtpl(template, content, draw(content.drawings()), path)),
    }
    for name, write in peers(template, pandoc_program()).items():
        calls[name] = lambda write=write: timed(lambda: write(content, pictures, path))  # type: ignore[misc]
    if node is not None:
        for _ in range(_NODE_WARM):
            node.seconds(content, pictures, path)
        calls["npm docx, warm, pictures given"] = lambda: node.seconds(content, pictures, path)
    return calls


def _compared(
    kind: str, calls: dict[str, Callable[[], float]], read: Callable[[], float], share: int, rounds: int
) -> Iterator[tuple[str, ...]]:
    for call in (*calls.values(), read):  # everybody warm
        for _ in range(_WARM):
            call()
    reading, *found = in_turns(rounds, (read, *calls.values()))
    own = [one + other for one, other in zip(reading, found[0], strict=True)]
    _, ours, _ = quartiles(own)
    for name, times in zip(calls, (own, *found[1:]), strict=True):
        _, middle, _ = quartiles(times)
        if name == "reportkit":
            yield kind, name, _shown(times), "1", *ONE_DOCUMENT[kind].verdict(middle * 1000)
            what = "reading and checking" if share == 1 else f"1/{share} of reading and checking the survey"
            yield kind, f"… of that {what}", _shown(reading), "", *NO_GOAL
            continue
        goal = FASTER.get((kind, name))
        ratio = middle / ours
        yield kind, name, _shown(times), f"{ratio:.1f} x", *(NO_GOAL if goal is None else goal.verdict(ratio))


def _shown(times: list[float]) -> str:
    low, middle, high = (each * 1000 for each in quartiles(times))
    return f"{middle:.1f} ({low:.1f}-{high:.1f})"
