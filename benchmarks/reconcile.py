"""How many seeded misprints the matrix checks find, and whether correctly rounded tables stay silent.

    python -m benchmarks.reconcile [--seeds seeds] [--errors 200] [--tables 1000] [--to benchmarks/RECONCILIATION.md]

Errors: in each matrix one misprint at a time: one digit changed, digits exchanged, a value in its neighbour's place
(the two exchanged, or the rest of the row moved by one), rows exchanged, factor of ten, sign lost or gained. `beyond`
counts those after which no unrounded values fit what is printed; `benchmarks.possible` decides that with arithmetic of
its own and a linear programme, not with the checks. `found` counts those of them that give a new finding; `missed` must
be 0. The rest stays inside the rounding or touches nothing that the printed tables could contradict: nobody can find it
from these pages. `other` counts findings among that rest. `placed`: a new finding lists the misprinted cell; `named`:
it also names a likely cause; `astray`: every cause that it names is about other cells.

Tables: random unrounded tables whose cells and totals are rounded correctly; `alarms` must be 0.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

from benchmarks.possible import contradictions, fits_together
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.checks.matrices import check_matrices
from reportkit.checks.matrices.relations import Place, printed_cells
from reportkit.checks.matrices.words import cell_key
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Axis, Cell, Matrix, TotalKind
from reportkit.corpus.rules import AverageRule, Rules
from reportkit.sources.reader import read_folder
from reportkit.sources.rules import built_in_rules
from reportkit.sources.taxonomy import built_in_taxonomy

Values = dict[Place, Decimal | None]
Counts = Counter[tuple[str, str]]
SIGNED = "架空の増減"
_HOW = ("digit", "exchanged", "shifted", "rows", "ten", "sign")
_OUTCOMES = ("seeded", "beyond", "found", "missed", "placed", "named", "astray", "other")


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
        changed = _shifted(place, columns, cells, chance)
    elif how == "rows" and place[1] in rows and len(rows) > 1:
        at = rows.index(place[1])
        near = rows[at + 1 if at + 1 < len(rows) else at - 1]
        for column in (*columns, matrix.row_total_kind or ""):
            one, other = (place[0], place[1], column), (place[0], near, column)
            if one in cells and other in cells:
                changed |= {one: cells[other].value, other: cells[one].value}
    elif how == "ten":
        changed = {place: value * 10}
    elif how == "sign":
        changed = {place: -value}
    return changed if any(cells[at].value != new for at, new in changed.items()) else None


def _shifted(place: Place, columns: Sequence[str], cells: Mapping[Place, Cell], chance: random.Random) -> Values:
    """Return a value exchanged with its neighbour, or the rest of the row one place to the right."""
    at = columns.index(place[2])
    if chance.random() < 0.5:
        other = (place[0], place[1], columns[at + 1 if at + 1 < len(columns) else at - 1])
        return {place: cells[other].value, other: cells[place].value} if other in cells else {}
    rest = [(place[0], place[1], column) for column in columns[at:]]
    if not all(each in cells for each in rest):
        return {}
    return {new: cells[old].value for old, new in zip([rest[-1], *rest[:-1]], rest, strict=True)}


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
    """Return the corpus with that matrix in the place of the one of its id; what it counts changes everywhere."""
    printed = {cell.origin: cell for _, cell in printed_cells(matrix)}

    def counted(item: Matrix) -> Matrix:
        bases = tuple(base and printed.get(base.origin, base) for base in item.bases)
        cells = tuple(tuple(base and printed.get(base.origin, base) for base in row) for row in item.cell_bases)
        return replace(item, bases=bases, cell_bases=cells)

    others = (matrix if item.id == matrix.id else counted(item) for item in corpus.matrices)
    return replace(corpus, matrices=tuple(others))


# --- counting --------------------------------------------------------------------------------------------------------


def findings(corpus: Corpus) -> dict[str, Finding]:
    """Return the findings of the matrix checks by their words."""
    return {f"{item.code} {item.message} {item.evidence}": item for item in check_matrices(corpus)}


def seed_errors(corpus: Corpus, name: str, errors: int) -> Counts:
    """Misprint one matrix `errors` times; return counts by kind of misprint and by outcome."""
    chance = random.Random(f"reconcile {name}")  # noqa: S311 - reproducible, not secret
    matrix = corpus.matrix(name)
    known, before = findings(corpus), contradictions(corpus, corpus.rules)
    together = fits_together(matrix, corpus.rules, before)
    count: Counts = Counter()
    for number in range(errors * 30):
        if _sum(count, "seeded") == errors:
            break
        how = _HOW[number % len(_HOW)]
        changed = misprint(matrix, how, chance)
        if changed is None:
            continue
        wrong = with_matrix(corpus, with_values(matrix, changed))
        new = [finding for words, finding in findings(wrong).items() if words not in known]
        beyond = bool(contradictions(wrong, wrong.rules) - before) or (
            together and not fits_together(wrong.matrix(name), wrong.rules, before)
        )
        count[how, "seeded"] += 1
        count[how, "beyond"] += beyond
        count[how, "other"] += not beyond and bool(new)
        if beyond:
            count[how, "found" if new else "missed"] += 1
            for outcome in _told(new, changed):
                count[how, outcome] += 1
        if beyond and not new:
            _print(f"missed in {name} ({how}): {changed}")
    return count


def _told(new: Sequence[Finding], changed: Values) -> list[str]:
    """Return what the findings say about the place of the misprint."""
    wrong = {cell_key(place) for place in changed}
    labels = [label for place in changed for label in place[1:]]
    causes = [finding.message.rsplit("。", 1)[-1] for finding in new if "みれば合います" in finding.message]
    causes = [cause for cause in causes if "印刷されていない行" not in cause]  # known before: it names no cell
    right = [cause for cause in causes if sum(f"「{label}」" in cause for label in labels) >= 1]
    placed = any(wrong & set(finding.subjects) for finding in new)
    return [
        *(["placed"] if placed else []),
        *(["named"] if right else []),
        *(["astray"] if causes and not right else []),
    ]


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


def random_tables(number: int) -> Corpus:
    """Return the random corpus of that number.

    Sums with and without negative values, shares with averages, the four tables of the identity (some rows merged in
    the two tables of percentages), or respondents with the shares of them.
    """
    chance = random.Random(f"tables {number}")  # noqa: S311 - reproducible, not secret
    height, width = chance.randint(2, 17), chance.randint(2, 9)
    rules, form = Rules(), number % 5
    if form < 2:
        low = -1000 if form else 0
        values = [[chance.uniform(low, 10 ** chance.randint(1, 4)) for _ in range(width)] for _ in range(height)]
        matrices = [rounded("sums", values, "合計", "億円", chance.randint(0, 1))]
    elif form == 2:
        parts = [[chance.expovariate(1) for _ in range(width)] for _ in range(height)]
        shares = [[100 * part / sum(line) for part in line] for line in parts]
        matrices = [rounded("shares", shares, "平均", "%", exclusive=True)]
        rules = Rules(averages=(AverageRule("shares", "rows"), AverageRule("shares", "columns")))
    elif form == 3:
        matrices = _identity_tables(chance, height, width)
        rules = replace(built_in_rules(), imputations=(), bases=())
    else:
        counts = [[float(chance.randint(0, 150)) for _ in range(width)] for _ in range(height)]
        hits = [[100 * chance.randint(0, int(count)) / count if count else 0.0 for count in line] for line in counts]
        matrices = [rounded("respondents", counts, "合計", "人"), rounded("adoption-intent", hits, None, "%")]
        rules = replace(built_in_rules(), imputations=())
    return Corpus(built_in_taxonomy(), matrices=tuple(matrices), rules=rules)


def _identity_tables(chance: random.Random, height: int, width: int) -> list[Matrix]:
    """Return the four tables of the identity; below a random row, the two percentages are those of one merged cell."""
    sides = [[[chance.uniform(0, top) for _ in range(width)] for _ in range(height)] for top in (9000, 40, 80)]
    first = chance.randint(1, height)
    for side in sides[1:]:
        side[first:] = [side[first - 1]] * (height - first)
    product = [[a * b * c / 1000 for a, b, c in zip(*lines, strict=True)] for lines in zip(*sides, strict=True)]
    matrices = [
        rounded(name, side, "合計" if at == 0 else "平均", unit)
        for at, (name, side, unit) in enumerate(
            zip(("labour-cost", "reduction-rate", "adoption-intent"), sides, ("10億円", "%", "%"), strict=True)
        )
    ]
    return [
        matrices[0],
        *(replace(matrix, cells=_merged(matrix.cells, first)) for matrix in matrices[1:]),
        rounded("impact", product, "合計", "億円"),
    ]


def _merged(cells: tuple[tuple[Cell, ...], ...], first: int) -> tuple[tuple[Cell, ...], ...]:
    one = cells[first - 1]
    spread = tuple(replace(cell, spread=True) for cell in one)
    return (*cells[:first], *(spread for _ in cells[first:]))


def alarms(number: int) -> list[str]:
    """Return the findings on the random corpus of that number; none is right."""
    return sorted(findings(random_tables(number)))


def survey(folder: Path) -> Corpus:
    """Return the corpus of the folder with a made-up table of negative values beside its matrices."""
    corpus = read_folder(folder)
    made_up = signed_table(random.Random("signed"))  # noqa: S311 - reproducible, not secret
    return replace(corpus, matrices=(*corpus.matrices, made_up))


def main() -> None:
    """Print the figures and write them; exit code 1 when a misprint is missed or a sound table alarms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--errors", type=int, default=200)
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--to", type=Path, default=None, help="page that receives the figures")
    options = parser.parse_args()
    corpus = survey(options.seeds)
    names = [matrix.id for matrix in corpus.matrices]
    run: Callable[[str], Counts] = partial(seed_errors, corpus, errors=options.errors)
    with ProcessPoolExecutor() as pool:
        counts = list(pool.map(run, names))
        false = sum(bool(found) for found in pool.map(alarms, range(options.tables), chunksize=20))
    whole = sum(counts, Counter())
    figures = [
        *_table("matrix", dict(zip(names, counts, strict=True)), _OUTCOMES),
        "",
        *_table("misprint", {how: _only(whole, how) for how in _HOW}, _OUTCOMES),
        "",
        f"{options.tables:,} correctly rounded random tables: {false} with an alarm.",
    ]
    for line in figures:
        _print(line)
    if options.to is not None:
        write_figures(options.to, figures)
    raise SystemExit(1 if false or _sum(whole, "missed") else 0)


def write_figures(page: Path, figures: Sequence[str]) -> None:
    """Put the figures between the two marks of the page; what people wrote around them stays."""
    before, _, rest = page.read_text(encoding="utf-8").partition(_FROM)
    _, _, after = rest.partition(_TO)
    text = "\n".join((before + _FROM, "", *figures, "", _TO + after))
    page.write_text(text, encoding="utf-8", newline="\n")


_FROM, _TO = "<!-- figures -->", "<!-- end of figures -->"


def _table(head: str, rows: Mapping[str, Counts], words: Sequence[str]) -> list[str]:
    """Return a Markdown table that is also aligned in a terminal."""
    wide = max(len(name) + sum(ord(mark) > 0x2E80 for mark in name) for name in (head, *rows))

    def padded(name: str) -> str:
        return name + " " * (wide - len(name) - sum(ord(mark) > 0x2E80 for mark in name))

    everything = {**rows, "all": sum(rows.values(), Counter())}
    return [
        f"| {padded(head)} | " + " | ".join(f"{word:>6}" for word in words) + " |",
        f"|{'-' * (wide + 2)}|" + "|".join(["-------:"] * len(words)) + "|",
        *(
            f"| {padded(name)} | " + " | ".join(f"{_sum(count, word):6}" for word in words) + " |"
            for name, count in everything.items()
        ),
    ]


def _only(count: Counts, how: str) -> Counts:
    return Counter({key: times for key, times in count.items() if key[0] == how})


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _sum(count: Counts, word: str) -> int:
    return sum(times for (_, what), times in count.items() if what == word)


if __name__ == "__main__":
    main()
