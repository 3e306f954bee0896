"""Readings that are kept: the same corpus as reading everything, and no more than that."""

from __future__ import annotations

import os
import pickle
import shutil
import zlib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generate import case_files
from reportkit.base.digests import digest_bytes, digest_of
from reportkit.base.errors import BuildError
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.cli.main import cli
from reportkit.corpus.corpus import Corpus
from reportkit.project.documents import Press, all_subjects
from reportkit.project.kept_case import KeptCase, case_parts, close_cases, kept_case
from reportkit.project.reading import read_corpus
from reportkit.project.readings import FOLDER, KeptReadings
from reportkit.project.settings import Settings
from reportkit.sources.folder import find_files, hash_file
from reportkit.sources.reader import read_folder
from reportkit.views.case_digests import CaseDigests

CHECKOUT = Path(__file__).parents[2]


class Attack:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/reportkit-was-here",)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    shutil.copytree(CHECKOUT / "seeds" / "survey", folder / "survey")
    for file in case_files(12, 9):
        (folder / file.name).write_text(file.text, encoding="utf-8")
    shutil.copy(CHECKOUT / "seeds" / "cases" / "aist.md", folder / "a.md")
    text = (folder / "a.md").read_text(encoding="utf-8")
    (folder / "b.md").write_text(f"{text}\n同じ番号の架空の事例。\n", encoding="utf-8")
    shutil.copy(folder / "a.md", folder / "c.md")
    return folder


def entries(state: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (state / FOLDER).iterdir()}


def test_kept_readings_give_the_same_corpus(seeds: Path, tmp_path: Path) -> None:
    plain = read_corpus(seeds)
    first, second = KeptReadings(tmp_path), KeptReadings(tmp_path)
    assert read_corpus(seeds, first) == plain
    before = entries(tmp_path)
    kept = read_corpus(seeds, second)
    assert kept == plain
    assert entries(tmp_path) == before
    assert [second.digests.of(case) for case in kept.cases] == [CaseDigests().of(case) for case in plain.cases]


def test_only_a_file_that_changed_is_read_again_and_old_entries_go(seeds: Path, tmp_path: Path) -> None:
    read_corpus(seeds, KeptReadings(tmp_path))
    before = entries(tmp_path)
    path = seeds / "b.md"
    path.write_text(path.read_text(encoding="utf-8").replace("325%", "335%"), encoding="utf-8")
    kept = KeptReadings(tmp_path)
    assert read_corpus(seeds, kept) == read_corpus(seeds)
    assert len(entries(tmp_path).keys() - before.keys()) == 1
    kept.forget()
    assert len(entries(tmp_path)) == len(before)


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_its_old_digest(seeds: Path, tmp_path: Path) -> None:
    files = tuple(map(hash_file, find_files(seeds)))
    path = seeds / "b.md"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("325%", "335%"), encoding="utf-8")
    late = read_folder(seeds, KeptReadings(tmp_path), files)
    assert late == read_folder(seeds)
    path.write_text(before, encoding="utf-8")
    assert read_folder(seeds, KeptReadings(tmp_path), files) == read_folder(seeds)


def test_settings_of_the_folder_make_other_entries(seeds: Path, tmp_path: Path) -> None:
    read_corpus(seeds, KeptReadings(tmp_path))
    before = entries(tmp_path)
    (seeds / "taxonomy.toml").write_text("# 架空\n", encoding="utf-8")
    plain = read_corpus(seeds)
    assert read_corpus(seeds, KeptReadings(tmp_path)) == plain
    assert len(entries(tmp_path)) == 2 * len(before)


@pytest.mark.parametrize("content", [b"", b"\x80\x05", pickle.dumps(Attack()), pickle.dumps(("x", ())), b"\xff" * 99])
def test_a_damaged_or_foreign_entry_is_read_anew_and_runs_nothing(seeds: Path, tmp_path: Path, content: bytes) -> None:
    mark = Path("/tmp/reportkit-was-here")
    mark.unlink(missing_ok=True)
    plain = read_corpus(seeds, KeptReadings(tmp_path))
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(content)
    assert read_corpus(seeds, KeptReadings(tmp_path)) == plain
    assert not mark.exists()
    assert read_corpus(seeds, KeptReadings(tmp_path)) == plain


def test_an_entry_that_somebody_forged_with_its_digest_runs_nothing_either(seeds: Path, tmp_path: Path) -> None:
    mark = Path("/tmp/reportkit-was-here")
    mark.unlink(missing_ok=True)
    plain = read_corpus(seeds, KeptReadings(tmp_path))
    for path in (tmp_path / FOLDER).iterdir():
        data = pickle.dumps(Attack())
        path.write_bytes(digest_bytes(data).encode() + data)
    assert read_corpus(seeds, KeptReadings(tmp_path)) == plain
    case = replace(case_parts(plain.cases[0]), heavy=(zlib.compress(pickle.dumps(Attack())),) * 2)
    with pytest.raises(BuildError, match="前に読んだ事例の控え"):
        _ = kept_case(case).metrics
    assert not mark.exists()


def test_a_kept_case_reads_its_texts_when_they_are_asked_for_and_equals_the_case(seeds: Path) -> None:
    for case in read_corpus(seeds).cases:
        kept = kept_case(case_parts(case))
        assert (kept.id, kept.company, kept.sectors) == (case.id, case.company, case.sectors)
        with pytest.raises(AttributeError):
            object.__getattribute__(kept, "sections")
        assert kept.sections == case.sections
        assert kept == case
        assert case == kept
        assert hash(kept) == hash(case)
        assert pickle.loads(pickle.dumps(kept)) == case
        assert digest_of(kept) == digest_of(case)
        assert replace(kept, id="x") == replace(case, id="x")
        with pytest.raises(AttributeError):
            _ = kept.sectoins  # type: ignore[attr-defined]


def test_digests_of_fields_tell_which_field_is_another(seeds: Path) -> None:
    case = read_corpus(seeds).cases[0]
    other = replace(case, company="架空の別会社", places=())
    digests = CaseDigests()
    changed = {field.name for field in fields(case) if digests.of(case, field.name) != digests.of(other, field.name)}
    assert changed == {"company", "places"}
    assert digests.of(case, "id", "title") == digests.of(other, "id", "title")
    assert digests.of(case, "id", "company") != digests.of(other, "id", "company")
    assert digests.of(case, "a field of tomorrow") == digests.of(case) != digests.of(other)


def test_what_the_checks_found_in_the_survey_is_kept_while_its_files_stay_the_same(seeds: Path, tmp_path: Path) -> None:
    def check(corpus: Corpus) -> list[Finding]:
        asked.append(len(corpus.cases))
        return [Finding("x", "note", "架空の指摘", "なし", Origin("s.txt"))]

    asked: list[int] = []
    for _ in range(2):
        kept = KeptReadings(tmp_path)
        corpus = read_corpus(seeds, kept)
        assert [finding.message for finding in kept.findings_of_survey(corpus, check)]
    survey = next((seeds / "survey").iterdir())
    survey.write_bytes(survey.read_bytes() + "\n架空の一行\n".encode())
    kept = KeptReadings(tmp_path)
    corpus = read_corpus(seeds, kept)
    assert asked == []  # reading has asked before us, with the checks of the house
    for path in (tmp_path / FOLDER).iterdir():
        path.unlink()
    assert kept.findings_of_survey(corpus, check) == kept.findings_of_survey(corpus, check)
    assert asked == [0]


def test_reading_ahead_in_several_processes_gives_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for file in case_files(90, 4):
        (folder / file.name).write_text(file.text, encoding="utf-8")
    assert read_corpus(folder, KeptReadings(tmp_path, workers=3)) == read_corpus(folder)


def test_commands_that_only_read_say_the_same_from_kept_readings(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [
        ["check"], ["check", "--format", "json"], ["check", "--coverage"], ["show", "case", "863"], ["list", "cases"],
        ["show", "matrix", "impact"], ["export", "cases", "--format", "json"], ["export", "metrics", "--format", "csv"],
    ]  # fmt: skip

    def said() -> list[tuple[int, bytes]]:
        return [(result.exit_code, result.stdout_bytes) for result in (CliRunner().invoke(cli, line) for line in lines)]

    plain = said()
    assert not (tmp_path / ".reportkit").exists()
    (tmp_path / ".reportkit").mkdir()
    assert said() == plain
    assert len(entries(tmp_path / ".reportkit")) > 10
    assert said() == plain
    assert all(len(output) > 100 for _, output in plain)


def test_cases_that_were_opened_are_bytes_again_after_a_document_and_can_be_opened_anew(seeds: Path) -> None:
    close_cases()
    case = read_corpus(seeds).cases[0]
    kept = kept_case(case_parts(case))
    assert kept.metrics == case.metrics
    assert kept.sections == case.sections
    close_cases()
    for name in ("metrics", "sections"):
        with pytest.raises(AttributeError):
            object.__getattribute__(kept, name)
    assert kept == case
    close_cases()
    close_cases()
    assert kept.id == case.id


def test_a_build_leaves_no_case_open(seeds: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second one takes every case from what the first kept
        kept = KeptReadings(tmp_path / "state")
        corpus = read_corpus(seeds, kept)
        press = Press(corpus, Settings(seeds, tmp_path / "out", tmp_path / "templates"), {}, kept.digests)
        made = [press.publish(subject).data for subject in all_subjects(corpus)]
    kept_ones = [case for case in corpus.cases if isinstance(case, KeptCase) and hasattr(case, "_heavy")]
    assert len(kept_ones) > len(corpus.cases) // 2  # those that were joined or renamed are made anew
    for case in kept_ones:
        with pytest.raises(AttributeError):
            object.__getattribute__(case, "metrics")
    whole = Press(read_corpus(seeds), Settings(seeds, tmp_path / "out", tmp_path / "templates"), {})
    assert made == [whole.make(subject).data for subject in all_subjects(corpus)]
