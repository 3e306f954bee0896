"""A sender that is killed at random moments; benchmarks/mail_kills.py does the same 200 times."""

from __future__ import annotations

from pathlib import Path

from killing import kill_often


def test_a_killed_sender_sends_nothing_twice_and_tells_no_lies(tmp_path: Path) -> None:
    killed = kill_often(tmp_path, kills=8, seed=7, people=25)
    assert killed.twice == []
    assert killed.lies == []
    assert killed.states["sent"] > 0
    assert killed.states["unknown"] <= killed.kills
    assert set(killed.states) <= {"sent", "unknown", "pending"}
