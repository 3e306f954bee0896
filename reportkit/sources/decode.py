r"""Bytes to text: UTF-8 with and without mark, UTF-16 in both orders, CP932, any line ending.

In: the bytes of one file. Out: `Decoded`: text with `\n` line ends and the encoding, or the reason why there is none.
Nothing is guessed silently: an encoding that no mark proves, and bytes that had to be replaced, are findings.

>>> decode("概要\r\n".encode("cp932"), "a.txt").encoding
'cp932'
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin

MAX_BYTES = 8 * 1024 * 1024  # a survey report has 0.2 MB; beyond this it is no text that a person wrote

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP・Word・Excel"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG 画像"),
    (b"\xff\xd8\xff", "JPEG 画像"),
    (b"GIF8", "GIF 画像"),
    (b"\xd0\xcf\x11\xe0", "古い形式の Office"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "実行"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """text: None when the bytes are no text; reason: why, in Japanese; encoding: name of the codec, "" without text."""

    text: str | None
    encoding: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, source: str) -> Decoded:
    """Return the text of a file, or the reason why it has none. source: its path for the findings."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return _refused("source.empty", "空のファイルです", "中身を書き込むか、フォルダーから外してください", source)
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        return too_large(size, source)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding, source)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return _binary(f"テキストではなく{name}ファイルです", source)
    return _unmarked(data, source)


def too_large(size: str, source: str) -> Decoded:
    """Return the refusal of a file that is too large to be read; size: as people read it."""
    reason = f"ファイルが大きすぎます（{size}、上限 {MAX_BYTES // 1024 // 1024} MB）"
    return _refused("source.too-large", reason, "資料の本文だけを、分けて保存してください", source)


def _marked(data: bytes, encoding: str, source: str) -> Decoded:
    try:
        return Decoded(_lines(data.decode(encoding)), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return _damaged(text, encoding, source)


def _unmarked(data: bytes, source: str) -> Decoded:
    if b"\x00" in data:
        wide = _wide(data)
        if wide is not None:
            text, encoding = wide
            return Decoded(_lines(text), encoding, findings=(_guessed(encoding, source),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # everything before is UTF-8: the file breaks off
            return _damaged(data.decode("utf-8", errors="replace"), "utf-8", source)
        return _not_utf8(data, source)
    if _is_noise(text):
        return _binary("テキストではない（制御文字が多い）ファイルです", source)
    return Decoded(_lines(text), "utf-8")


def _not_utf8(data: bytes, source: str) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    bad = text.count(_BAD)
    other = sum(1 for char in text if char > "\x7f") - bad
    if bad * 20 <= other:  # a few broken bytes among many good characters: UTF-8, cut or damaged
        return _damaged(text, "utf-8", source)
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return _binary("文字コードが分からないか、テキストではないファイルです", source)
    if _is_noise(text):
        return _binary("テキストではない（制御文字が多い）ファイルです", source)
    return Decoded(_lines(text), "cp932", findings=(_guessed("cp932", source),))


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-16 without a mark, told by where its zero bytes stand."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 50 < len(data) or min(even, odd) * 10 > max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _is_noise(text) else (text, encoding)


def _is_noise(text: str) -> bool:
    return len(_CONTROLS.findall(text)) * 10 > len(text)


def _lines(text: str) -> str:
    return _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))


def _damaged(text: str, encoding: str, source: str) -> Decoded:
    line = text.count("\n", 0, text.find(_BAD)) + 1
    count = text.count(_BAD)
    return Decoded(
        _lines(text),
        encoding,
        findings=(
            Finding(
                "source.damaged",
                "warning",
                f"読めない文字が{count}か所あり、{_BAD} に置き換えました。途中で切れたか、壊れたファイルかもしれません",
                "元のファイルから UTF-8 で保存し直してください",
                Origin(source, line),
            ),
        ),
    )


def _guessed(encoding: str, source: str) -> Finding:
    return Finding(
        "source.encoding",
        "note",
        f"文字コードの印がないため、{encoding.upper()} と判断して読みました",
        "文字化けがあれば UTF-8 で保存し直してください",
        Origin(source),
    )


def _binary(reason: str, source: str) -> Decoded:
    return _refused("source.binary", reason, "本文をテキスト（.md か .txt、UTF-8）で保存してください", source)


def _refused(code: str, reason: str, fix: str, source: str) -> Decoded:
    return Decoded(None, reason=reason, findings=(Finding(code, "warning", reason, fix, Origin(source)),))
