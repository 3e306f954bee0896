"""Finished documents with one fault each: what a hand, a program or a slip can do to a .docx.

In: the bytes of a document and a random generator. Out: a `Mutant`. Knows only the format of the files
(WordprocessingML, charts, workbooks, and the ledger as docs/ledger.md describes it), nothing of the code under test.
Faults are put in by cutting and pasting text of the parts, so that everything else stays as it was.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from xml.etree import ElementTree

from ledger_digests import set_source_digests

DOCUMENT = "word/document.xml"
LEDGER = "customXml/item1.xml"
RK = "{urn:reportkit:ledger:1}"
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_UNITS = {
    "兆円": "億円", "億円": "万円", "ポイント": "%", "%": "ポイント", "件": "社", "人": "社", "倍": "件", "時間": "分",
    "位": "件", "社": "人", "年": "か月",
}  # fmt: skip

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Mutant:
    kind: str
    what: str
    data: bytes


def make_mutant(kind: str, data: bytes, random: Random) -> Mutant | None:
    """One fault of a kind, None when the document has nothing of that kind."""
    parts = unpacked(data)
    what = KINDS[kind](parts, random)
    return None if what is None else Mutant(kind, what, packed(parts))


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


# --- words on the page -----------------------------------------------------------------------------------------------


def _words(
    parts: Parts, random: Random, wanted: re.Pattern[str]
) -> tuple[str, str, re.Match[str], re.Match[str]] | None:
    """A text run of the page (body, header, footer, footnotes) that holds what is wanted, and one place of it."""
    names = [name for name in parts if re.fullmatch(r"word/(document|footnotes|header\d*|footer\d*)\.xml", name)]
    runs = []
    for name in sorted(names):
        xml = parts[name].decode()
        runs += [(name, xml, run) for run in _TEXT.finditer(xml) if wanted.search(run[2])]
    if not runs:
        return None
    name, xml, run = random.choice(runs)
    return name, xml, run, random.choice(list(wanted.finditer(run[2])))


def _replace(parts: Parts, name: str, xml: str, run: re.Match[str], text: str) -> str:
    parts[name] = f"{xml[: run.start(2)]}{text}{xml[run.end(2) :]}".encode()
    return f"{name}: {run[2]} -> {text}"


def digit(parts: Parts, random: Random) -> str | None:
    found = _words(parts, random, re.compile(r"\d"))
    if found is None:
        return None
    name, xml, run, place = found
    other = random.choice([char for char in "0123456789" if char != place[0]])
    return _replace(parts, name, xml, run, run[2][: place.start()] + other + run[2][place.end() :])


def sign(parts: Parts, random: Random) -> str | None:
    found = _words(parts, random, re.compile(r"^[+−-]?\d[\d,.]*(?:%|億円|兆円|ポイント|件|人|倍)?$"))
    if found is None:
        return None
    name, xml, run, _ = found
    text = run[2].lstrip("+−-") if run[2][0] in "+−-" else random.choice("−+-") + run[2]
    return _replace(parts, name, xml, run, text)


def unit(parts: Parts, random: Random) -> str | None:
    found = _words(parts, random, re.compile(rf"(?<=\d)({'|'.join(_UNITS)})|(?<=単位：)(億円)"))
    if found is None:
        return None
    name, xml, run, place = found
    return _replace(parts, name, xml, run, run[2][: place.start()] + _UNITS[place[0]] + run[2][place.end() :])


def typed(parts: Parts, random: Random) -> str | None:
    found = _words(parts, random, re.compile(r"(?<=[ぁ-ん])(?=[ぁ-ん一-龯])"))
    if found is None:
        return None
    name, xml, run, place = found
    number = random.choice(["約42社", "3倍", "５割", "（n=1,024）", "1.5兆円", "7", "-12%", "三割", "２０２７年", "①"])
    return _replace(parts, name, xml, run, run[2][: place.start()] + number + run[2][place.end() :])


# --- tables ----------------------------------------------------------------------------------------------------------


def _tables(xml: str) -> list[tuple[int, int]]:
    """Tables that hold no other table."""
    starts = [match.start() for match in re.finditer(r"<w:tbl>", xml)]
    found = []
    for start in starts:
        end = xml.index("</w:tbl>", start)
        if xml.find("<w:tbl>", start + 1, end) < 0:
            found.append((start, end))
    return found


def _rows(xml: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(match.start() + start, match.end() + start) for match in re.finditer(r"<w:tr>.*?</w:tr>", xml[start:end])]


def _cells(row: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"<w:tc>.*?</w:tc>", row)]


def _said(xml: str) -> str:
    return "".join(run[2] for run in _TEXT.finditer(xml))


def _inside(cell: str) -> tuple[int, int]:
    """Where the paragraphs of a cell stand."""
    return cell.index("</w:tcPr>") + len("</w:tcPr>"), len(cell) - len("</w:tc>")


def rows(parts: Parts, random: Random) -> str | None:
    xml = parts[DOCUMENT].decode()
    choices = []
    for start, end in _tables(xml):
        if "_rk" not in xml[start:end]:
            continue  # the particulars on the cover say the same in any order: date, vintage, number of the issue
        found = [row for row in _rows(xml, start, end) if "<w:tblHeader/>" not in xml[slice(*row)]]
        choices += [
            (one, other)
            for index, one in enumerate(found)
            for other in found[index + 1 :]
            if _said(xml[slice(*one)]) != _said(xml[slice(*other)]) and "vMerge" not in xml[one[0] : other[1]]
        ]
    if not choices:
        return None
    one, other = random.choice(choices)
    swapped = xml[slice(*other)] + xml[one[1] : other[0]] + xml[slice(*one)]
    parts[DOCUMENT] = f"{xml[: one[0]]}{swapped}{xml[other[1] :]}".encode()
    return f"{_said(xml[slice(*one)])[:40]} <-> {_said(xml[slice(*other)])[:40]}"


def columns(parts: Parts, random: Random) -> str | None:
    xml = parts[DOCUMENT].decode()
    tables = []
    for start, end in _tables(xml):
        found = _rows(xml, start, end)
        counts = {len(_cells(xml[slice(*row)])) for row in found}
        if len(found) > 1 and len(counts) == 1 and min(counts) > 1 and "gridSpan" not in xml[start:end]:
            tables.append((found, counts.pop()))
    random.shuffle(tables)
    for found, count in tables:
        left, right = sorted(random.sample(range(count), 2))
        texts = [xml[slice(*row)] for row in found]
        new = []
        for text in texts:
            cells = _cells(text)
            one, other = text[slice(*cells[left])], text[slice(*cells[right])]
            new.append(
                text[: cells[left][0]] + other + text[cells[left][1] : cells[right][0]] + one + text[cells[right][1] :]
            )
        if [_said(text) for text in new] == [_said(text) for text in texts]:
            continue
        for row, text in reversed(list(zip(found, new, strict=True))):
            xml = xml[: row[0]] + text + xml[row[1] :]
        parts[DOCUMENT] = xml.encode()
        return f"{_said(texts[0])[:40]}: {left} <-> {right}"
    return None


def _differ(xml: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    words = _said(xml[slice(*one)])
    return re.search(r"\d", words) is not None and words != _said(xml[slice(*other)])


def moved(parts: Parts, random: Random) -> str | None:
    """The words of a cell stand in another row of the same column as well, in place of those that stood there."""
    xml = parts[DOCUMENT].decode()
    choices = []
    for start, end in _tables(xml):
        found = [row for row in _rows(xml, start, end) if "<w:tblHeader/>" not in xml[slice(*row)]]
        grids = [[(row[0] + one, row[0] + other) for one, other in _cells(xml[slice(*row)])] for row in found]
        for index, upper in enumerate(grids):
            for lower in grids[index + 1 :]:
                if len(upper) == len(lower):
                    choices += [
                        (one, other)
                        for one, other in zip(upper, lower, strict=True)
                        if re.search(r"\d", _said(xml[slice(*one)]))
                        and _said(xml[slice(*one)]) != _said(xml[slice(*other)])
                    ]
    if not choices:
        return None
    one, other = random.choice(choices)
    source, target = xml[slice(*one)], xml[slice(*other)]
    first, last = _inside(target)
    # The bookmark of a place can be there once only; what is copied by hand comes without it.
    words = re.sub(r"<w:bookmark(?:Start|End) [^>]*/>", "", source[slice(*_inside(source))])
    parts[DOCUMENT] = f"{xml[: other[0]]}{target[:first]}{words}{target[last:]}{xml[other[1] :]}".encode()
    return f"{_said(target)[:30]} -> {_said(source)[:30]}"


# --- charts ----------------------------------------------------------------------------------------------------------


def cache(parts: Parts, random: Random) -> str | None:
    names = sorted(name for name in parts if re.fullmatch(r"word/charts/[^/]+\.xml", name))
    values = []
    for name in names:
        xml = parts[name].decode()
        for block in re.finditer(r"<c:numCache>.*?</c:numCache>", xml):
            values += [
                (name, block.start() + one.start(1), one[1]) for one in re.finditer(r"<c:v>([^<]+)</c:v>", block[0])
            ]
    if not values:
        return None
    name, start, old = random.choice(values)
    new = _other_number(old, random)
    xml = parts[name].decode()
    parts[name] = f"{xml[:start]}{new}{xml[start + len(old) :]}".encode()
    return f"{name}: {old} -> {new}"


def workbook(parts: Parts, random: Random) -> str | None:
    names = sorted(name for name in parts if name.endswith(".xlsx"))
    if not names:
        return None
    name = random.choice(names)
    book = unpacked(parts[name])
    sheet = "xl/worksheets/sheet1.xml"
    xml = book[sheet].decode()
    values = list(re.finditer(r"<v>([^<]+)</v>", xml))
    if not values:
        return None
    value = random.choice(values)
    new = _other_number(value[1], random)
    book[sheet] = f"{xml[: value.start(1)]}{new}{xml[value.end(1) :]}".encode()
    parts[name] = packed(book)
    return f"{name}: {value[1]} -> {new}"


def _other_number(text: str, random: Random) -> str:
    places = [index for index, char in enumerate(text) if char.isdigit()]
    index = random.choice(places)
    other = random.choice([char for char in "123456789" if char != text[index]])
    return text[:index] + other + text[index + 1 :]


# --- footnotes and ledger --------------------------------------------------------------------------------------------


def footnote(parts: Parts, random: Random) -> str | None:
    if "word/footnotes.xml" not in parts:
        return None
    notes = {
        match[1]: _said(match[2])
        for match in re.finditer(r'<w:footnote w:id="(\d+)">(.*?)</w:footnote>', parts["word/footnotes.xml"].decode())
    }
    xml = parts[DOCUMENT].decode()
    marks = list(re.finditer(r'<w:footnoteReference w:id="(\d+)"/>', xml))
    choices = [(mark, number) for mark in marks for number, text in notes.items() if text != notes.get(mark[1], text)]
    if not choices:
        return None
    mark, number = random.choice(choices)
    parts[DOCUMENT] = f"{xml[: mark.start(1)]}{number}{xml[mark.end(1) :]}".encode()
    return f"footnote {mark[1]} -> {number}"


def ledger(parts: Parts, random: Random) -> str | None:
    """An entry of the ledger is changed; half of the time its digests are made anew, so that only it is wrong."""
    root = ElementTree.fromstring(parts[LEDGER])
    changes: list[Callable[[], str | None]] = []
    for fact in root.iter(f"{RK}fact"):
        changes += [
            lambda fact=fact: _attribute(fact, "value", random),
            lambda fact=fact: _attribute(fact, "low", random),
        ]
        changes += [lambda one=one: _spoilt_text(one, random) for one in fact.iter(f"{RK}origin")]
    changes += [lambda one=one: _spoilt_text(one, random) for one in root.iter(f"{RK}place")]
    changes += [lambda one=one: _spoilt_text(one, random) for one in root.iter(f"{RK}quote")]
    changes += [lambda one=one: _attribute(one, "fact", random, root) for one in root.iter(f"{RK}point")]
    changes += [lambda one=one: _spoilt_text(one, random) for one in root.iter(f"{RK}row")]
    changes += [lambda one=one: _attribute(one, "digest", random) for one in root.iter(f"{RK}source")]
    changes += [lambda one=one: _attribute(one, "inputs", random, root) for one in root.iter(f"{RK}derivation")]
    random.shuffle(changes)
    for change in changes:
        what = change()
        if what is not None:
            seal = random.random() < 0.5
            if seal:
                _seal(root, sources=not what.startswith("source "))
            parts[LEDGER] = ElementTree.tostring(root)
            return f"{what}{' (sealed anew)' if seal else ''}"
    return None


_SURE = {"share", "ratio", "difference", "change", "points", "complement", "sum", "product"}


def _attribute(
    element: ElementTree.Element, name: str, random: Random, root: ElementTree.Element | None = None
) -> str | None:
    old = element.get(name, "")
    if not re.search(r"\d", old) or (name == "inputs" and element.get("operation") not in _SURE):
        return None
    if root is not None:
        facts = list(root.iter(f"{RK}fact"))
        numbers = old.split()
        index = random.randrange(len(numbers))
        known = facts[int(numbers[index]) - 1].get("value")
        others = [str(n) for n, fact in enumerate(facts, start=1) if fact.get("value") not in {None, known}]
        if not others or known is None:
            return None
        numbers[index] = random.choice(others)
        new = " ".join(numbers)
    else:
        new = _other_number(old, random)
    element.set(name, new)
    return f"{element.tag.removeprefix(RK)} {name}: {old} -> {new}"


def _spoilt_text(element: ElementTree.Element, random: Random) -> str | None:
    old = element.text or ""
    plain = re.sub(r"\{q?\d+\}", lambda match: "x" * len(match[0]), old)
    places = [index for index, char in enumerate(plain) if char in "0123456789"]
    if not places:
        return None
    index = random.choice(places)
    other = random.choice([char for char in "123456789" if char != old[index]])
    element.text = old[:index] + other + old[index + 1 :]
    return f"{element.tag.removeprefix(RK)}: {old[:40]} -> {element.text[:40]}"


def _seal(root: ElementTree.Element, sources: bool = True) -> None:
    """Make the digests anew, as docs/ledger.md says; those of the sources unless one of them is the fault."""
    if sources:
        set_source_digests(root)
    names = ("id", "label", "value", "low", "high", "unit", "qualifier", "per", "flags")
    facts = sorted("".join(one.get(name, "") + "\x1f" for name in names) + "\n" for one in root.iter(f"{RK}fact"))
    root.set("facts", hashlib.sha256("".join(facts).encode()).hexdigest())
    root.attrib.pop("seal", None)
    root.set("seal", hashlib.sha256(_text(root).encode()).hexdigest())


def _text(element: ElementTree.Element) -> str:
    def quoted(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    said = "".join(f' {name}="{quoted(value)}"' for name, value in element.attrib.items())
    inside = "".join(map(_text, element)) or quoted(element.text or "")
    return f"<{element.tag.removeprefix(RK)}{said}>{inside}</{element.tag.removeprefix(RK)}>"


KINDS: Mapping[str, Callable[[Parts, Random], str | None]] = {
    "digit": digit,
    "sign": sign,
    "unit": unit,
    "rows": rows,
    "columns": columns,
    "moved": moved,
    "cache": cache,
    "workbook": workbook,
    "ledger": ledger,
    "footnote": footnote,
    "typed": typed,
}
