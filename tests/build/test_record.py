"""The record: what is kept, what a killed build leaves, and what becomes of a record that cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportkit.base.errors import BuildError
from reportkit.build.lock import locked
from reportkit.build.record import Entry, RecordWriter, Summary, read_record

SHARED = {"matrix\timpact\tcell\t医療\t合計": "aa", "engine": "bb"}
FIRST = Entry("case/1", "case/1.docx", "d1", (SHARED, {"case\t1": "c1"}), 0.01)
SECOND = Entry("case/2", "case/2.docx", "d2", (SHARED, {"case\t2": "c2"}), 0.02)


def written(path: Path, *entries: Entry, out: str = "out") -> None:
    writer = RecordWriter(path, read_record(path), out)
    for entry in entries:
        writer.note(entry)
    kept = {entry.id: entry for entry in entries}
    files = {entry.id: (entry.path, entry.digest) for entry in entries}
    writer.finish(Summary("w", files, {"date": "2026-01-01"}), kept)
    assert writer.failure == ""


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "state" / "record.jsonl"
    written(path, FIRST, SECOND)
    record = read_record(path)
    assert record.damage == ""
    assert record.entries("out") == {"case/1": FIRST, "case/2": SECOND}
    assert record.summaries["out"].whole == "w"
    assert record.summaries["out"].files == {"case/1": ("case/1.docx", "d1"), "case/2": ("case/2.docx", "d2")}
    first, second = record.entries("out").values()
    assert first.inputs[0] is second.inputs[0]
    assert path.read_text(encoding="utf-8").count("impact") == 1


def test_lines_of_documents_that_stay_are_taken_over_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    written(path, FIRST, SECOND)
    before = path.read_bytes()
    record = read_record(path)
    entries = dict(record.entries("out"))
    RecordWriter(path, record, "out").finish(record.summaries["out"], entries)
    assert path.read_bytes() == before
    record = read_record(path)
    newer = Entry("case/2", "case/2.docx", "d9", (SHARED, {"case\t2": "c9"}), 0.03)
    RecordWriter(path, record, "out").finish(
        record.summaries["out"], {"case/1": record.entries("out")["case/1"], "case/2": newer}
    )
    assert read_record(path).entries("out") == {"case/1": FIRST, "case/2": newer}
    lines = path.read_bytes().split(b"\n")
    assert [line for line in before.split(b"\n") if b"c2" not in line and b"case/2" not in line][1:] == [
        line for line in lines if b"c9" not in line and b"case/2" not in line
    ][1:]


def test_one_document_is_found_without_reading_the_others(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    written(path, FIRST, SECOND)
    with path.open("ab") as handle:
        handle.write(b"{broken\n")
    record = read_record(path)
    assert record.entry("out", "case/2") == SECOND
    assert record.entry("out", "case/3") is None
    assert record.entry("other", "case/2") is None
    later = Entry("case/2", "case/2.docx", "d9", (SHARED, {"case\t2": "c9"}), 0.03)
    RecordWriter(path, read_record(path), "out").note(later)
    assert read_record(path).entry("out", "case/2") == later


def test_every_out_folder_has_its_own_documents(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    written(path, FIRST)
    written(path, SECOND, out="other")
    record = read_record(path)
    assert list(record.entries("out")) == ["case/1"]
    assert list(record.entries("other")) == ["case/2"]
    assert record.summaries["out"].whole == "w"


@pytest.mark.parametrize("torn", [b"", b'{"out":"out","docu', b'{"group": "x"}\n\xff\xff'])
def test_a_build_that_was_killed_leaves_what_it_had_written(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "record.jsonl"
    written(path, FIRST)
    RecordWriter(path, read_record(path), "out").note(SECOND)
    with path.open("ab") as handle:
        handle.write(torn)
    record = read_record(path)
    assert record.entries("out") == {"case/1": FIRST, "case/2": SECOND}
    assert record.summaries["out"].whole == ""
    third = Entry("case/3", "case/3.docx", "d3", ({"case\t3": "c3"},))
    RecordWriter(path, read_record(path), "out").note(third)
    assert list(read_record(path).entries("out")) == ["case/1", "case/2", "case/3"]


def test_a_first_build_that_was_killed_leaves_what_it_had_written(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    RecordWriter(path, read_record(path), "out").note(FIRST)
    assert read_record(path).entries("out") == {"case/1": FIRST}


@pytest.mark.parametrize(
    ("content", "damage"),
    [
        (b"", "壊れています"),
        (b"\xff\xfe\x00", "壊れています"),
        (b"[]\n", "壊れています"),
        (b'{"reportkit-record": 99, "lines": 1}\n', "別の版"),
        (b'{"reportkit-record": 1, "lines": 7}\n', "途中で切れています"),
        (b'{"reportkit-record": 1, "lines": "x"}\n', "途中で切れています"),
        (b'{"reportkit-record": 1, "lines": 2}\n{"out":"out","whole":"w"}\n', "壊れています"),
    ],
)
def test_a_record_that_cannot_be_used_says_why_and_is_written_anew(tmp_path: Path, content: bytes, damage: str) -> None:
    path = tmp_path / "record.jsonl"
    path.write_bytes(content)
    record = read_record(path)
    assert damage in record.damage
    assert record.entries("out") == {}
    RecordWriter(path, record, "out").note(FIRST)
    assert read_record(path).damage == ""
    assert read_record(path).entries("out") == {"case/1": FIRST}


def test_a_record_cut_anywhere_is_damaged_or_holds_true_entries(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    written(path, FIRST, SECOND)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        record = read_record(path)
        assert record.damage or record.entries("out").items() <= {"case/1": FIRST, "case/2": SECOND}.items()
        assert record.damage or length == len(whole) - 1


def test_a_record_that_cannot_be_written_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    writer = RecordWriter(tmp_path / "state" / "record.jsonl", read_record(tmp_path / "none"), "out")
    writer.note(FIRST)
    writer.finish(Summary(), {})
    assert writer.failure


def test_a_second_build_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    code = f"""
import time
from pathlib import Path
from reportkit.build.lock import locked
with locked(Path({str(tmp_path)!r})):
    print("held", flush=True)
    time.sleep(60)
"""
    checkout = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": checkout}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(BuildError, match=f"プロセス {first.pid}"), locked(tmp_path):
            pass
        first.kill()
    deadline = time.monotonic() + 10
    while True:  # the lock goes with its process
        try:
            with locked(tmp_path):
                break
        except BuildError:
            assert time.monotonic() < deadline


def test_a_folder_that_cannot_be_made_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with locked(tmp_path / "file" / "state"):
        pass


def test_the_head_counts_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    written(path, FIRST, SECOND)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["lines"] == len(lines)
