"""The goals for speed and memory, measured beside other tools in one run: everything in `benchmarks/RESULTS.md`.

    python -m benchmarks.speed [--cases 1000] [--large] [--rounds 7] [--modules FOLDER/node_modules] [--write]

Documents: the fullest case of our own seeds and a sector, made by reportkit with all it does and by the peers from the
same content, in turns, by processor time. Collections: made-up cases (架空) with the survey, built by the command as a
user runs it. Where the time goes: samples of what ran, by room. Ratios are what to read: the machine may be busy.

Peers that are not installed are left out: pandoc comes with the package `pypandoc_binary` or from the path, npm docx
with `npm install --prefix FOLDER docx`. `--write` puts everything into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

from benchmarks import documents, whole
from benchmarks.goals import table

_RESULTS = Path(__file__).parent / "RESULTS.md"
_HEAD = """# What building costs

Made by `python -m benchmarks.speed{options}`: CPython {python}, {processors} processors, load {load:.1f} when it began.
"""
_DOCUMENTS = """## One document

{shapes}

Every peer writes all of that from the finished content ([peers.py](peers.py)); reportkit reads and checks the sources
first, and writes its ledger, contents and footnotes as well, and native charts. Milliseconds of processors: medians of
{rounds} rounds in turns, quartiles in brackets; garbage is collected in between. Reading one case alone bears also what
a run pays once for its folder (about 1 ms).
"""
_WHOLE = """## Collections

{cases:,} made-up cases of all dialects with the survey, by the command, bytecode kept: seconds on the clock, medians.
"""
_ROOMS = """## Where the time goes

Shares of processor time by room, by samples of what runs ([rooms.py](rooms.py)), not by counting calls, which makes
small functions look dear. What all rooms share counts for the room that uses it, and so does what a room calls outside
of the house (regular expressions, Jinja). The columns of documents are from the batch; a share below 1% says little.
"""


def report(cases: int, rounds: int, modules: Path | None, options: str, *, large: bool) -> str:
    """Measure everything and return it as Markdown; each part is printed as soon as it is known."""
    parts: list[str] = []

    def tell(*texts: str) -> None:
        parts.extend(texts)
        print(*texts, sep="\n", flush=True)  # noqa: T201

    tell(_HEAD.format(options=options, python=platform.python_version(), processors=os.cpu_count(),
                      load=os.getloadavg()[0]))  # fmt: skip
    made = documents.measure(rounds, modules)
    shapes = "\n".join(f"- {name}: {shape}" for name, shape in made.shapes)
    tell(_DOCUMENTS.format(shapes=shapes, rounds=rounds), table(documents.HEAD, made.rows), "")
    built = whole.measure(cases, rounds, large=large)
    rows = (*built.rows, documents.size_row(made.size))
    tell(_WHOLE.format(cases=cases), table(whole.HEAD, rows), "")
    tell(_ROOMS, table(built.head, built.rooms))
    return "\n".join((*parts, ""))


def main() -> None:
    """Measure as the command line asks and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="速さの目標とほかの道具との比較")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--large", action="store_true", help="10 倍の事例でも測ります")
    parser.add_argument("--modules", type=Path, help="npm の docx を入れた node_modules")
    parser.add_argument("--write", action="store_true", help="benchmarks/RESULTS.md に書きます")
    chosen = parser.parse_args()
    used = (f" --cases {chosen.cases}", f" --rounds {chosen.rounds}", " --large" * chosen.large)
    options = "".join((*used, " --modules node_modules" * (chosen.modules is not None)))
    text = report(chosen.cases, chosen.rounds, chosen.modules, options, large=chosen.large)
    if chosen.write:
        _RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
