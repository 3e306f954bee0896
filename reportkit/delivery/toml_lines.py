r"""On which line of a TOML file something stands; `tomllib` gives values only.

>>> lines = TomlLines('[[people]]\nname = "山田"\n\n[[people]]\nname = "佐藤"\n')
>>> lines.line(("people", 1), "name")
5
"""

from __future__ import annotations

import re

Table = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*(\]\]?)")
_KEY = re.compile(r"""^\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[.=]""")
_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^."'\s]+))\s*(?:\.|$)""")
_LONG = re.compile(r'"""|\'\'\'')


class TomlLines:
    """The lines of headers and keys. A table is named by its path; entries of `[[people]]` by their number from 0."""

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")
        self._tables: dict[Table, int] = {(): 1}
        self._keys: dict[tuple[Table, str], int] = {}
        self._read()

    def line(self, table: Table, key: str = "", value: str = "") -> int:
        """Return the line of a key, or of a value of its list; of the table when the key is unknown."""
        found = self._keys.get((table, key))
        if found is None:
            while table and table not in self._tables:
                table = table[:-1]
            return self._tables.get(table, 1)
        return self._value_line(found, value) if value else found

    def _value_line(self, start: int, value: str) -> int:
        ends = sorted(line for line in (*self._keys.values(), *self._tables.values()) if line > start)
        end = ends[0] if ends else len(self._text) + 1
        for number in range(start, end):
            line = self._text[number - 1]
            if f'"{value}"' in line or f"'{value}'" in line:
                return number
        return start

    def _read(self) -> None:
        table: Table = ()
        counts: dict[str, int] = {}
        quote = ""  # the long quotes that are open
        for number, line in enumerate(self._text, start=1):
            opened = quote
            for mark in _LONG.findall(line):
                quote = "" if quote == mark else quote or mark
            if opened:
                continue
            header = _HEADER.match(line)
            if header and len(header[1]) == len(header[3]):
                table = self._table(header[2], header[1] == "[[", counts)
                self._tables.setdefault(table, number)
            elif key := _KEY.match(line):
                self._keys.setdefault((table, key[1] or key[2] or key[3] or ""), number)

    @staticmethod
    def _table(name: str, listed: bool, counts: dict[str, int]) -> Table:
        parts = [part[1] or part[2] or part[3] or "" for part in _PART.finditer(name)]
        if listed:
            key = ".".join(parts)
            counts[key] = counts.get(key, -1) + 1
            return (*parts, counts[key])
        return tuple(parts)
