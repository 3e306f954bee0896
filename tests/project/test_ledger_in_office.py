"""What LibreOffice leaves of a ledger when it opens and saves a briefing: all of it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from ledger_of import N, W, bound_texts, ledger_of, place_texts, seal_of
from lxml import etree

from reportkit.project.documents import Press, Subject
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
SUBJECTS = (Subject("sector", "医療"), Subject("case", "863"), Subject("overview"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, bytes]]:
    """Return briefings as written and as LibreOffice saved them."""
    folder = tmp_path_factory.mktemp("office")
    corpus = read_corpus(Path(__file__).parents[2] / "seeds")
    press = Press(corpus, Settings(seeds=Path(), out=folder, templates=Path("no-templates")), {})
    paths = [folder / f"{number}.docx" for number in range(len(SUBJECTS))]
    for path, subject in zip(paths, SUBJECTS, strict=True):
        path.write_bytes(press.make(subject).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "saved")]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    return [(path.read_bytes(), (folder / "saved" / path.name).read_bytes()) for path in paths]


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_places_ledger_tables_and_charts_survive_opening_and_saving(saved: list[tuple[bytes, bytes]]) -> None:
    for written, after in saved:
        root = ledger_of(after)
        assert seal_of(root) == root.get("seal") == ledger_of(written).get("seal")
        bound = bound_texts(after)
        assert list(bound) == list(bound_texts(written))
        # LibreOffice 7.4 ends the bookmarks behind the first footnote mark of a file one character early.
        short = {name: text for name, text in place_texts(root).items() if bound[name] != text}
        assert all(bound[name] == text[:-1] for name, text in short.items())
        assert len(short) < 5
        assert _notes(after) == [note.text for note in root.iter(f"{N}footnote")] != []
        tables, charts = list(root.iter(f"{N}table")), list(root.iter(f"{N}chart"))
        assert tables
        body = _body(after)
        assert [mark.get("bookmark") for mark in tables] == [
            name for name, mark in body.items() if next(mark.iterancestors(f"{W}tbl"), None) is not None
            if name.startswith("_rkt")
        ]  # fmt: skip
        for chart in charts:
            assert b"chart" in etree.tostring(body[chart.get("bookmark")].getparent())


def _notes(data: bytes) -> list[str]:
    """Return the words of the footnotes in the order of their marks, without the blank behind the number."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes, body = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("footnotes", "document"))
    words = {
        note.get(f"{W}id"): "".join(text.text or "" for text in note.iter(f"{W}t"))
        for note in notes.iter(f"{W}footnote")
    }
    return [words[mark.get(f"{W}id")].removeprefix(" ") for mark in body.iter(f"{W}footnoteReference")]


def _body(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return {mark.get(f"{W}name"): mark for mark in root.iter(f"{W}bookmarkStart")}
