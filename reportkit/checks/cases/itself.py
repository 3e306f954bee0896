"""What a file says about itself."""

from __future__ import annotations

from collections.abc import Iterable

from reportkit.base.finding import Finding
from reportkit.checks.cases.passages import Subject


def check_verified(subject: Subject) -> Iterable[Finding]:
    """Report a file that says of itself that it is not verified."""
    if not subject.case.verified:
        yield Finding(
            "case.unverified",
            "note",
            "この資料は、内容を確認できていない、または推定で補ったと自ら記しています",
            "数値を引用する前に、企業の公式発表で確かめてください",
            subject.case.origin,
            subjects=(subject.key,),
        )
