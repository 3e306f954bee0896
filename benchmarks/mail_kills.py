"""Kill a sender at random moments, many times, and compare its journal with what the server got.

python benchmarks/mail_kills.py [KILLS] [SEED]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "delivery"), str(Path(__file__).parents[1])]


def main(kills: int, seed: int) -> int:
    """Run, print what came of it, and return 1 when anything went out twice or was told wrongly."""
    from killing import kill_often

    with tempfile.TemporaryDirectory() as folder:
        found = kill_often(Path(folder), kills, seed, people=40)
    states = ", ".join(f"{state} {count}" for state, count in sorted(found.states.items()))
    sys.stdout.write(
        f"{found.kills} kills; people: {states}; twice: {len(found.twice)}; told wrongly: {len(found.lies)}\n"
    )
    return 1 if found.twice or found.lies else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in [*sys.argv[1:], "200", "1"][:2])))
