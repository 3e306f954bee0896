r"""Whether a person has touched a document since it was written: the file itself tells.

A sealed .docx ends with a digest of all of it, in the comment that a zip file may carry. Word, LibreOffice and every
other program write a package anew and leave it out, and any other change breaks it. So a hand-edited file is known
also when the record is lost, and a file of ours is known whatever it is called.

>>> end = b"PK\5\6" + bytes(18)
>>> is_sealed(end), is_sealed(seal(end)), is_sealed(seal(end).replace(b"PK", b"KP"))
(False, True, False)
"""

from __future__ import annotations

import hashlib

_MARK = b"reportkit:"
_COMMENT = len(_MARK) + 64
_LENGTH = _COMMENT.to_bytes(2, "little")  # the last two bytes of a zip file count its comment
_END = b"PK\5\6"


def seal(package: bytes) -> bytes:
    """Return a zip file that has no comment with its seal; other bytes as they are."""
    if package[-22:-18] != _END or package[-2:] != b"\0\0":
        return package
    return b"".join((package[:-2], _LENGTH, _MARK, hashlib.sha256(package).hexdigest().encode()))


def is_sealed(data: bytes) -> bool:
    """Tell whether the file is as it was when it was sealed."""
    start = len(data) - _COMMENT
    if start < 22 or data[start : start + len(_MARK)] != _MARK or data[start - 2 : start] != _LENGTH:
        return False
    digest = hashlib.sha256(data[: start - 2])
    digest.update(b"\0\0")
    return digest.hexdigest().encode() == data[start + len(_MARK) :]
