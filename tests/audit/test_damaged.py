"""Damaged documents: an error with a reason or a list of differences, never anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hand_docx import docx
from mutants import packed, unpacked

from benchmarks.mutants import built
from reportkit.audit.diff import compare_ledgers
from reportkit.audit.ledger import read_ledger
from reportkit.audit.trace import trace
from reportkit.audit.verify import verify
from reportkit.base.errors import AuditError

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    out = tmp_path_factory.mktemp("out")
    return [
        docx(),
        *built(CHECKOUT / "seeds", out, {"case/863", "case/GUGA_0003", "sector/公共"}.__contains__).values(),
    ]


def damaged(data: bytes, random: Random) -> bytes:
    """Cut, double, empty or change a piece of a part, or take a part away."""
    parts = unpacked(data)
    name = random.choice([one for one in sorted(parts) if not one.endswith((".png", ".emf"))])
    piece = parts[name]
    match random.randrange(6):
        case 0:
            del parts[name]
        case 1:
            at = random.randrange(len(piece) + 1)
            parts[name] = piece[:at] + piece[at + random.randrange(40) :]
        case 2:
            tags = list(re.finditer(rb"<(\w+:?\w*)[^<>]*/?>", piece))
            tag = random.choice(tags) if tags else None
            parts[name] = piece if tag is None else piece[: tag.start()] + piece[tag.end() :]
        case 3:
            values = list(re.finditer(rb'="([^"]*)"', piece))
            if values:
                value = random.choice(values)
                other = random.choice([b"", b"-1", b"99999999999", b"x", b"1e9", "９".encode(), b"0"])
                parts[name] = piece[: value.start(1)] + other + piece[value.end(1) :]
        case 4:
            elements = list(re.finditer(rb"<(\w+:\w+|\w+)\b[^<>]*>[^<>]*</\1>", piece))
            if elements:
                one, other = random.choice(elements), random.choice(elements)
                parts[name] = piece[: one.start()] + other[0] + piece[one.end() :]
        case _:
            numbers = list(re.finditer(rb"\d+", piece))
            if numbers:
                number = random.choice(numbers)
                other = random.choice([b"0", b"-5", b"7" * 60, b"", b"1.5.2", b"NaN"])
                parts[name] = piece[: number.start()] + other + piece[number.end() :]
    return packed(parts)


def refused(ask: Callable[[], object]) -> AuditError | None:
    """The error of a call, None when it gave an answer; anything else fails the test."""
    try:
        ask()
    except AuditError as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_damaged_is_told_or_refused(seed, documents):
    random = Random(seed)
    for data in documents:
        spoilt = damaged(data, random)
        errors = [
            refused(partial(verify, spoilt, CHECKOUT / "seeds", "a.docx")),
            refused(lambda spoilt=spoilt: trace(read_ledger(spoilt, "a.docx"), "3,711")),
            refused(lambda spoilt=spoilt, data=data: compare_ledgers(read_ledger(data), read_ledger(spoilt, "a.docx"))),
        ]
        assert all(problem.what and problem.fix for error in errors if error for problem in error.problems)
