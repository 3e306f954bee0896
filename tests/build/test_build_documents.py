"""Writing documents: one that fails costs nobody else anything."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from reportkit.base.errors import Problem, TemplateError
from reportkit.build.documents import Job, Made, build_documents, write_document
from reportkit.build.seal import is_sealed, seal


def failing(error: BaseException) -> Made:
    raise error


def package(text: str) -> bytes:
    """Return a small sealed zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("text", (1980, 1, 1, 0, 0, 0)), text)
    return seal(buffer.getvalue())


def test_every_document_is_written_in_order(tmp_path: Path) -> None:
    jobs = [Job(name, tmp_path / "case" / f"{name}.docx", lambda name=name: Made(name.encode())) for name in "abc"]  # type: ignore[misc]
    results = list(build_documents(jobs))
    assert [result.job.id for result in results] == ["a", "b", "c"]
    assert all(result.written for result in results)
    assert [job.path.read_bytes() for job in jobs] == [b"a", b"b", b"c"]


def test_a_failing_document_keeps_its_old_file_and_stops_nobody(tmp_path: Path) -> None:
    old = tmp_path / "b.docx"
    old.write_bytes(b"old")
    problem = Problem("未定義の名前です", "名前を直してください", "sections/case/profile.md.j2:3")
    first, second, third = build_documents(
        [
            Job("a", tmp_path / "a.docx", lambda: Made(b"a")),
            Job("b", old, lambda: failing(TemplateError(problem))),
            Job("c", tmp_path / "c.docx", lambda: Made(b"c")),
        ]
    )
    assert (first.written, second.written, third.written) == (True, False, True)
    assert second.problems == (problem,)
    assert second.trace == ""
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx", "c.docx"]


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), RecursionError("deep"), MemoryError(), UnicodeError("u")])
def test_a_fault_of_our_own_ends_one_document_with_a_trace(tmp_path: Path, error: Exception) -> None:
    bad, good = build_documents(
        [Job("a", tmp_path / "a.docx", lambda: failing(error)), Job("b", tmp_path / "b.docx", lambda: Made(b"b"))]
    )
    assert "内部" in bad.problems[0].what
    assert type(error).__name__ in bad.trace
    assert good.written


def test_an_interruption_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(build_documents([Job("a", tmp_path / "a.docx", lambda: failing(KeyboardInterrupt()))]))


def test_a_place_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    held, free = build_documents(
        [Job("a", tmp_path / "a.docx", lambda: Made(b"a")), Job("b", tmp_path / "b.docx", lambda: Made(b"b"))]
    )
    assert "書き込めません" in held.problems[0].what
    assert "Word などを閉じて" in held.problems[0].fix
    assert free.written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx"]


def test_who_reads_a_document_while_it_is_replaced_reads_the_old_one_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_document(path, package("one" * 1000))
    with path.open("rb") as reader:
        first = reader.read(10)
        assert write_document(path, package("two")) == (path, "written")
        assert first + reader.read() == package("one" * 1000)
    assert path.read_bytes() == package("two")


def test_a_document_of_ours_is_replaced_and_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    assert write_document(path, package("one")) == (path, "written")
    before = path.stat()
    assert write_document(path, package("one")) == (path, "same")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert write_document(path, package("two")) == (path, "written")
    assert path.read_bytes() == package("two")


def test_a_file_changed_by_a_person_is_left_alone_and_the_new_issue_stands_beside_it(tmp_path: Path) -> None:
    path, beside, second = (tmp_path / name for name in ("a.docx", "a.new.docx", "a.new-2.docx"))
    path.write_bytes(b"by hand")
    assert write_document(path, package("one")) == (beside, "beside")
    assert write_document(path, package("one")) == (beside, "beside")
    assert write_document(path, package("two")) == (beside, "beside")
    assert (path.read_bytes(), beside.read_bytes()) == (b"by hand", package("two"))
    beside.write_bytes(package("two") + b"by hand")
    assert write_document(path, package("three")) == (second, "beside")
    assert write_document(path, package("three"), overwrite=True) == (path, "written")
    assert path.read_bytes() == package("three")


def test_a_seal_is_lost_with_any_change(tmp_path: Path) -> None:
    sealed = package("one")
    with zipfile.ZipFile(io.BytesIO(sealed)) as archive:
        assert archive.testzip() is None
        assert archive.read("text") == b"one"
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as other:
            other.writestr(archive.infolist()[0], archive.read("text"))
    assert is_sealed(sealed)
    assert not is_sealed(copy.getvalue())
    for place in range(len(sealed)):
        assert not is_sealed(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        assert not is_sealed(sealed[:place])
