"""How many seeded misprints the matrix checks find, and whether correctly rounded tables stay silent.

    python -m benchmarks.reconcile [--seeds seeds] [--errors 200] [--tables 1000]

Errors: in each matrix one value is misprinted at a time (one digit changed, digits exchanged, value shifted to its
neighbour, rows exchanged, factor of ten, and in a made-up table with negative values: sign lost). `beyond` counts those
that some printed total, average, sum of 100, identity or copy contradicts by more than rounding; it is computed here
with plain arithmetic of its own, not by the checks. `found` counts those of them that give a new finding, `missed` must
be 0. The rest stays inside the rounding or touches nothing that the printed tables could contradict: nobody can find it
from these pages. `other` counts findings among that rest (marks, text, all totals together).

Tables: random unrounded tables whose cells and totals are rounded correctly; `alarms` must be 0.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

from reportkit.base.origin import Origin
from reportkit.checks.matrices import check_tables, lay_out
from reportkit.checks.matrices.relations import Place, printed_cells
from reportkit.checks.matrices.rules import AverageRule, Rules, built_in_rules
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Axis, Cell, Matrix, TotalKind
from reportkit.sources.reader import read_folder
from reportkit.sources.taxonomy import built_in_taxonomy

Values = dict[Place, Decimal | None]
SIGNED = "架空の増減"
_SLACK = 1e-9
_HOW = ("digit", "exchanged", "shifted", "rows", "ten", "sign")


# --- misprints -------------------------------------------------------------------------------------------------------


def misprint(matrix: Matrix, how: str, chance: random.Random) -> Values | None:
    """Return the values that a misprint of that kind prints, None when the chosen place cannot have it."""
    cells = {place: cell for place, cell in printed_cells(matrix) if cell.value is not None and not cell.spread}
    place = chance.choice(sorted(cells))
    value = cells[place].value or Decimal(0)
    rows, columns = matrix.rows.labels, matrix.columns.labels
    changed: Values = {}
    if how == "digit":
        text = list(f"{value:f}")
        at = chance.choice([index for index, mark in enumerate(text) if mark.isdigit()])
        text[at] = chance.choice([digit for digit in "0123456789" if digit != text[at]])
        changed = {place: Decimal("".join(text))}
    elif how == "exchanged":
        text = list(f"{value:f}")
        pairs = [at for at in range(len(text) - 1) if text[at].isdigit() and text[at + 1].isdigit()]
        if pairs:
            at = chance.choice(pairs)
            text[at], text[at + 1] = text[at + 1], text[at]
            changed = {place: Decimal("".join(text))}
    elif how == "shifted" and place[2] in columns and len(columns) > 1:
        at = columns.index(place[2])
        other = (place[0], place[1], columns[at + 1 if at + 1 < len(columns) else at - 1])
        if other in cells:
            changed = {place: cells[other].value, other: value}
    elif how == "rows" and place[1] in rows and len(rows) > 1:
        at = rows.index(place[1])
        near = rows[at + 1 if at + 1 < len(rows) else at - 1]
        for column in (*columns, matrix.row_total_kind or ""):
            one, other = (place[0], place[1], column), (place[0], near, column)
            if one in cells and other in cells:
                changed |= {one: cells[other].value, other: cells[one].value}
    elif how == "ten":
        changed = {place: value * 10}
    elif how == "sign" and value < 0:
        changed = {place: -value}
    return changed if any(cells[at].value != new for at, new in changed.items()) else None


def with_values(matrix: Matrix, changed: Values) -> Matrix:
    """Return the matrix with other values printed; rows that share a printed cell change with it."""
    sources = {cell.origin: changed[place] for place, cell in printed_cells(matrix) if place in changed}

    def new(cell: Cell) -> Cell:
        if cell.origin not in sources:
            return cell
        return replace(cell, value=sources[cell.origin], raw=f"{sources[cell.origin]}")

    def line(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(new(cell) for cell in cells)

    return replace(
        matrix,
        cells=tuple(line(cells) for cells in matrix.cells),
        row_totals=None if matrix.row_totals is None else line(matrix.row_totals),
        column_totals=None if matrix.column_totals is None else line(matrix.column_totals),
        grand_total=None if matrix.grand_total is None else new(matrix.grand_total),
    )


def with_matrix(corpus: Corpus, matrix: Matrix) -> Corpus:
    """Return the corpus with that matrix in the place of the one of its id."""
    return replace(corpus, matrices=tuple(matrix if item.id == matrix.id else item for item in corpus.matrices))


# --- what contradicts, in arithmetic of its own ----------------------------------------------------------------------


def contradictions(corpus: Corpus) -> set[str]:
    """Return the names of all sums, means, products and copies that rounding cannot explain."""
    return {name for matrix in corpus.matrices for name in _inside(matrix)} | set(_between(corpus))


def _inside(matrix: Matrix) -> Iterator[str]:
    half = 0.0 if matrix.unit in {"人", "社", "件"} else 0.5
    lines = [(row, cells) for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True)]
    columns = [(column, tuple(row[at] for row in matrix.cells)) for at, column in enumerate(matrix.columns.labels)]
    sides = [(lines, matrix.row_totals, matrix.row_total_kind, "rows")]
    if matrix.id != "initial-impact-excerpt":  # its total belongs to the table that it copies
        sides.append((columns, matrix.column_totals, matrix.column_total_kind, "columns"))
    for items, totals, kind, side in sides:
        grand = () if totals is None or matrix.grand_total is None else (("grand", totals),)
        ends = () if totals is None else (*totals, matrix.grand_total) if grand else totals
        for (name, cells), total in zip((*items, *grand), ends, strict=False):
            values = [float(cell.value) for cell in cells if cell.value is not None]
            if not values or total is None or total.value is None:
                continue
            stated, equal = float(total.value), AverageRule(matrix.id, side) in built_in_rules().averages
            if kind == "合計":
                wrong = abs(sum(values) - stated) > (len(values) + 1) * half + _SLACK
            elif equal and name != "grand":
                wrong = abs(sum(values) / len(values) - stated) > 2 * half + _SLACK
            elif equal:
                wrong = False
            else:
                wrong = not min(values) - 2 * half <= stated <= max(values) + 2 * half
            if wrong:
                yield f"{matrix.id}/{side}/{name}"
    if matrix.exclusive or matrix.id in {"participation-barriers", "data-sharing-barriers", "data-sharing-support"}:
        for name, cells in (*lines, ("平均", matrix.column_totals or ())):
            values = [float(cell.value) for cell in cells if cell.value is not None]
            if values and abs(sum(values) - 100) > len(values) * half + _SLACK:
                yield f"{matrix.id}/100/{name}"


def _between(corpus: Corpus) -> Iterator[str]:
    for row, column, (cost, rate, intent, impact) in _quadruples(corpus):
        low = max(0, cost - 0.5) * max(0, rate - 0.5) * max(0, intent - 0.5) / 1000
        high = (cost + 0.5) * (rate + 0.5) * (intent + 0.5) / 1000
        if impact + 0.5 < low - _SLACK or impact - 0.5 > high + _SLACK:
            yield f"product/{row}/{column}"
    for rule in built_in_rules().imputations:
        if corpus.has_matrix(rule.matrix):
            matrix = corpus.matrix(rule.matrix)
            for (_, row, column), cell in printed_cells(matrix):
                place = (row, "平均") if rule.average == "row" else ("平均", column)
                if cell.imputed and cell.value != matrix.value(*place):
                    yield f"imputed/{rule.matrix}/{row}/{column}"
    if corpus.has_matrix("initial-impact-excerpt") and corpus.has_matrix("initial-impact"):
        copy, whole = corpus.matrix("initial-impact-excerpt"), corpus.matrix("initial-impact")
        for row in (*copy.rows.labels, "合計"):
            there = whole.value(row, "R&D")
            if there is not None and copy.value(row, copy.columns.labels[0]) != there:
                yield f"copy/{row}"


def _quadruples(corpus: Corpus) -> Iterator[tuple[str, str, list[float]]]:
    names = ("labour-cost", "reduction-rate", "adoption-intent", "impact")
    if not all(corpus.has_matrix(name) for name in names):
        return
    matrices = [corpus.matrix(name) for name in names]
    for row in matrices[0].rows.labels:
        for column in matrices[0].columns.labels:
            values = [float(value) for item in matrices if (value := item.value(row, column)) is not None]
            if len(values) == len(names):
                yield row, column, values


# --- counting --------------------------------------------------------------------------------------------------------


def findings(corpus: Corpus, rules: Rules | None = None) -> set[str]:
    """Return the findings of the matrix checks as words."""
    tables = lay_out(corpus, rules or built_in_rules())
    return {f"{finding.code} {finding.message} {finding.evidence}" for finding in check_tables(tables)}


def seed_errors(corpus: Corpus, name: str, errors: int) -> Counter[tuple[str, str]]:
    """Misprint one matrix `errors` times; return counts by kind of misprint and by outcome."""
    chance = random.Random(f"reconcile {name}")  # noqa: S311 - reproducible, not secret
    matrix = corpus.matrix(name)
    known, before = findings(corpus), contradictions(corpus)
    count: Counter[tuple[str, str]] = Counter()
    for number in range(errors * 30):
        if sum(times for (_, what), times in count.items() if what == "seeded") == errors:
            break
        how = _HOW[number % len(_HOW)]
        changed = misprint(matrix, how, chance)
        if changed is None:
            continue
        wrong = with_matrix(corpus, with_values(matrix, changed))
        new = findings(wrong) - known
        beyond = bool(contradictions(wrong) - before)
        count[how, "seeded"] += 1
        count[how, "beyond"] += beyond
        count[how, "found"] += beyond and bool(new)
        count[how, "missed"] += beyond and not new
        count[how, "other"] += not beyond and bool(new)
        count[how, "named"] += beyond and any("みれば合います" in text for text in new)
    return count


def signed_table(chance: random.Random, name: str = SIGNED) -> Matrix:
    """Return a 架空 table of ups and downs in 億円 with its totals, correctly rounded."""
    return rounded(name, [[chance.uniform(-900, 900) for _ in range(6)] for _ in range(8)], "合計", "億円")


def rounded(
    name: str, values: list[list[float]], kind: TotalKind | None, unit: str, decimals: int = 0, exclusive: bool = False
) -> Matrix:
    """Return a 架空 matrix whose cells, totals or averages are rounded one by one from unrounded values."""

    def cell(value: float, row: int, column: int) -> Cell:
        number = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return Cell(number, f"{number}", Origin(f"{name}.md", row + 2, column + 2))

    height, width = len(values), len(values[0])
    rows, columns = [sum(line) for line in values], [sum(line[at] for line in values) for at in range(width)]
    whole = sum(rows)
    if kind == "平均":
        rows, columns, whole = [x / width for x in rows], [x / height for x in columns], whole / height / width
    labels = (tuple(f"行{at}" for at in range(height)), tuple(f"列{at}" for at in range(width)))
    origins = [tuple(Origin(f"{name}.md", at + 1) for at in range(len(side))) for side in labels]
    return Matrix(
        id=name,
        title=name,
        rows=Axis("item", labels[0], labels[0], origins[0]),
        columns=Axis("item", labels[1], labels[1], origins[1]),
        unit=unit,
        cells=tuple(tuple(cell(x, row, at) for at, x in enumerate(line)) for row, line in enumerate(values)),
        origin=Origin(f"{name}.md", 1),
        row_totals=tuple(cell(x, at, width) for at, x in enumerate(rows)) if kind else None,
        column_totals=tuple(cell(x, height, at) for at, x in enumerate(columns)) if kind else None,
        grand_total=cell(whole, height, width) if kind else None,
        row_total_kind=kind,
        column_total_kind=kind,
        exclusive=exclusive,
    )


def random_tables(number: int) -> tuple[Corpus, Rules]:
    """Return the random corpus of that number: sums, shares with averages, or the four tables of the identity."""
    chance = random.Random(f"tables {number}")  # noqa: S311 - reproducible, not secret
    height, width = chance.randint(2, 17), chance.randint(2, 9)
    rules, form = Rules(), number % 4
    if form < 2:
        low = -1000 if form else 0
        values = [[chance.uniform(low, 10 ** chance.randint(1, 4)) for _ in range(width)] for _ in range(height)]
        matrices = [rounded("sums", values, "合計", "億円", chance.randint(0, 1))]
    elif form == 2:
        parts = [[chance.expovariate(1) for _ in range(width)] for _ in range(height)]
        shares = [[100 * part / sum(line) for part in line] for line in parts]
        matrices = [rounded("shares", shares, "平均", "%", exclusive=True)]
        rules = Rules(averages=(AverageRule("shares", "rows"), AverageRule("shares", "columns")))
    else:
        sides = [[[chance.uniform(0, top) for _ in range(width)] for _ in range(height)] for top in (9000, 40, 80)]
        product = [[a * b * c / 1000 for a, b, c in zip(*lines, strict=True)] for lines in zip(*sides, strict=True)]
        names = ("labour-cost", "reduction-rate", "adoption-intent")
        matrices = [
            rounded(name, side, "合計" if at == 0 else "平均", unit)
            for at, (name, side, unit) in enumerate(zip(names, sides, ("10億円", "%", "%"), strict=True))
        ]
        matrices.append(rounded("impact", product, "合計", "億円"))
        rules = replace(built_in_rules(), imputations=())
    return Corpus(built_in_taxonomy(), matrices=tuple(matrices)), rules


def alarms(number: int) -> list[str]:
    """Return the findings on the random corpus of that number; none is right."""
    return sorted(findings(*random_tables(number)))


def survey(folder: Path) -> Corpus:
    """Return the corpus of the folder with a made-up table of negative values beside its matrices."""
    corpus = read_folder(folder)
    made_up = signed_table(random.Random("signed"))  # noqa: S311 - reproducible, not secret
    return replace(corpus, matrices=(*corpus.matrices, made_up))


def main() -> None:
    """Print both tables of figures; exit code 1 when a misprint beyond rounding is missed or a sound table alarms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--errors", type=int, default=200)
    parser.add_argument("--tables", type=int, default=1000)
    options = parser.parse_args()
    corpus = survey(options.seeds)
    names = [matrix.id for matrix in corpus.matrices]
    run: Callable[[str], Counter[tuple[str, str]]] = partial(seed_errors, corpus, errors=options.errors)
    with ProcessPoolExecutor() as pool:
        counts = list(pool.map(run, names))
        false = sum(bool(found) for found in pool.map(alarms, range(options.tables), chunksize=20))
    outcomes = ("seeded", "beyond", "found", "missed", "named", "other")
    _print(f"{'matrix':24}" + "".join(f"{word:>9}" for word in outcomes))
    for name, count in zip(names, counts, strict=True):
        _print(f"{name:24}" + "".join(f"{_sum(count, word):9}" for word in outcomes))
    whole = sum(counts, Counter())
    _print(f"\n{'misprint':24}" + "".join(f"{word:>9}" for word in outcomes))
    for how in _HOW:
        _print(f"{how:24}" + "".join(f"{whole[how, word]:9}" for word in outcomes))
    _print(f"\n{options.tables} correctly rounded random tables: {false} with an alarm")
    raise SystemExit(1 if false or _sum(whole, "missed") else 0)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def _sum(count: Counter[tuple[str, str]], word: str) -> int:
    return sum(times for (_, what), times in count.items() if what == word)


if __name__ == "__main__":
    main()
