"""What the speed benchmark says and how it measures; no timing is asserted."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.batch import READING, measure
from benchmarks.commands import Ran as Command
from benchmarks.commands import environment_of, in_turns, median, quartiles, run
from benchmarks.goals import COLD, FASTER, table
from benchmarks.rooms import APART, CYCLES, IMPORTS, OTHER, ROOMS, Sampler, room_of_function, shares
from benchmarks.whole import edit, project
from reportkit.render.word.package import deflated_part


def test_a_goal_says_what_is_met_and_what_was_not_measured() -> None:
    assert COLD.verdict(5.0) == ("≤ 8 s: met", "≤ 4 s: missed")
    assert COLD.verdict(None) == ("≤ 8 s: not measured", "≤ 4 s: not measured")
    assert FASTER["case", "docxtpl, pictures given"].verdict(15.0) == ("≥ 8 x: met", "≥ 15 x: met")
    assert FASTER["case", "docxtpl, pictures given"].verdict(7.9) == ("≥ 8 x: missed", "≥ 15 x: missed")


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_everybody_takes_a_turn_in_each_round_and_another_one_begins() -> None:
    order: list[str] = []

    def call(name: str, answer: float) -> float:
        order.append(name)
        return answer

    answers = in_turns(2, (lambda: call("a", 1.0), lambda: call("b", 2.0), lambda: call("c", 3.0)))
    assert order == ["a", "b", "c", "b", "c", "a"]
    assert answers == [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]


def test_quartiles_and_the_run_in_the_middle() -> None:
    assert quartiles([4.0, 1.0, 2.0, 3.0, 5.0]) == (2.0, 3.0, 4.0)
    assert quartiles([1.0]) == (1.0, 1.0, 1.0)
    runs = [Command(3, 1, 50, 60), Command(1, 2, 70, 90), Command(2, 3, 60, 80)]
    assert median(runs) == Command(2, 3, 70, 90)


def test_commands_run_as_a_user_runs_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    assert "PYTHONDONTWRITEBYTECODE" not in environment_of("here")
    assert "PYTHONHASHSEED" not in environment_of("here")
    code = (
        "import sys, benchmarks.goals as goals; open('seen', 'w').write(f'{sys.dont_write_bytecode} {goals.__file__}')"
    )
    run(tmp_path, "-c", code)
    written, place = (tmp_path / "seen").read_text().split(maxsplit=1)
    assert written == "False"
    assert Path(place) == Path(__file__).parents[2] / "benchmarks" / "goals.py"


_WORKER = """
import os, time
pid = os.fork()
if pid == 0:
    held = bytearray(80_000_000)
    held[::4096] = bytes(len(held[::4096]))
    time.sleep(0.4)
    os._exit(0)
{end}
"""


@pytest.mark.parametrize("end", ["os.waitpid(pid, 0)", "time.sleep(0.6)"])
def test_the_memory_of_a_command_is_that_of_its_largest_process_also_when_nobody_waits_for_it(
    end: str, tmp_path: Path
) -> None:
    ran = run(tmp_path, "-c", _WORKER.format(end=end))
    assert 80 < ran.largest < 130
    assert ran.together > ran.largest


def test_the_memory_of_the_benchmark_itself_is_not_billed_to_a_command(tmp_path: Path) -> None:
    held = bytearray(200_000_000)
    held[::4096] = bytes(len(held[::4096]))
    assert run(tmp_path, "-c", "pass").largest < 60


def test_a_command_that_fails_stops_the_benchmark_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="架空の誤り"):
        run(tmp_path, "-c", "raise SystemExit('架空の誤り')")


def test_an_edit_changes_one_number_in_another_case_each_time(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 30)
    texts = {path: path.read_text(encoding="utf-8") for path in (folder / "seeds" / "cases").rglob("*.md")}
    first, second = edit(folder, 0), edit(folder, 1)
    assert first != second
    changed = {path for path, text in texts.items() if path.read_text(encoding="utf-8") != text}
    assert changed == {first, second}
    with pytest.raises(ValueError, match="can be edited"):
        edit(folder, 1000)


def test_every_room_and_every_function_with_a_line_of_its_own_exists() -> None:
    for module in ROOMS:
        import_module(module)
    for module, name in APART:
        assert callable(getattr(import_module(module), name))


def test_a_function_counts_for_its_room_and_shared_words_for_who_uses_them() -> None:
    assert room_of_function("reportkit.sources.cases.words", "read") == "sources"
    assert room_of_function("reportkit.views.asked", "note") == "recording"
    assert room_of_function("reportkit.viewsmith", "note") == ""
    assert room_of_function("reportkit.base.amounts", "read_quantity") == ""
    assert room_of_function("jinja2.environment", "render") == ""
    assert room_of_function("importlib._bootstrap", "_find_and_load") == IMPORTS
    assert room_of_function("reportkit.render.word.package", "xml_part") == "render/word: XML check"


def test_samples_find_where_the_time_goes() -> None:
    content = os.urandom(2_000_000)
    with Sampler() as sampler:
        for _ in range(12):
            deflated_part("x.xml", content)
    (room, count), *_ = sampler.rooms.most_common(1)
    assert room == "render/word: deflate"
    assert count > sum(sampler.rooms.values()) / 2


def test_a_search_for_cycles_has_a_line_of_its_own() -> None:
    import gc

    def another(_phase: str, _numbers: object) -> None:
        """Listen to searches as well, as other packages do."""

    gc.callbacks.append(another)
    try:
        with Sampler() as sampler:
            while sum(sampler.rooms.values()) < 20:
                gc.collect()
    finally:
        gc.callbacks.remove(another)
    assert sampler.rooms.most_common(1)[0][0] == CYCLES


def test_shares_stand_by_what_is_dearest() -> None:
    rows = shares({"case": {"views": 1, "sections": 3}, "sector": {"views": 1}})
    assert rows == [("views", "25.0%", "100.0%"), ("sections", "75.0%", "")]


def test_a_batch_makes_the_documents_of_a_collection_and_says_what_each_cost(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 6)
    costs = measure(folder / "seeds", 3)
    assert list(costs) == [READING, "case", "sector", "overview"]
    assert [costs[READING].count, costs["case"].count, costs["overview"].count] == [6, 3, 1]
    assert all(cost.ms > 0 for cost in costs.values())
    known = {*ROOMS.values(), *APART.values(), IMPORTS, CYCLES, OTHER}
    for cost in costs.values():  # which rooms a short run is seen in is a matter of chance
        assert cost.rooms.keys() <= known
    assert costs[READING].rooms["sources"] > 0
    assert sum(costs["sector"].rooms.values()) > 0
