"""Reading the base .docx once: what every document takes from it, ready to be copied.

In: the path of a .docx with our styles and content controls. Out: `BaseFile`: style ids, colours, numbering, the cover,
header and footer as templates, and all parts that never change, already compressed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from reportkit.base.errors import Problem, RenderError
from reportkit.render.word.colours import Palette, make_palette
from reportkit.render.word.package import Part, kept_part
from reportkit.render.word.slots import Pieces, read_pieces, slot_names
from reportkit.render.word.style_map import STYLE_MAP

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NAMESPACES = {
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAX_SIZE = 50_000_000  # bytes unpacked; a base file is a few hundred kilobytes
_DOCUMENT, _RELATIONSHIPS = "word/document.xml", "word/_rels/document.xml.rels"
_NEEDED = (_DOCUMENT, _RELATIONSHIPS, "word/styles.xml", "word/numbering.xml", "[Content_Types].xml")
_FOOTNOTES = "word/footnotes.xml"
_WRITTEN = (_DOCUMENT, _RELATIONSHIPS, _FOOTNOTES, "word/numbering.xml", "[Content_Types].xml", "_rels/.rels")
# The lines between text and notes, for a base file that has none.
_SEPARATORS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:footnotes xmlns:w="{_W[1:-1]}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_FOOTNOTES_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CLEANUP = re.compile(r"<w:numIdMacAtCleanup [^>]*/>")  # must stand last, behind the lists that we add
_REMAKE = "tools/make_base.py で作り直すか、もとの base.docx のコピーから編集し直してください"


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """How Word numbers a heading level. text: `%1.%2`; "" when the level is not numbered or not in plain digits."""

    text: str
    list_level: int


@dataclass(frozen=True, slots=True)
class BaseFile:
    """What a document takes from the base file.

    styles: part in the page (see `style_map`) to style id. lists: part (bullet, table-bullet ...) to numbering id.
    ordered_list: abstract numbering of numbered lists, which each list restarts. headings: numbers of levels 1 to 3.
    no_number: the numbering id that takes the number from a heading (Word also knows id 0 for that, but a validator
    misses its definition). text_width, text_height: twips. next_*: first free ids.
    body: word/document.xml as a template; has_contents: with a place for the table of contents. edges: headers and
    footers with slots, by part name.
    numbering, relationships: the parts up to their end tag. types: default content types and those of single parts.
    footnotes: the footnotes part up to its end tag, with the separators.
    kept: parts that go into every document as they are.
    """

    path: str
    styles: Mapping[str, str]
    lists: Mapping[str, int]
    ordered_list: int
    no_number: int
    headings: tuple[HeadingNumber, HeadingNumber, HeadingNumber]
    palette: Palette
    text_width: int
    text_height: int
    next_drawing: int
    next_number: int
    next_relationship: int
    body: Pieces
    has_contents: bool
    edges: Mapping[str, Pieces]
    numbering: str
    footnotes: str
    next_footnote: int
    relationships: str
    default_types: Mapping[str, str]
    part_types: Mapping[str, str]
    kept: tuple[Part, ...]


def load_base(path: Path) -> BaseFile:
    """Read a base file.

    Raises `RenderError` with everything that is wrong at once: unreadable file, missing styles, styles without the
    numbering they need, no place for the body.
    """
    contents = _unpack(path)
    try:
        return _read(path, contents)
    except (ElementTree.ParseError, ExpatError, ValueError) as error:
        raise RenderError(Problem(f"ベースファイルの中身を読めません（{error}）", _REMAKE, str(path))) from error


def _unpack(path: Path) -> dict[str, bytes]:
    import zipfile  # 20 ms; not needed once the base file is read

    try:
        data = path.read_bytes()
    except OSError as error:
        raise RenderError(
            Problem(
                what=f"ベースファイルを読めません（{error.strerror or error}）",
                fix="templates/base.docx があるか、読み取り権限があるかを確かめてください",
                place=str(path),
            )
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_SIZE:
                fix = "画像を小さくしてください（展開後 50 MB まで）"
                raise RenderError(Problem("ベースファイルが大きすぎます", fix, str(path)))
            contents = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise RenderError(
            Problem("ベースファイルが .docx ではありません", "Word で .docx 形式で保存し直してください", str(path))
        ) from error
    if missing := [name for name in _NEEDED if name not in contents]:
        raise RenderError(Problem(f"ベースファイルに {'、'.join(missing)} がありません", _REMAKE, str(path)))
    return contents


def _read(path: Path, contents: dict[str, bytes]) -> BaseFile:
    place = str(path)
    problems: list[Problem] = []
    styles, linked = _read_styles(contents["word/styles.xml"], place, problems)
    numbering = ElementTree.fromstring(contents["word/numbering.xml"])  # noqa: S314 (expat expands nothing external)
    default_types, part_types = _read_types(contents["[Content_Types].xml"])
    if part_types.get(_DOCUMENT) not in {f"{_WORD_TYPE}document.main+xml", f"{_WORD_TYPE}template.main+xml"}:
        what = "ベースファイルがマクロなしの Word 文書ではありません"
        problems.append(Problem(what, ".docx 形式で保存し直してください", place))
    body = read_pieces(_with_namespaces(contents[_DOCUMENT]))
    if "body" not in slot_names(body):
        problems.append(
            Problem(
                what="ベースファイルに本文の入る場所がありません",
                fix="本文を入れる位置に、タグが reportkit.body のコンテンツ コントロールを置いてください",
                place=place,
            )
        )
    edges = {
        name: pieces
        for name in sorted(contents)
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name) and slot_names(pieces := read_pieces(contents[name]))
    }
    if problems:
        raise RenderError(problems)
    document = contents[_DOCUMENT].decode()
    width, height = _text_area(document)
    part_types[_DOCUMENT] = f"{_WORD_TYPE}document.main+xml"
    kept = {
        name: content
        for name, content in contents.items()
        if name not in _WRITTEN and name not in edges and not name.startswith(("docProps/", "customXml/"))
    }
    numbering_xml, no_number = _with_no_number(contents["word/numbering.xml"].decode(), numbering)
    relationships = contents[_RELATIONSHIPS].decode()
    relationships = re.sub(r'<Relationship [^>]*Target="(?:\.\./|/)customXml/[^>]*/>', "", relationships)
    footnotes, relationships = _footnotes(contents, relationships, part_types)
    return BaseFile(
        path=place,
        styles=styles,
        lists={part: linked[part][0] for part in ("bullet", "table-bullet", "table-bullet-small")},
        ordered_list=_abstract_number(numbering, linked["number"][0]),
        no_number=no_number,
        headings=(
            _heading_number(numbering, linked.get("heading1")),
            _heading_number(numbering, linked.get("heading2")),
            _heading_number(numbering, linked.get("heading3")),
        ),
        palette=make_palette(_theme_colours(contents)),
        text_width=width,
        text_height=height,
        next_drawing=1 + _highest(r'<wp:docPr [^>]*?\bid="(\d+)"', contents),
        next_number=no_number + 1,
        next_relationship=1 + max((int(number) for number in re.findall(r'\bId="rId(\d+)"', relationships)), default=0),
        body=body,
        has_contents="contents" in slot_names(body),
        edges=edges,
        numbering=_cut_end(numbering_xml, "w:numbering"),
        footnotes=footnotes,
        next_footnote=1 + max(int(number) for number in re.findall(r'<w:footnote [^>]*?w:id="(-?\d+)"', footnotes)),
        relationships=_cut_end(relationships, "Relationships"),
        default_types=default_types,
        part_types={name: kind for name, kind in part_types.items() if name in {*kept, *edges, *_WRITTEN}},
        kept=tuple(kept_part(name, kept[name]) for name in sorted(kept)),
    )


def _read_styles(xml: bytes, place: str, problems: list[Problem]) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    """Return style ids, and (numbering id, level) of those linked to a list, both by their part in the page."""
    by_name: dict[tuple[str, str], ElementTree.Element] = {}
    by_id: dict[str, ElementTree.Element] = {}
    for style in ElementTree.fromstring(xml).iter(f"{_W}style"):  # noqa: S314
        kind, name = style.get(f"{_W}type", ""), _value(style.find(f"{_W}name"))
        aliases = _value(style.find(f"{_W}aliases")).split(",")
        for label in (name, *aliases):
            by_name.setdefault((kind, label.strip().casefold()), style)
        by_id[style.get(f"{_W}styleId", "")] = style
    ids: dict[str, str] = {}
    linked: dict[str, tuple[int, int]] = {}
    for part, need in STYLE_MAP.items():
        found = by_name.get((need.kind, need.name.casefold()))
        if found is None and need.optional:
            ids[part] = ""
            continue
        if found is None:
            fix = f"Word でこの名前の{_KINDS[need.kind]}を作るか、{_REMAKE}"
            problems.append(Problem(f"スタイル「{need.name}」がありません", fix, place))
            continue
        ids[part] = found.get(f"{_W}styleId", "")
        link = _list_link(found, by_id)
        if link is not None:
            linked[part] = link
        elif need.numbered:
            problems.append(
                Problem(
                    what=f"スタイル「{need.name}」に段落番号・箇条書きが設定されていません",
                    fix="Word でこのスタイルに番号付けを設定してください",
                    place=place,
                )
            )
    return ids, linked


_KINDS = {"paragraph": "段落スタイル", "character": "文字スタイル", "table": "表スタイル"}


def _list_link(style: ElementTree.Element, by_id: Mapping[str, ElementTree.Element]) -> tuple[int, int] | None:
    """Return (numbering id, level) of a style, from itself or the styles it is based on; None without numbering."""
    seen: set[int] = set()
    current: ElementTree.Element | None = style
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        link = current.find(f"{_W}pPr/{_W}numPr")
        if link is not None and (number := int(_value(link.find(f"{_W}numId")) or 0)):
            return number, int(_value(link.find(f"{_W}ilvl")) or 0)
        current = by_id.get(_value(current.find(f"{_W}basedOn")))
    return None


def _value(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _abstract_number(numbering: ElementTree.Element, number: int) -> int:
    for use in numbering.iter(f"{_W}num"):
        if use.get(f"{_W}numId") == str(number):
            return int(_value(use.find(f"{_W}abstractNumId")))
    raise ValueError(f"numId {number}")


def _heading_number(numbering: ElementTree.Element, link: tuple[int, int] | None) -> HeadingNumber:
    if link is None:
        return HeadingNumber("", 0)
    number, list_level = link
    abstract = str(_abstract_number(numbering, number))
    for definition in numbering.iter(f"{_W}abstractNum"):
        if definition.get(f"{_W}abstractNumId") == abstract:
            for level in definition.iter(f"{_W}lvl"):
                if level.get(f"{_W}ilvl") == str(list_level) and _value(level.find(f"{_W}numFmt")) == "decimal":
                    return HeadingNumber(_value(level.find(f"{_W}lvlText")), list_level)
    return HeadingNumber("", list_level)


def _with_no_number(xml: str, numbering: ElementTree.Element) -> tuple[str, int]:
    """Return the numbering part with a list that prints no number, and that list's id."""
    number = 1 + max(int(use.get(f"{_W}numId", "0")) for use in numbering.iter(f"{_W}num"))
    abstract = 1 + max(int(use.get(f"{_W}abstractNumId", "0")) for use in numbering.iter(f"{_W}abstractNum"))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="nothing"/>'
        '<w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    definition = (
        f'<w:abstractNum w:abstractNumId="{abstract}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    use = f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
    first = re.search(r"<w:num\b", xml)
    place = first.start() if first else xml.rfind("</w:numbering>")
    xml = _CLEANUP.sub("", xml[:place] + definition + xml[place:])
    return f"{_cut_end(xml, 'w:numbering')}{use}</w:numbering>", number


def _footnotes(contents: Mapping[str, bytes], relationships: str, part_types: dict[str, str]) -> tuple[str, str]:
    """Return the footnotes part up to its end tag, and the relationships with one to it; enter its type."""
    part_types[_FOOTNOTES] = f"{_WORD_TYPE}footnotes+xml"
    if _FOOTNOTES not in contents:
        number = 1 + max((int(found) for found in re.findall(r'\bId="rId(\d+)"', relationships)), default=0)
        link = f'<Relationship Id="rId{number}" Type="{_FOOTNOTES_LINK}" Target="footnotes.xml"/>'
        return _SEPARATORS, relationships.replace("</Relationships>", f"{link}</Relationships>")
    return _cut_end(contents[_FOOTNOTES].decode(), "w:footnotes"), relationships


def _read_types(xml: bytes) -> tuple[dict[str, str], dict[str, str]]:
    root = ElementTree.fromstring(xml)  # noqa: S314
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(f"{_TYPES}Default")}
    parts = {e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in root.iter(f"{_TYPES}Override")}
    return defaults, parts


def _theme_colours(contents: Mapping[str, bytes]) -> dict[str, str]:
    names = sorted(name for name in contents if re.fullmatch(r"word/theme/theme\d*\.xml", name))
    colours: dict[str, str] = {}
    if names:
        scheme = ElementTree.fromstring(contents[names[0]]).find(f".//{_A}clrScheme")  # noqa: S314
        for slot in scheme if scheme is not None else ():
            for colour in slot:
                value = colour.get("lastClr") or colour.get("val") or ""
                if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
                    colours[slot.tag.removeprefix(_A)] = value.upper()
    return colours


def _text_area(document: str) -> tuple[int, int]:
    """Return width and height of the text area of the last section in twips; A4 less 25 mm when nothing is said."""
    section = document[document.rfind("<w:sectPr") :]

    def measure(tag: str, name: str, default: int) -> int:
        found = re.search(rf'<w:{tag}\b[^>]*?\bw:{name}="(-?\d+)"', section)
        return int(found[1]) if found else default

    width = measure("pgSz", "w", 11906) - measure("pgMar", "left", 1417) - measure("pgMar", "right", 1417)
    height = measure("pgSz", "h", 16838) - abs(measure("pgMar", "top", 1417)) - abs(measure("pgMar", "bottom", 1417))
    return max(width, 1000), max(height, 1000)


def _with_namespaces(xml: bytes) -> bytes:
    """Return the document with the prefixes declared that generated blocks use."""
    start = xml.index(b"<w:document") + len(b"<w:document")
    root = xml[start : xml.index(b">", start)]
    missing = "".join(f' xmlns:{p}="{uri}"' for p, uri in _NAMESPACES.items() if f"xmlns:{p}=".encode() not in root)
    return xml[:start] + missing.encode() + xml[start:]


def _highest(pattern: str, contents: Mapping[str, bytes]) -> int:
    texts = (content.decode(errors="replace") for name, content in contents.items() if name.endswith(".xml"))
    return max((int(number) for text in texts for number in re.findall(pattern, text)), default=0)


def _cut_end(xml: str, tag: str) -> str:
    end = xml.rfind(f"</{tag}>")
    if end < 0:
        raise ValueError(f"<{tag}> is empty")
    return xml[:end]
