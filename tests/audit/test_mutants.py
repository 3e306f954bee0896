"""Seeded faults in finished briefings: all of them are reported, and nothing about untouched documents.

A share of the 600 that `python -m benchmarks.mutants` makes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from mutants import KINDS, make_mutant

from benchmarks.mutants import built, score
from reportkit.audit.ledger import read_ledger
from reportkit.audit.lines import Sources
from reportkit.audit.package import open_package
from reportkit.audit.trace import trace
from reportkit.audit.verify import verify, verify_package

CHECKOUT = Path(__file__).parents[2]
SEEDS = CHECKOUT / "seeds"
SHARED = CHECKOUT.parent / "shared"
OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
CHOSEN = {"sector/医療", "sector/金融・保険", "case/GUGA_0003", "overview"}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(SEEDS, tmp_path_factory.mktemp("out"))


def test_nothing_is_reported_about_any_untouched_document_of_the_seeds(documents):
    result = score(documents, SEEDS, 0, 0)
    assert result.untouched == len(documents) > 30
    assert result.false_alarms == []


@pytest.mark.parametrize("folder", ["seeds", "corpus/cases"])
def test_nothing_is_reported_about_the_documents_of_real_sources(folder, tmp_path):
    seeds = SHARED / folder
    if not seeds.is_dir():
        pytest.skip("the real sources are not at hand")
    kept = re.compile(r"sector/(医療|製造業|公共)$|case/(?!9\d\d$)|overview")
    result = score(built(seeds, tmp_path, lambda name: kept.match(name) is not None), seeds, 0, 0)
    assert result.untouched > 5
    assert result.false_alarms == []


def test_seeded_faults_of_every_kind_are_reported(documents):
    chosen = {name: data for name, data in documents.items() if name in CHOSEN or name.startswith("case/s")}
    result = score(chosen, SEEDS, 6 * len(KINDS), 11)
    assert set(result.made) == set(KINDS)
    assert set(result.made.values()) == {6}
    assert result.missed == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_of_each_kind_really_changes_the_file(kind, documents):
    data = documents["sector/医療"]
    mutant = make_mutant(kind, data, Random(3))
    assert mutant is not None
    assert open_package(mutant.data).parts != open_package(data).parts


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_after_libreoffice_saved_it_every_briefing_still_verifies_and_is_traced(documents, tmp_path):
    before = {}
    for number, (name, data) in enumerate(documents.items()):
        path = tmp_path / "in" / f"{number}.docx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        before[path.name] = name
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, *map(str, sorted((tmp_path / "in").iterdir()))], check=True, timeout=600)
    texts = Sources(SEEDS)
    saved = sorted((tmp_path / "saved").iterdir())
    assert len(saved) == len(documents)
    for path in saved:
        package = open_package(path)
        assert verify_package(package, texts).faults == (), before[path.name]
        ledger = read_ledger(path)
        place = next(iter(ledger.places.values()))
        assert trace(ledger, place.text).hits or place.quote
    random, missed = Random(5), []
    largest = max(saved, key=lambda path: path.stat().st_size).read_bytes()
    for kind in ("digit", "rows", "cache", "workbook"):
        mutant = make_mutant(kind, largest, random)
        assert mutant is not None
        if not verify(mutant.data, SEEDS).faults:
            missed.append(mutant.what)
    assert missed == []
