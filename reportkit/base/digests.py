"""Telling whether a value is still the same one: short digests of plain immutable values.

>>> digest_of(("医療", 1)) == digest_of(("医", "療", 1))
False
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

SIZE = 20  # hex digits; two of a million values fall together once in 10^12 collections


def digest_of(value: object) -> str:
    """Return a digest of a frozen record, or of a tuple, text or number: equal values have equal digests.

    The value is serialised without memory of what was met before, so that it does not matter which of its parts happen
    to be one object. Not for values that hold themselves, and not for sets, whose order is no part of them.
    """
    return digest_bytes(serialised(value))


def serialised(value: object, *, shared: bool = False) -> bytes:
    """Return the value as bytes that `pickle.loads` reads, the same bytes for an equal value.

    shared: write what is met twice once; the bytes are fewer, and tell which parts happened to be one object.
    """
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.fast = not shared
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How records are taken apart: class and values. What dataclasses do by themselves takes five times as long."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if "__dataclass_fields__" not in kind.__dict__ or not all(field.init for field in fields(kind)):
            raise KeyError(kind)
        names = [field.name for field in fields(kind)]
        values: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else _one(names)
        reducer = self[kind] = lambda record: (kind, values(record))
        return reducer


def _one(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of a record of one field, or of none, as a tuple."""
    return lambda record: tuple(getattr(record, name) for name in names)


_REDUCERS = _Reducers()


def digest_bytes(data: bytes) -> str:
    """Return the digest of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()[:SIZE]  # processors have instructions for this one
