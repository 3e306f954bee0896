"""The ledgers of whole briefings: valid, complete, and without a trace of the machine."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest
from ledger_of import N, bound_texts, digest_of, ledger_of, place_texts, seal_of

from reportkit.document.block import Document
from reportkit.project.documents import Press, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("seeds", "../shared/seeds", "../shared/corpus/cases")


@cache
def briefings(folder: str) -> dict[str, tuple[Document, bytes]]:
    """Return every document of a folder, as blocks and as Word file, by its id."""
    seeds = (_ROOT / folder).resolve()
    if not seeds.is_dir():
        pytest.skip(f"{folder} is not there")
    corpus = read_corpus(seeds)
    press = Press(corpus, Settings(seeds=seeds, out=Path("out"), templates=Path("no-templates")), {})
    return {subject.id: (press.compose(subject), press.make(subject).data) for subject in all_subjects(corpus)}


@pytest.mark.parametrize("folder", _FOLDERS)
def test_what_is_printed_is_what_the_ledger_says(folder: str) -> None:
    for name, (document, data) in briefings(folder).items():
        root = ledger_of(data)  # checks the schema
        bound = {key: text for key, text in bound_texts(data).items() if key[3:].isdigit()}
        assert place_texts(root) == bound, name
        assert {fact.id for fact in document.facts()} <= {fact.get("id") for fact in root.iter(f"{N}fact")}, name
        assert (digest_of(root), seal_of(root)) == (root.get("facts"), root.get("seal")), name
        assert [fact.get("id") for fact in root.iter(f"{N}fact") if not len(fact)] == [], name


@pytest.mark.parametrize("folder", _FOLDERS)
def test_every_source_that_a_ledger_names_has_its_digest_and_no_path_of_the_machine(folder: str) -> None:
    for name, (_, data) in briefings(folder).items():
        root = ledger_of(data)
        sources = list(root.iter(f"{N}source"))
        used = {int(e.get("source")) for e in root.iter(f"{N}origin", f"{N}quote", f"{N}finding") if e.get("source")}
        assert used == set(range(1, len(sources) + 1)), name
        assert all(source.get("digest") for source in sources), name
        assert not any(source.get("file").startswith(("/", "..")) for source in sources), name


def test_a_cell_says_the_labels_of_its_row_and_column() -> None:
    _, data = briefings("seeds")["sector/医療"]
    cells = [
        origin
        for fact in ledger_of(data).iter(f"{N}fact")
        if fact.get("id").startswith("matrix/impact/医療/") and fact.get("id") != "matrix/impact/医療/合計"
        for origin in fact.iter(f"{N}origin")
    ]
    assert len(cells) > 5
    for origin in cells:
        assert origin.get("row")
        assert origin.get("row-line") == origin.get("line")
        assert origin.get("head")
        assert int(origin.get("head-line")) < int(origin.get("line"))
        assert origin.text


@pytest.mark.parametrize("folder", _FOLDERS)
def test_a_case_grows_by_less_than_thirty_kilobytes(folder: str) -> None:
    growths = {}
    for name, (_, data) in briefings(folder).items():
        if name.startswith("case/"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
            body = parts["word/document.xml"].decode()
            bare = re.sub(r'<w:bookmarkStart [^>]*w:name="_rk[^>]*/>|<w:bookmarkEnd [^>]*/>', "", body)
            added = [parts[one] for one in parts if one.startswith("customXml/") or one == "word/footnotes.xml"]
            growths[name] = sum(map(_packed, added)) + _packed(body.encode()) - _packed(bare.encode())
    assert growths
    assert max(growths.values()) < 30_000, max(growths, key=growths.__getitem__)


def _packed(content: bytes) -> int:
    return len(zlib.compress(content, 6))
