"""What `reportkit show case ID --raw` prints: every source line with its number, a mark, what it became, its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reportkit.base.text import display_width, printable

if TYPE_CHECKING:
    from reportkit.project.source_lines import RawFile, SourceLine, Understood

# One column wide; what needs a look stands out.
MARKS: Mapping[Understood, tuple[str, str]] = {
    "field": (" ", "項目として読んだ行"),
    "text": (".", "既知の節・前書き・脚注の本文"),
    "other": ("?", "「その他」の節にだけある行"),
    "nowhere": ("!", "どこにも入っていない行"),
    "elsewhere": (">", "同じファイルの別の事例の行"),
    "blank": (" ", "語のない行"),
}
_WIDTH = 40  # of the column with what a line became, in half-width columns


def raw_lines(files: Sequence[RawFile], unplaced: Sequence[str]) -> Iterator[str]:
    """Yield the printed lines: each file, then the legend with counts, then the fields whose line is not known."""
    counts: Counter[Understood] = Counter()
    for file in files:
        yield file.path
        digits = len(str(file.lines[-1].number)) if file.lines else 1
        columns = [_wrapped(became(line)) for line in file.lines]
        width = max((display_width(part) for parts in columns for part in parts), default=0)
        for line, parts in zip(file.lines, columns, strict=True):
            counts[line.understood] += 1
            mark = MARKS[line.understood][0]
            blanks = " " * (width - display_width(parts[0]))
            yield f"{line.number:>{digits}} {mark} {parts[0]}{blanks}  {printable(line.text)}".rstrip()
            for part in parts[1:]:
                yield f"{'':{digits}}   {part}"
        yield ""
    for key, (mark, meaning) in MARKS.items():
        if counts[key] or key in {"other", "nowhere"}:
            yield f"{mark}  {meaning}：{counts[key]}"
    if unplaced:
        yield f"行の分からない項目：{'、'.join(unplaced)}"


def became(line: SourceLine) -> list[str]:
    """Return what a line became, one part for each value: `metrics[2].label .after`, else its section or case."""
    grouped: dict[str, list[str]] = {}
    for path in line.fields:
        head, bracket, leaf = path.partition("].")
        grouped.setdefault(head + bracket[:1], []).extend([f".{leaf}"] if leaf else [])
    parts = [head + " ".join(leaves) for head, leaves in grouped.items()]
    if not parts:
        parts = [f"sections: {kind}" for kind in line.sections] or [f"→ 事例 {name}" for name in line.cases]
    return [f"[どこにもない] {line.lost}", *parts] if line.lost else parts


def _wrapped(parts: Sequence[str]) -> list[str]:
    """Return the parts in lines of at most `_WIDTH` columns; a part that is longer stands alone, unbroken."""
    lines: list[str] = []
    for part in parts:
        text = printable(part)
        if lines and display_width(lines[-1]) + display_width(text) + 2 <= _WIDTH:
            lines[-1] += f", {text}"
        else:
            lines.append(text)
    return lines or [""]
