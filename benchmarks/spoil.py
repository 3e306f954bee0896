"""Spoiling of good files, as editors, converters and attackers do it: bytes in, bytes out, the same for the same seed.

Three strokes of damage at most fall on one file: on its bytes, its lines, its words and figures, its nesting, or its
encoding. What comes out is never much larger than what went in.
"""

# ruff: noqa: E501 - the list of tokens
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

_MOST = 24_000  # bytes of a spoilt file; larger shapes are tests of their own
_TOKENS = (
    "|", "| |", "|---|", "---", "...", "```", "~~~", "**", "*", "- ", "  - ", "1. ", "# ", "## ", "### ", "> ", "・", "`",
    "[", "]", "](", "![x](", "<br>", "<", "\\", "\\|", "：", ":", "　", "（", "）", "(", ")", "「", "、", "。", "同上", "-",
    "取得不可", "情報収集中", "未公表", "None", "null", "~", "&a", "*a", "<<: *a", "!!python/object:os.system", "{", "}",
    "{a: ", "[[", "'", '"', "\\u00e9", "\\ud800", "|-", ">+", "? ", "%YAML 1.2", "\t", "\x00", "\x0b", "\x1b[31m",
    "\ufeff", "\u2028", "\u202e", "\ue000", "\U000f0000", "\ufffd", "①", "²", "Ⅷ", "٣", "᠐", "𝟛", "五", "〇", "％",
    "→", "->", "⇒", "〜", "～", "~", "–", "±", "△", "▲", "約", "数十億円", "数千", "なし", "十数", "何万", "以上", "未満",
    "万", "億", "兆", "千", "/月", "/人", "/", "倍", "%", "pt", "ポイント", "割", "点", "分の", "100分の0", "1/0", "÷ 0",
    "× 0", "÷", "×", "=", " + ", " - ", "合計", "総計", "回収期間", "初期投資", "年間効果", "目標", "見込み", "令和99年",
    "平成元年", "明治0年", "2024年13月40日", "2024-02-30", "0年", "9999年", "FY2025", "Q5 2024", "2024年Q4-Q1", "13月期",
    "1e999", "0x10", "NaN", "Infinity", "-0", "0.0000001", "9" * 30, "0" * 30, "1,2,3,4", "1.2.3.4", "５７％", "🏢",
    "👩‍👩‍👧", "葛\U000e0100", "企業名", "case_id: ", "## 003 | x", "## 001_社_用途", "| No. | 企業名 | 業界 | AIツール |",
    "https://", "http://[", "javascript:alert(1)", "{{ x }}", "</w:t>", ":::chart x",
)  # fmt: skip
_FIGURE = re.compile(r"[0-9][0-9,.]*")
_FIGURES = ("0", "00", "-1", "1", "0.5", "1,000,000", "9" * 16, "9" * 400, "1.", ".5", "1,2", "２０２４", "2024", "100")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc_jp", "iso2022_jp", "utf-8-sig", "latin-1")


def spoil(data: bytes, others: Sequence[bytes], draw: Random) -> bytes:
    """Return a damaged copy of a UTF-8 file; `others` are files from which lines are taken over."""
    if draw.random() < 0.5:
        data = _window(data, draw)
    for _ in range(draw.choice((1, 1, 2, 3))):
        data = draw.choice(_STROKES)(data, others, draw)
    return data[:_MOST]


def phrase(texts: Sequence[str], draw: Random) -> str:
    """Return a short text for the grammars of amounts and dates: pieces of real phrases and tokens, mixed."""
    parts: list[str] = []
    for _ in range(draw.choice((1, 1, 2, 3, 5))):
        if draw.random() < 0.6:
            text = draw.choice(texts)
            start = draw.randrange(len(text) + 1)
            parts.append(text[start : start + draw.randrange(1, 40)] if draw.random() < 0.5 else text)
        else:
            parts.append(draw.choice(_TOKENS) if draw.random() < 0.8 else chr(draw.randrange(1, 0x3000)))
    return _figures("".join(parts), draw) if draw.random() < 0.3 else "".join(parts)


def _window(data: bytes, draw: Random) -> bytes:
    """Keep the head of the file and a run of its lines, so that an input stays small and still is a case."""
    lines = data.split(b"\n")
    start = draw.randrange(len(lines))
    return b"\n".join((*lines[: draw.randrange(1, 25)], *lines[start : start + draw.randrange(1, 40)]))


# --- strokes ---------------------------------------------------------------------------------------------------------


def _flip(data: bytes, _: Sequence[bytes], draw: Random) -> bytes:
    spoilt = bytearray(data)
    for _index in range(draw.choice((1, 3, 20))):
        if spoilt:
            spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
    return bytes(spoilt)


def _insert(data: bytes, _: Sequence[bytes], draw: Random) -> bytes:
    place = draw.randrange(len(data) + 1)
    return data[:place] + draw.randbytes(draw.randrange(1, 30)) + data[place:]


def _cut(data: bytes, _: Sequence[bytes], draw: Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    return data[:start] if draw.random() < 0.5 else data[:start] + data[start + draw.randrange(1, 400) :]


def _repeat(data: bytes, _: Sequence[bytes], draw: Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    piece = data[start : start + draw.randrange(1, 60)]
    return data[:start] + piece * draw.choice((2, 5, 40)) + data[start:]


def _on_lines(change: Callable[[list[str], Sequence[bytes], Random], None]) -> _Stroke:
    def stroke(data: bytes, others: Sequence[bytes], draw: Random) -> bytes:
        lines = data.decode("utf-8", "surrogateescape").split("\n")
        change(lines, others, draw)
        return "\n".join(lines).encode("utf-8", "surrogateescape")

    return stroke


def _repeat_line(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    place = draw.randrange(len(lines))
    lines[place:place] = lines[place : place + draw.choice((1, 1, 3, 8))] * draw.choice((1, 2, 30))


def _drop_lines(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    place = draw.randrange(len(lines))
    del lines[place : place + draw.choice((1, 1, 2, 10))]


def _move_line(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    lines.insert(draw.randrange(len(lines)), lines.pop(draw.randrange(len(lines))))


def _take_lines(lines: list[str], others: Sequence[bytes], draw: Random) -> None:
    other = draw.choice(others).decode("utf-8", "surrogateescape").split("\n")
    start, place = draw.randrange(len(other)), draw.randrange(len(lines) + 1)
    lines[place:place] = other[start : start + draw.choice((1, 3, 12))]


def _join_lines(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    place = draw.randrange(len(lines))
    lines[place : place + 2] = ["".join(lines[place : place + 2])]


def _indent(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    place = draw.randrange(len(lines))
    step, mark = draw.choice((" ", "  ", "\t", "> ", "　")), draw.choice(("", "- ", "1. ", "k: ", "- k: "))
    for offset in range(draw.choice((1, 4, 60))):
        if place + offset < len(lines):
            lines[place + offset] = step * draw.choice((1, offset)) + mark + lines[place + offset]


def _nest(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    mark = draw.choice(("(", "（", "[", "{", "> ", "- ", "**", "`", "「", "#", "|", "[x](", "*a "))
    place = draw.randrange(len(lines))
    lines[place] = mark * draw.choice((3, 30, 400)) + lines[place]


def _splice(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    for _index in range(draw.choice((1, 2, 8))):
        place = draw.randrange(len(lines))
        line = lines[place]
        at = draw.choice((0, len(line), draw.randrange(len(line) + 1)))
        lines[place] = line[:at] + draw.choice(_TOKENS) + line[at + draw.choice((0, 0, 1, 4)) :]


def _change_figures(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    for _index in range(draw.choice((1, 4, 15))):
        place = draw.randrange(len(lines))
        lines[place] = _figures(lines[place], draw)


def _figures(line: str, draw: Random) -> str:
    found = list(_FIGURE.finditer(line))
    if not found:
        return line
    match = draw.choice(found)
    return line[: match.start()] + draw.choice(_FIGURES) + line[match.end() :]


def _cells(lines: list[str], _: Sequence[bytes], draw: Random) -> None:
    """Spoil the rows of tables: other numbers of cells, empty cells, a rule in the middle, no rule."""
    rows = [place for place, line in enumerate(lines) if line.startswith("|")]
    if not rows:
        return
    place = draw.choice(rows)
    cells = lines[place].split("|")
    at = draw.randrange(len(cells))
    cells[at : at + draw.choice((0, 1, 2))] = draw.choice(([], [""], ["同上"], [draw.choice(_TOKENS)] * 3, ["---"]))
    lines[place] = "|".join(cells)


def _recode(data: bytes, _: Sequence[bytes], draw: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    line_end = draw.choice(("\n", "\r\n", "\r", "\x85", "\u2028"))
    coded = text.replace("\n", line_end).encode(draw.choice(_ENCODINGS), "replace")
    return coded[draw.choice((0, 0, 0, 1)) :]


_Stroke = Callable[[bytes, Sequence[bytes], Random], bytes]
_STROKES: tuple[_Stroke, ...] = (
    _flip,
    _insert,
    _cut,
    _repeat,
    _recode,
    *map(
        _on_lines,
        (_repeat_line, _drop_lines, _move_line, _take_lines, _join_lines, _indent, _nest, _splice, _splice, _cells,
         _cells, _change_figures, _change_figures),
    ),
)  # fmt: skip
