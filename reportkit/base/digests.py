"""Telling whether a value is still the same one: short digests of plain immutable values.

>>> digest_of(("医療", 1)) == digest_of(("医", "療", 1))
False
"""

from __future__ import annotations

import hashlib
import io
import pickle

SIZE = 20  # hex digits; two of a million values fall together once in 10^12 collections


def digest_of(value: object) -> str:
    """Return a digest of a frozen record, or of a tuple, text or number: equal values have equal digests.

    The value is serialised without memory of what was met before, so that it does not matter which of its parts happen
    to be one object. Not for values that hold themselves, and not for sets, whose order is no part of them.
    """
    return digest_bytes(serialised(value))


def serialised(value: object) -> bytes:
    """Return the value as bytes that `pickle.loads` reads, the same bytes for an equal value."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.fast = True
    pickler.dump(value)
    return buffer.getvalue()


def digest_bytes(data: bytes) -> str:
    """Return the digest of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()[:SIZE]  # processors have instructions for this one
