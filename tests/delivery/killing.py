"""Killing the sender at random moments, starting it again, and comparing its journal with what the server got."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mail_parts import many
from step_server import StepServer

from reportkit.delivery.journal import read_journal

CHILD = Path(__file__).parent / "kill_child.py"


@dataclass(frozen=True)
class Killed:
    """What came of it. twice: people who got more than one message; lies: states that the server contradicts."""

    kills: int
    states: Counter[str]
    twice: list[str]
    lies: list[str]


def kill_often(folder: Path, kills: int, seed: int, people: int) -> Killed:
    """Kill the sender `kills` times; whenever a batch is through, begin with another folder and other people."""
    chance = random.Random(seed)
    states: Counter[str] = Counter()
    twice: list[str] = []
    lies: list[str] = []
    done, batch = 0, 0
    while done < kills:
        batch += 1
        sent = folder / f"batch{batch}"
        with StepServer(lambda _step, _nth: chance_pause(chance)) as server:
            finished = False
            while done < kills and not finished:
                finished = _run_and_kill(sent, server.port, people, chance)
                done += not finished
            if not finished:  # the last one may end in peace
                with _run(sent, server.port, people) as process:
                    process.communicate(timeout=60)
            time.sleep(0.1)
            got = Counter(server.recipients())
        twice += [to for to, number in got.items() if number > 1]
        journal = read_journal(sent)
        for person in many(people).recipients:
            history = journal.to(person.address.key)
            state = history[-1].state if history else "pending"
            states[state] += 1
            arrived = got[person.address.wire]
            if (state == "sent" and arrived != 1) or (state in {"pending", "refused"} and arrived):
                lies.append(f"{person.address.wire}: {state}, {arrived} arrived")
    return Killed(done, states, twice, lies)


def chance_pause(chance: random.Random) -> str:
    """Take a little time at each step, so that every moment of a message can be the last one."""
    time.sleep(chance.random() * 0.004)
    return "ok"


def _run(sent: Path, port: int, people: int) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([root, str(CHILD.parent)])}
    words = [sys.executable, str(CHILD), str(sent), str(port), str(people)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, env=environment)


def _run_and_kill(sent: Path, port: int, people: int, chance: random.Random) -> bool:
    """Tell whether the sender came to its end before it was killed."""
    with _run(sent, port, people) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        try:
            process.wait(chance.uniform(0.0, 1.2))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return False
    assert process.returncode == 0
    return True
