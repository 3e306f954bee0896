"""Reading a mailing list: `mail.toml`, the tables that it names, or a table alone; every fault at once, with its line.

from = "架空総研 調査部 <report@example.jp>"
tables = ["people.csv"]

[[people]]
name = "山田 太郎"
address = "yamada@example.jp"
subjects = ["医療", "case:ソニーグループ", "overview"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportkit.base.errors import Problem, ProjectError, ReportkitError
from reportkit.delivery.addresses import Address, AddressFault, read_address
from reportkit.delivery.mailing import TOO_LARGE, MailingList, Recipient
from reportkit.delivery.servers import read_server
from reportkit.delivery.tables import SUFFIXES, Row, read_table
from reportkit.delivery.toml_lines import Table, TomlLines
from reportkit.delivery.wishes import KEYS, PlaceOf, Wishes, names, near, read_wishes

# What a subject as typed means: ids of briefings. Raises ReportkitError with the nearest names.
Resolve = Callable[[str], tuple[str, ...]]

FILE_NAME = "mail.toml"
_TOP = ("name", "from", "reply-to", "tables", "size-limit", "too-large", "signature", *KEYS, "smtp", "groups", "people")
_PERSON = ("name", "address", "groups", *KEYS)
_SIZE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(KB|MB|K|M)?\s*$", re.IGNORECASE)
_UNITS = {"": 1, "K": 1_000, "KB": 1_000, "M": 1_000_000, "MB": 1_000_000}
_BARE_HEADER = re.compile(r"""^\s*\[([A-Za-z]+)\.([^"'\[\]]*[^\x00-\x7f][^"'\[\]]*)\]""")
_LEAST_SIZE = 100_000
_MOST_FILE = 8 * 1024 * 1024
_SAMPLE = 'from = "報告担当 <report@example.jp>" と [[people]] の name、address、subjects'


@dataclass(frozen=True, slots=True)
class _Entry:
    """A person as written: raw fields, and where they stand."""

    fields: Mapping[str, object]
    place: PlaceOf


def read_mailing_list(path: Path, resolve: Resolve) -> MailingList:
    """Return the mailing list in `path`.

    path: `mail.toml`, or a table of people (CSV, TSV, Excel) beside a `mail.toml` whose sender, server, groups count.
    Raises `ProjectError` with every fault: unusable or repeated addresses, unknown groups, subjects and keys (with the
    nearest names), people who would get nothing; each with file and line.
    """
    problems: list[Problem] = []
    people_file = path if path.suffix.lower() in SUFFIXES else None
    if people_file is not None:
        path = path.with_name(FILE_NAME)
    text = _read(path)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProjectError(_syntax_problem(error, text, path)) from error
    lines = TomlLines(text)

    def at(where: Table) -> PlaceOf:
        return lambda key, value: f"{path}:{lines.line(where, key, value)}"

    top = at(())
    _unknown_keys(table, _TOP, top, problems)
    default = read_wishes(table, top, problems)
    groups = _groups(table, at, problems)
    if people_file is not None:
        entries = _row_entries(people_file, problems)
    else:
        entries = [*_people(table, at, problems), *_table_people(table, path, top, problems)]
    sender = _address(table, "from", top, problems, required=True)
    mailing = MailingList(
        name=people_file.stem if people_file else _text(table, "name", top, problems) or path.stem,
        sender=sender or Address("", ""),
        recipients=_recipients(entries, groups, default, resolve, problems),
        reply_to=_address(table, "reply-to", top, problems),
        server=read_server(table.get("smtp"), path.parent, at(("smtp",)), problems),
        size_limit=_size(table, top, problems),
        too_large=_too_large(table, top, problems),  # type: ignore[arg-type]  # one of TOO_LARGE
        signature=tuple(_text(table, "signature", top, problems, lines=True).splitlines()),
        path=path,
    )
    if not entries and not problems:
        problems.append(Problem("配信先が一人もいません", "[[people]] か tables で宛先を書いてください", str(path)))
    if problems:
        raise ProjectError(tuple(dict.fromkeys(problems)))
    return mailing


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        if len(data) > _MOST_FILE:
            raise ProjectError(
                Problem("配信リストが大きすぎます", "宛先は CSV に分け、tables で指定してください", str(path))
            )
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        fix = f"{_SAMPLE} を書いたファイルを作るか、--list で別のファイルを指定してください（書き方は docs/mail.md）"
        raise ProjectError(Problem("配信リストがありません", fix, str(path))) from None
    except (OSError, UnicodeDecodeError) as error:
        fix = "UTF-8 のテキストファイルとして保存し、読み取り権限を確かめてください"
        raise ProjectError(Problem(f"配信リストを読めません（{error}）", fix, str(path))) from error
    return text.replace("\r\n", "\n")


def _syntax_problem(error: Exception, text: str, path: Path) -> Problem:
    found = re.search(r"at line (\d+)", str(error))
    line = text.split("\n")[int(found[1]) - 1] if found else ""
    header = _BARE_HEADER.match(line)
    if header:
        fix = f'日本語の名前は引用符で囲み、[{header[1]}."{header[2]}"] と書いてください'
    else:
        fix = "その行の引用符や括弧の閉じ忘れを確かめてください"
    return Problem(f"TOML として読めません（{error}）", fix, f"{path}:{found[1]}" if found else str(path))


def _unknown_keys(table: Mapping[str, Any], known: tuple[str, ...], place: PlaceOf, problems: list[Problem]) -> None:
    problems.extend(
        Problem(f"項目「{key[:60]}」はありません", near(key, known), place(key, ""))
        for key in table
        if key not in known
    )


def _groups(table: Mapping[str, Any], at: Callable[[Table], PlaceOf], problems: list[Problem]) -> dict[str, Wishes]:
    groups = table.get("groups", {})
    if not isinstance(groups, dict) or not all(isinstance(group, dict) for group in groups.values()):
        problems.append(
            Problem("groups の書き方が違います", "[groups.名前] の表にしてください", at(("groups",))("", ""))
        )
        return {}
    found = {}
    for name, group in groups.items():
        place = at(("groups", name))
        _unknown_keys(group, KEYS, place, problems)
        found[name] = read_wishes(group, place, problems)
    return found


def _people(table: Mapping[str, Any], at: Callable[[Table], PlaceOf], problems: list[Problem]) -> list[_Entry]:
    people = table.get("people", [])
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        problems.append(
            Problem("people の書き方が違います", "[[people]] の表を人数分書いてください", at(())("people", ""))
        )
        return []
    entries = []
    for number, person in enumerate(people):
        place = at(("people", number))
        _unknown_keys(person, _PERSON, place, problems)
        entries.append(_Entry(person, place))
    return entries


def _table_people(table: Mapping[str, Any], path: Path, top: PlaceOf, problems: list[Problem]) -> list[_Entry]:
    entries = []
    for name in names(table, "tables", top, problems):
        if "\0" in name:
            problems.append(Problem("表の名前が使えません", "ファイル名を確かめてください", top("tables", "")))
            continue
        file = path.parent / Path(name).expanduser()
        entries.extend(_row_entries(file, problems))
    return entries


def _row_entries(file: Path, problems: list[Problem]) -> list[_Entry]:
    def place_in(row: Row) -> PlaceOf:
        return lambda key, _value: row.places.get(key, row.place)

    return [_Entry(row.fields, place_in(row)) for row in read_table(file, str(file), problems)]


def _recipients(
    entries: list[_Entry],
    groups: Mapping[str, Wishes],
    default: Wishes,
    resolve: Resolve,
    problems: list[Problem],
) -> tuple[Recipient, ...]:
    resolved = _Resolved(resolve, problems)
    for wishes in (default, *groups.values()):  # faults also where nobody is in the group yet
        for word, place in wishes.subjects:
            resolved(word, place)
    found: list[Recipient] = []
    first: dict[str, str] = {}
    for entry in entries:
        address = _address(entry.fields, "address", entry.place, problems, required=True, name_key="name")
        own = read_wishes(entry.fields, entry.place, problems)
        levels = [own, *_levels(entry, groups, problems), default]
        asked = list(dict.fromkeys(subject for level in levels for subject in level.subjects))
        subjects = tuple(dict.fromkeys(each for word, place in asked for each in resolved(word, place)))
        place = entry.place("address", "")
        if not asked:
            what = f"「{_shown(entry.fields)}」の対象（subjects）がありません"
            problems.append(Problem(what, "subjects か、対象のある groups を書いてください", place))
        if address is None:
            continue
        if address.key in first:
            what = (
                f"アドレス「{address.local}@{address.domain}」が二度書かれています（先のものは {first[address.key]}）"
            )
            problems.append(Problem(what, "一人一行にまとめてください", place))
            continue
        first[address.key] = place
        found.append(_recipient(address, levels, subjects, place))
    return tuple(found)


def _recipient(address: Address, levels: list[Wishes], subjects: tuple[str, ...], place: str) -> Recipient:
    def first_said(key: str, otherwise: Any) -> Any:
        return next((value for level in levels if (value := getattr(level, key)) is not None), otherwise)

    return Recipient(
        address=address,
        honorific=first_said("honorific", "様" if first_said("language", "ja") == "ja" else ""),
        subjects=subjects,
        edition=first_said("edition", "reader"),
        language=first_said("language", "ja"),
        files=first_said("files", ("docx",)),
        when=first_said("when", "changed"),
        place=place,
    )


def _levels(entry: _Entry, groups: Mapping[str, Wishes], problems: list[Problem]) -> list[Wishes]:
    found = []
    for name in names(entry.fields, "groups", entry.place, problems):
        if name in groups:
            found.append(groups[name])
        else:
            fix = near(name, groups) if groups else "[groups.名前] の表を mail.toml に書いてください"
            problems.append(Problem(f"グループ「{name[:60]}」はありません", fix, entry.place("groups", name)))
    return found


class _Resolved:
    """Looks every subject up once; a fault is reported where the subject stands first."""

    def __init__(self, resolve: Resolve, problems: list[Problem]) -> None:
        self._resolve, self._problems = resolve, problems
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, word: str, place: str) -> tuple[str, ...]:
        if word not in self._known:
            try:
                self._known[word] = self._resolve(word)
            except ReportkitError as error:
                self._known[word] = ()
                self._problems.extend(Problem(problem.what, problem.fix, place) for problem in error.problems)
        return self._known[word]


def _address(
    fields: Mapping[str, object],
    key: str,
    place: PlaceOf,
    problems: list[Problem],
    *,
    required: bool = False,
    name_key: str = "",
) -> Address | None:
    value, name = fields.get(key), fields.get(name_key, "") if name_key else ""
    if value is None or (value == "" and required):
        if required:
            whose = f"「{_shown(fields)}」に" if name_key else ""
            fix = f'{key} = "…@…" の形で書いてください'
            problems.append(Problem(f"{whose}アドレス（{key}）がありません", fix, place(key, "")))
        return None
    if not isinstance(value, str) or not isinstance(name, str):
        problems.append(Problem(f"「{key}」は文字列にしてください", "引用符で囲んで書いてください", place(key, "")))
        return None
    try:
        return read_address(value, name)
    except AddressFault as fault:
        problems.append(Problem(fault.what, fault.fix, place(key, "")))
        return None


def _shown(fields: Mapping[str, object]) -> str:
    return str(fields.get("name") or fields.get("address") or "名前のない人")[:60].replace("\n", " ")


def _text(table: Mapping[str, Any], key: str, place: PlaceOf, problems: list[Problem], *, lines: bool = False) -> str:
    value = table.get(key, "")
    if isinstance(value, str) and (lines or "\n" not in value):
        return value.strip()
    problems.append(
        Problem(f"「{key}」は一つの文字列にしてください", f'{key} = "…" の形で書いてください', place(key, ""))
    )
    return ""


def _size(table: Mapping[str, Any], place: PlaceOf, problems: list[Problem]) -> int:
    value = table.get("size-limit", "10MB")
    match = _SIZE.match(value) if isinstance(value, str) else None
    size = int(float(match[1]) * _UNITS[(match[2] or "").upper()]) if match else 0
    if size < _LEAST_SIZE:
        fix = '"10MB" のように書いてください（100KB 以上）'
        problems.append(Problem("「size-limit」の値が使えません", fix, place("size-limit", "")))
    return size


def _too_large(table: Mapping[str, Any], place: PlaceOf, problems: list[Problem]) -> str:
    value = table.get("too-large", "pdf")
    if value in TOO_LARGE:
        return str(value)
    fix = "pdf（PDF だけにする）、split（分けて送る）、refuse（送らない）のいずれかにしてください"
    problems.append(Problem("「too-large」の値が使えません", fix, place("too-large", "")))
    return "pdf"
