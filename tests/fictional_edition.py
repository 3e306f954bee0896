"""A second edition of the seeds' survey, 架空: the printed tables with restated numbers, as CSV files and their specs.

Amounts grow by a tenth, shares by the points that a test wants, respondents double. Nothing of it was surveyed.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from reportkit.corpus.matrix import Cell, Matrix
from reportkit.sources.reader import read_folder

CHECKOUT = Path(__file__).parents[1]
EDITION = "2025"
_CAPTIONS = {
    "impact": "生成AIによる効率化・コスト削減の経済インパクト（単位：億円）",
    "adoption-intent": "生成AIの導入意向",
    "barriers": "生成AI導入における障壁（産業別・最大5つの選択肢を回答）",
    "respondents": "回答人数",
    "data-sharing-intent": "データ共有の意向",
}

Restate = Callable[[str, str, Decimal], Decimal]


def grown(row: str, column: str, value: Decimal) -> Decimal:
    """Return an amount that is a tenth larger."""
    return (value * Decimal("1.1")).quantize(Decimal(1))


def doubled(row: str, column: str, value: Decimal) -> Decimal:
    """Return twice as many respondents."""
    return value * 2


def plus(points: Mapping[tuple[str, str], int]) -> Restate:
    """Return what adds points to the shares of some cells."""

    def restate(row: str, column: str, value: Decimal) -> Decimal:
        return value + points.get((row, column), 0)

    return restate


RESTATED: Mapping[str, Restate] = {
    "impact": grown,
    "respondents": doubled,
    "adoption-intent": plus({("建設", "業務横断（資料作成等）"): 9, ("医療", "セールス/マーケティング"): 12}),
    "barriers": plus(
        {("医療・福祉", "機密データを漏洩する可能性あり"): 15, ("建設", "初期導入コスト/運用コストが高額"): -2}
    ),
    "data-sharing-intent": plus({("医療", "共有できない"): -6, ("医療", "開発会社へのみ共有できる"): 6}),
}


def add_second_edition(folder: Path, *, only: tuple[str, ...] = tuple(RESTATED)) -> None:
    """Copy the seeds into a folder and lay a second edition of some tables beside them."""
    shutil.copytree(CHECKOUT / "seeds", folder)
    corpus = read_folder(CHECKOUT / "seeds")
    for name in only:
        text = _as_csv(corpus.matrix(name), RESTATED[name])
        (folder / f"kaku-survey-{EDITION}-{name}.csv").write_text(text, encoding="utf-8")
        spec = f'extends = "{name}"\nedition = "{EDITION}"\nfiles = ["kaku-survey-{EDITION}-*"]\nconfirmed = ["unit"]\n'
        (folder / f"{name}-{EDITION}.matrix.toml").write_text(spec, encoding="utf-8")


def _as_csv(matrix: Matrix, restate: Restate) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    mark = "%" if matrix.unit == "%" else ""

    def shown(row: str, column: str, cell: Cell) -> str:
        if cell.value is None:
            return "-"
        return f"{restate(row, column, cell.value)}{mark}{' *1' if cell.imputed else ''}"

    writer.writerow([f"架空の第二版 {_CAPTIONS[matrix.id]}"])
    writer.writerow(["出典：架空省「架空の生成AI調査」2025年3月"])
    writer.writerow([])
    kinds = [matrix.row_total_kind] if matrix.row_total_kind else []
    writer.writerow(["産業", *matrix.columns.labels, *kinds])
    rows = [*matrix.rows.labels, *([matrix.column_total_kind] if matrix.column_total_kind else [])]
    for row in rows:
        cells = [(column, matrix.cell(row, column)) for column in (*matrix.columns.labels, *kinds)]
        writer.writerow([row, *(shown(row, column, cell) for column, cell in cells if cell is not None)])
    return out.getvalue()
