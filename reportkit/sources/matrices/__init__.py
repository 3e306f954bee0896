"""Matrices in text: TOML specs say what to look for, `read_matrices` finds it and reads it cell by cell."""

from reportkit.sources.matrices.duplicates import choose_source
from reportkit.sources.matrices.read import MatrixReading, read_matrices
from reportkit.sources.matrices.spec import MatrixSpec, built_in_specs, extend_specs, read_specs

__all__ = [
    "MatrixReading",
    "MatrixSpec",
    "built_in_specs",
    "choose_source",
    "extend_specs",
    "read_matrices",
    "read_specs",
]
