"""The whole road on the project's own seeds: every document, and what must hold for each of them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from word_validators import docx_faults

from reportkit.build.documents import build_documents
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Document
from reportkit.project.documents import Press, Subject, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

CHECKOUT = Path(__file__).parents[2]
SEEDS = CHECKOUT / "seeds"
OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
# Constants of the method, things reportkit counted, and computed evidence beside the evidence that sources gave.
_OWN = ("setting/", "count/", "finding/")
LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|\*\*|^:::|\bNone\b|\bnan\b|Decimal\(|Undefined|[\ue000-\uf8ff]|<ul|<p>|<br", re.MULTILINE
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(SEEDS)


@pytest.fixture(scope="module")
def press(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Press:
    out = tmp_path_factory.mktemp("out")
    return Press(corpus, Settings(SEEDS, out, CHECKOUT / "nowhere"), {})


@pytest.fixture(scope="module")
def composed(press: Press) -> dict[Subject, Document]:
    return {subject: press.compose(subject) for subject in all_subjects(press.corpus)}


@pytest.fixture(scope="module")
def written(press: Press) -> list[Path]:
    results = list(build_documents(press.job(subject) for subject in all_subjects(press.corpus)))
    assert [result.problems for result in results if not result.written] == []
    return [result.job.path for result in results]


def text_of(path: Path) -> str:
    """Return the text of a Word file, a line for every paragraph."""
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode()
    return "\n".join(re.sub(r"<[^>]*>", "", paragraph) for paragraph in xml.split("</w:p>"))


def test_there_is_a_briefing_for_every_sector_every_case_and_all_of_them(corpus: Corpus, written: list[Path]) -> None:
    names = [path.parent.name for path in written]
    assert names.count("sector") == 20
    assert names.count("case") == len(corpus.cases) == 10
    assert len(written) == len(set(written)) == 31


def test_the_overview_lists_the_files_that_are_there(written: list[Path]) -> None:
    out = written[-1].parent
    listed = set(re.findall(r"(?:sector|case)/[^\n]+?\.docx", text_of(out / "overview.docx")))
    assert listed == {path.relative_to(out).as_posix() for path in written[:-1]}


def test_six_sectors_have_a_case(corpus: Corpus) -> None:
    assert len({sector for case in corpus.cases for sector in case.sectors}) >= 6


def test_every_printed_number_leads_back_to_a_line_of_a_source(
    corpus: Corpus, composed: dict[Subject, Document]
) -> None:
    lines = {source.path: source.line_count for source in corpus.sources}
    for subject, document in composed.items():
        facts = document.facts()
        assert facts, subject
        for fact in facts:
            origins = fact.all_origins()
            assert origins or fact.id.startswith(_OWN), (subject.id, fact.id, fact.label)
            for origin in origins:
                assert origin.source in lines, (fact.id, origin)
                assert 0 <= origin.line <= lines[origin.source], (fact.id, origin)


def test_one_fact_has_one_value_wherever_it_is_printed(composed: dict[Subject, Document]) -> None:
    known: dict[str, tuple[str, object]] = {}
    for subject, document in composed.items():
        for fact in document.facts():
            quantity = fact.quantity
            value = (quantity.value, quantity.low, quantity.high, quantity.unit)
            first, expected = known.setdefault(fact.id, (subject.id, value))
            assert value == expected, (fact.id, first, subject.id)


def test_no_template_mark_or_remains_of_markup_reaches_a_page(written: list[Path]) -> None:
    for path in written:
        found = LEFTOVERS.search(text_of(path))
        assert found is None, (path.name, found)


def test_no_checker_finds_anything_in_any_document(written: list[Path]) -> None:
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        faults = dict(zip((path.name for path in written), pool.map(docx_faults, written), strict=True))
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_documents(written: list[Path], tmp_path: Path) -> None:
    chosen = [
        path for path in written if path.stem in {"医療", "製造業", "公共", "overview"} or path.parent.name == "case"
    ]
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, chosen)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {path.stem for path in chosen}


def test_same_sources_give_same_bytes_whatever_the_hash_seed_zone_and_locale(tmp_path: Path) -> None:
    digests = []
    for seed, zone, locale in (("0", "UTC", "C"), ("4242", "Asia/Tokyo", "C.UTF-8")):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "reportkit_briefings", "build", "--seeds", str(SEEDS), "--out", str(out)],
            check=True, capture_output=True, cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
        )  # fmt: skip
        digests.append(
            {
                path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in out.rglob("*.docx")
            }
        )
    assert digests[0] == digests[1]
    assert len(digests[0]) == 31
