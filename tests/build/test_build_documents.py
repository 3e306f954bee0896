"""Writing documents: one that fails costs nobody else anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportkit.base.errors import Problem, TemplateError
from reportkit.build.documents import Job, build_documents


def failing(error: BaseException) -> bytes:
    raise error


def test_every_document_is_written_in_order(tmp_path: Path) -> None:
    jobs = [Job(name, tmp_path / "case" / f"{name}.docx", lambda name=name: name.encode()) for name in "abc"]  # type: ignore[misc]
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
            Job("a", tmp_path / "a.docx", lambda: b"a"),
            Job("b", old, lambda: failing(TemplateError(problem))),
            Job("c", tmp_path / "c.docx", lambda: b"c"),
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
        [Job("a", tmp_path / "a.docx", lambda: failing(error)), Job("b", tmp_path / "b.docx", lambda: b"b")]
    )
    assert "内部" in bad.problems[0].what
    assert type(error).__name__ in bad.trace
    assert good.written


def test_an_interruption_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(build_documents([Job("a", tmp_path / "a.docx", lambda: failing(KeyboardInterrupt()))]))


def test_a_file_that_is_held_open_elsewhere_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    held, free = build_documents(
        [Job("a", tmp_path / "a.docx", lambda: b"a"), Job("b", tmp_path / "b.docx", lambda: b"b")]
    )
    assert "書き込めません" in held.problems[0].what
    assert "Word などを閉じて" in held.problems[0].fix
    assert free.written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx"]
