"""Writing a file so that nobody ever sees half of it, and naming files so that every system can store them."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from reportkit.base.errors import Problem, RenderError

# Names that Windows keeps for devices, with or without an extension.
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_MAX_NAME_BYTES = 150  # leaves room for suffixes and temporary names inside the 255 bytes of common file systems


def write_atomic(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: readers see the old file or the new one.

    Raises `RenderError` with the reason and a remedy when the folder or the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise RenderError(
            Problem(
                what=f"書き込めません（{error.strerror or error}）",
                fix="フォルダーの書き込み権限と空き容量を確かめ、このファイルを開いている Word などを閉じてください",
                place=str(path),
            )
        ) from error


def safe_name(text: str, fallback: str = "無題") -> str:
    """Return a file name without folders and extension that Windows, macOS and Linux can all store.

    Composes characters (NFC), replaces what no system allows, cuts at 150 bytes of UTF-8.

    >>> safe_name("../../x")
    '_.._x'
    >>> safe_name("CON")
    'CON_'
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Zs"} else char
        for char in composed
        if unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"}
    )
    name = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", visible)).strip(" .")
    while len(name.encode()) > _MAX_NAME_BYTES:
        name = name[:-1]
    name = name.strip(" .")
    if not name:
        return fallback
    return f"{name}_" if _RESERVED.match(name) else name
