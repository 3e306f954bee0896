"""Matrices in text: TOML specs (`spec`) say what to look for, `read` finds it and reads it cell by cell.

Nothing is imported here: a run that reads no file wants the specs and not the readers.
"""
