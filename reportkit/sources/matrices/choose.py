"""Which spec describes a table: by its caption, its rows, its columns and its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportkit.base.finding import Finding
from reportkit.base.text import to_half_width
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block
from reportkit.sources.matrices.shape import Shape, find_labels
from reportkit.sources.matrices.spec import MatrixSpec
from reportkit.sources.taxonomy import spelling_key

_WHOLE = 100  # percent


def column_names(spec: MatrixSpec, taxonomy: Taxonomy) -> Mapping[str, str]:
    """Return the canonical columns of a spec by the spelling keys of their names."""
    if spec.columns_kind == "function":
        return {
            spelling_key(spelling): function.name
            for function in taxonomy.functions
            for spelling in (function.name, *function.aliases)
        }
    return {spelling_key(text): column.name for column in spec.columns for text in (column.name, *column.labels)}


def choose_spec(
    block: Block,
    shape: Shape,
    source: str,
    specs: Sequence[MatrixSpec],
    columns: Mapping[str, Mapping[str, str]],
) -> tuple[MatrixSpec | None, list[Finding]]:
    """Return the spec whose caption stands nearest above the table, among those that fit its shape."""
    fitting = [
        (not spec.files, distance, order, spec)
        for order, spec in enumerate(specs)
        if (distance := _distance(spec, block, shape, columns[spec.id])) is not None
    ]
    if not fitting:
        return None, _unknown(block, shape, source)
    fitting.sort(key=lambda item: item[:3])
    best = fitting[0][3]
    rivals = [item[3].id for item in fitting[1:] if item[:2] == fitting[0][:2]]
    if not rivals:
        return best, []
    finding = Finding(
        "matrix.ambiguous",
        "warning",
        f"この表には定義「{best.id}」のほか {'、'.join(rivals)} も当てはまります。「{best.id}」として読みました",
        "見出しを書き分けるか、*.matrix.toml の captions、captions_none を絞ってください",
        block.whole(source),
        subjects=(f"matrix:{best.id}",),
    )
    return best, [] if "ambiguous" in best.confirmed else [finding]


def _distance(spec: MatrixSpec, block: Block, shape: Shape, names: Mapping[str, str]) -> int | None:
    """Return how far above the table the spec's caption stands (0 = in its header), None when the spec does not fit."""
    by_name = spec.rows_kind not in {"item", "function"}
    rows = shape.named if by_name else shape.stubs
    if not spec.min_rows <= rows <= spec.max_rows or not _unit_fits(spec, block, shape):
        return None
    if spec.sheet and block.sheet and spelling_key(spec.sheet) not in spelling_key(block.sheet):
        return None
    if by_name and shape.named * 2 < shape.stubs:
        return None
    wanted = len({*names.values()})
    found = len({label.name for label in find_labels(shape, names) if label.name in names.values()})
    if found * 5 < wanted * 3:
        return None
    if spec.sheet and block.sheet and not spec.captions:
        return 0
    header = spelling_key(" ".join(text for _, _, text in shape.header_cells()))
    context = [header, *(spelling_key(text) for _, text in block.above), spelling_key(block.sheet)]
    if any(spelling_key(word) in text for word in spec.captions_none for text in context):
        return None
    for distance, text in enumerate(context):
        if any(spelling_key(word) in text for word in spec.captions):
            return distance
    # Column labels of their own identify a table as well as a caption does; the eight functions do not.
    return len(context) if spec.columns_kind == "item" and wanted > 2 and found * 5 >= wanted * 4 else None


def _unit_fits(spec: MatrixSpec, block: Block, shape: Shape) -> bool:
    """Tell whether the values carry % as the spec expects; they may lack it in files, or below a text with %."""
    if spec.prints_percent == shape.percent:
        return True
    near = [text for _, _, text in shape.header_cells()] + [text for _, text in block.above[:2]]
    stated = block.below is not None or any("%" in to_half_width(text) for text in near)
    return spec.prints_percent and stated and shape.highest <= _WHOLE


def _unknown(block: Block, shape: Shape, source: str) -> list[Finding]:
    if shape.named < 3 or shape.columns < 2:
        return []
    size = f"{shape.named}行×{shape.columns}列"
    message = f"産業別の数値の表（{size}）ですが、当てはまる定義がありません。文章の表として残しました"
    fix = (
        "`reportkit new matrix ファイル` で定義（*.matrix.toml）の下書きを作り、"
        "見出しの語（captions）と列（columns）を確かめてください"
    )
    return [Finding("matrix.unknown", "note", message, fix, block.whole(source))]
