"""The same matrix in several places: they are compared cell by cell, and one of them is used.

In: the matrices of one id in the order of their paths, and the spec. Out: the one that counts, and findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.sources.matrices.spec import MatrixSpec, fits_path

_SHOWN = 20  # differing cells that one finding names

Key = tuple[str, str]


def choose_source(matrices: Sequence[Matrix], spec: MatrixSpec) -> tuple[Matrix, tuple[Finding, ...]]:
    """Return the matrix that is used (the first, unless `prefer` of the spec names another file) and the findings."""
    wins = next((matrix for matrix in matrices if spec.prefer and fits_path(matrix.origin.source, spec.prefer)), None)
    chosen = wins or matrices[0]
    findings = [_compared(chosen, other, spec) for other in matrices if other is not chosen]
    if spec.prefer and wins is None:
        findings.append(_nothing_preferred(matrices, spec))
    return chosen, tuple(finding for finding in findings if finding is not None)


def _nothing_preferred(matrices: Sequence[Matrix], spec: MatrixSpec) -> Finding:
    """Return that the file which should win does not give the matrix."""
    names = "、".join(matrix.origin.source for matrix in matrices)
    return Finding(
        "matrix.prefer",
        "warning",
        f"行列「{spec.id}」：定義の prefer「{spec.prefer}」に当たる資料に、この行列はありません。"
        f"「{matrices[0].origin.source}」を使います",
        f"prefer を、この行列のある資料の名前に直してください（{names}）",
        Origin(spec.place),
        subjects=(f"matrix:{spec.id}",),
    )


def _compared(chosen: Matrix, other: Matrix, spec: MatrixSpec) -> Finding | None:
    """Return what differs; None when nothing does or the user has confirmed that, and it is known which one wins."""
    mine, theirs = dict(_cells(chosen)), dict(_cells(other))
    differing = [key for key in mine if key in theirs and mine[key].value != theirs[key].value]
    alone = [(key, "使う表") for key in mine if key not in theirs and mine[key].value is not None]
    alone += [(key, "使わない表") for key in theirs if key not in mine and theirs[key].value is not None]
    settled = bool(spec.prefer) or "duplicate" in spec.confirmed
    if (settled and not differing and not alone) or "duplicate" in spec.confirmed:
        return None
    parts = [f"{len(differing)}個の欄で値が違います"] if differing else []
    parts += [f"片方だけにある欄が{len(alone)}個あります"] if alone else []
    how = "、".join(parts) or "値は同じです"
    which = "定義の prefer が指すもの" if spec.prefer and fits_path(chosen.origin.source, spec.prefer) else "初めのもの"
    evidence = [
        Evidence("使う表", chosen.title, chosen.origin),
        Evidence("使わない表", other.title, other.origin),
    ]
    for key in differing[:_SHOWN]:
        evidence.append(Evidence(f"{_name(key)}（使う）", mine[key].raw or "（空欄）", mine[key].origin))
        evidence.append(Evidence(f"{_name(key)}（使わない）", theirs[key].raw or "（空欄）", theirs[key].origin))
    rows = list(dict.fromkeys((key[0], where) for key, where in alone))
    for row, where in rows[: max(0, _SHOWN - len(differing))]:
        own = [key for key, side in alone if (key[0], side) == (row, where)]
        cells = [mine.get(key) or theirs[key] for key in own]
        label = _name(own[0]) if len(own) == 1 else f"「{row}」の行の{len(own)}欄"
        values = "、".join(cell.raw for cell in cells)
        evidence.append(Evidence(f"{label}（{where}だけ）", values, cells[0].origin))
    return Finding(
        "matrix.duplicate",
        "warning" if differing or alone else "note",
        f"行列「{chosen.id}」が二つの場所にあり、{how}。{which}だけを使います",
        _fix(chosen, spec),
        _first(differing, theirs) or other.origin,
        tuple(evidence),
        (f"matrix:{chosen.id}", *(f"cell:{chosen.id}/{row}/{column}" for row, column in differing)),
    )


def _fix(chosen: Matrix, spec: MatrixSpec) -> str:
    if spec.prefer and fits_path(chosen.origin.source, spec.prefer):
        return '違いを確かめたら、定義に confirmed = ["duplicate"] と書いてください'
    name = chosen.origin.source.rsplit("/", 1)[-1]
    return (
        f'使う資料を決め、*.matrix.toml に extends = "{chosen.id}" と prefer = "{name}" の2行（名前は使うほう）を'
        "書くか、使わない資料をフォルダーから外してください"
    )


def _first(keys: Sequence[Key], cells: dict[Key, Cell]) -> Origin | None:
    return cells[keys[0]].origin if keys else None


def _cells(matrix: Matrix) -> Iterator[tuple[Key, Cell]]:
    for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns.labels, cells, strict=True):
            yield (row, column), cell
    if matrix.row_totals is not None:
        for row, cell in zip(matrix.rows.labels, matrix.row_totals, strict=True):
            yield (row, matrix.row_total_kind or ""), cell
    if matrix.column_totals is not None:
        for column, cell in zip(matrix.columns.labels, matrix.column_totals, strict=True):
            yield (matrix.column_total_kind or "", column), cell
    if matrix.grand_total is not None:
        yield (matrix.column_total_kind or "", matrix.row_total_kind or ""), matrix.grand_total


def _name(key: Key) -> str:
    return f"{key[0]}×{key[1]}"
