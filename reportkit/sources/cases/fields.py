"""Single fields of a case: who, where, which industry, how many people, which tools, since when.

In: blocks and front matter. Out: candidates in order of trust (what the body says before the front matter, for the body
carries 約 and a line that a reader can look at), and the readings of one value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reportkit.base.amounts import read_quantity
from reportkit.base.dates import read_period
from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin, Quote, origin_at
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width
from reportkit.corpus.case import Pair
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.cases.sections import Block
from reportkit.sources.cases.words import FRONT_MATTER, is_no_value, label_field
from reportkit.sources.front_matter import Entry, FrontMatter
from reportkit.sources.outline import Piece
from reportkit.sources.taxonomy import find_case_sectors, find_country, suggest_sectors

_TRUSTED = ("preamble", "basic_info", "summary")
_OTHERS = ("solution", "tech_stack", "process", "organisation", "vendors", "tools", "notes", "footer")
# Fields that only the profile of the company may give; elsewhere their labels mean something else.
_PROFILE_ONLY = frozenset({"company", "company_en", "industry", "employees", "headquarters", "founded"})
# In the steps of the introduction, a label such as 対象 speaks of one step.
_NOT_IN_STEPS = frozenset({"scope", "tools", "vendors"})
# A model beside a tool is what the tool runs on; where no tool is named, it stands for it.
_ONLY_ALONE = frozenset({"ai_model"})

_PREFECTURES = re.compile(
    r"北海道|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|"
    r"滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県|東京都?|"
    r"(?:大阪|京都)[府市]?"
)
_JAPANESE_FORM = re.compile(
    r"株式会社|有限会社|合同会社|[(（]株[)）]|㈱|国立(?:研究開発|大学)法人|独立行政法人|学校法人"
)
_CITIES = {
    "米国": (
        "ニューヨーク サンフランシスコ シアトル ボストン シカゴ ロサンゼルス カリフォルニア テキサス シリコンバレー "
        "マウンテンビュー サンノゼ オースティン アトランタ "
        "newyork sanfrancisco seattle boston chicago losangeles california texas austin"
    ),
    "英国": "ロンドン ケンブリッジ london",
    "フランス": "パリ paris",
    "ドイツ": "ベルリン ミュンヘン フランクフルト シュトゥットガルト ハンブルク berlin munich frankfurt stuttgart",
    "スイス": "チューリッヒ ジュネーブ バーゼル zurich geneva basel",
    "オランダ": "アムステルダム amsterdam",
    "韓国": "ソウル seoul",
    "中国": "北京 上海 深圳 深セン 杭州 広州 beijing shanghai shenzhen hangzhou",
    "台湾": "台北 taipei",
    "インド": "ムンバイ ベンガルール バンガロール mumbai bangalore bengaluru",
    "カナダ": "トロント モントリオール バンクーバー toronto montreal vancouver",
    "オーストラリア": "シドニー メルボルン sydney melbourne",
}
_CITY_COUNTRY = {city: country for country, cities in _CITIES.items() for city in cities.split()}
_NAME_NOTE = re.compile(r"^([^（(【]{1,200}?)\s*[（(【](.*)[）)】]\s*$")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z0-9&.,'’\- ]*[a-z][A-Za-z0-9&.,'’\- ]*")
_MAX_NAME = 1000  # what is longer is no name with a remark behind it
_OPENERS, _CLOSERS = "（(「『【[", "）)」』】]"


@dataclass(slots=True)
class Labelled:
    """A label and its value, where they stand, the block that they stand in, and in a table the heading above."""

    label: str
    value: str
    line: int
    column: int
    block: Block | None = None
    heading: str = ""


@dataclass(slots=True)
class Context:
    """What the readers of one case share: where it comes from, the taxonomy, the findings so far."""

    source: str
    taxonomy: Taxonomy
    findings: list[Finding] = field(default_factory=list)
    candidates: dict[str, list[Labelled]] = field(default_factory=dict)
    places: dict[str, Origin] = field(default_factory=dict)  # where fields of plain words are written, by name

    def origin(self, line: int, column: int = 0, end_line: int = 0) -> Origin:
        """Return a place in the file of this case."""
        return Origin(self.source, line, column, end_line) if end_line else origin_at(self.source, line, column)

    def quote(self, text: str, line: int, column: int = 0) -> Quote:
        """Return words of the file with their place."""
        return Quote(text, origin_at(self.source, line, column))

    def put(self, name: str, found: Labelled) -> None:
        """Note that a field of plain words is written there."""
        self.places.setdefault(name, self.origin(found.line, found.column))

    def first(self, name: str) -> Labelled | None:
        """Return the candidate for a field that comes first and has a value."""
        return next((found for found in self.candidates.get(name, ()) if not is_no_value(found.value)), None)

    def all(self, name: str) -> list[Labelled]:
        """Return every candidate for a field that has a value, most trusted first."""
        return [found for found in self.candidates.get(name, ()) if not is_no_value(found.value)]


def labelled_lines(block: Block) -> list[Labelled]:
    """Return labels with values: rows of two and more cells, `項目：値`, and labels whose items stand below them."""
    found: list[Labelled] = []
    pieces = block.pieces
    previous: dict[int, str] = {}
    for index, piece in enumerate(pieces):
        if piece.kind == "row":
            if piece.header or len(piece.cells) < 2 or not piece.cells[0]:
                continue
            value = piece.cells[1]
            if value == "同上":
                value = previous.get(piece.table, value)
            previous[piece.table] = value
            found.append(Labelled(piece.cells[0], value, piece.line, 2, block))
        elif piece.label:
            value = piece.value or "、".join(_items_below(pieces, index))
            found.append(Labelled(piece.label, value, piece.line, 0, block))
    return found


def _items_below(pieces: list[Piece], index: int) -> Iterable[str]:
    level = pieces[index].level
    for piece in pieces[index + 1 :]:
        if piece.kind not in {"item", "number"} or piece.level <= level:
            return
        if piece.level == level + 1:
            yield piece.text


def gather(context: Context, blocks: list[Block], front_matter: FrontMatter) -> None:
    """Fill the candidates of every field: profile blocks first, then other blocks, then the front matter."""
    later: list[tuple[str, Labelled]] = []
    for block in blocks:
        trusted = block.kind in _TRUSTED
        if not trusted and block.kind not in _OTHERS:
            continue
        for found in labelled_lines(block):
            name = label_field(found.label)
            if name is None or (name in _PROFILE_ONLY and not trusted):
                continue
            if name in _NOT_IN_STEPS and block.kind == "process" and block.titles:
                continue
            if trusted:
                context.candidates.setdefault(name, []).append(found)
            else:
                later.append((name, found))
    for name, found in later:
        context.candidates.setdefault(name, []).append(found)
    _gather_front_matter(context, front_matter)


def _gather_front_matter(context: Context, front_matter: FrontMatter) -> None:
    by_key: dict[str, list[Entry]] = {}
    for entry in front_matter.entries:
        if entry.value is None:
            continue
        path = entry.path[:-1] if entry.path[-1].isdigit() and len(entry.path) > 1 else entry.path
        by_key.setdefault(".".join(path), []).append(entry)
    for name, keys in FRONT_MATTER.items():
        for key in keys:
            if key in _ONLY_ALONE and context.candidates.get(name):
                continue
            for entry in by_key.get(key, ()):
                found = Labelled(key, entry.value or "", entry.line, 0)
                if name == "id":  # the front matter is made to hold the id; a body label only repeats it
                    context.candidates.setdefault(name, []).insert(0, found)
                else:
                    context.candidates.setdefault(name, []).append(found)


# --- readings of single values ---------------------------------------------------------------------------------------


def read_names(context: Context, titled: Labelled | None = None) -> tuple[str | None, str | None]:
    """Return the name of the company and its Latin name, each without remarks in brackets.

    titled: the name that the title of the file gives, for a file that does not state it.
    """
    found = context.first("company") or titled
    name, note = split_note(found.value) if found is not None else ("", "")
    english = context.first("company_en")
    if found is not None:
        context.put("company", found)
    latin = english.value if english is not None else None
    if latin is None and note and _LATIN_NAME.fullmatch(part := note.split("、")[0].strip()):
        latin = part
    if latin is not None and latin == name:
        latin = None
    if latin is not None and (source := english or found) is not None:
        context.put("company_en", source)
    return (name or None), latin


def split_note(name: str) -> tuple[str, str]:
    """Return a name and the remark in brackets behind it (`常陽銀行（じょうようぎんこう）`)."""
    match = _NAME_NOTE.match(name.strip()) if len(name) < _MAX_NAME else None
    return (name.strip(), "") if match is None else (match[1].strip(), match[2].strip())


def read_employees(context: Context, case_id: str) -> tuple[Quantity | None, Origin | None]:
    """Return how many people work there and where that is said; a vague 多数 is no number.

    Two places that differ by more than a hundredth give a finding.
    """
    stated: list[tuple[Quantity, Origin]] = []
    for found in context.all("employees"):
        quantity = read_quantity(found.value)
        if quantity.is_known and quantity.unit in {"", "人"}:
            stated.append((replace(quantity, unit="人"), context.origin(found.line, found.column)))
    if not stated:
        return None, None
    first, origin = stated[0]
    for other, place in stated[1:]:
        if first.value and other.value and abs(first.value - other.value) > first.value / 100:
            context.findings.append(
                Finding(
                    "case.employees",
                    "warning",
                    f"従業員数が資料の中で食い違っています（{first.raw} と {other.raw}）。先に読む本文の値を使います",
                    "どちらが正しいかを出典で確かめ、資料を直してください",
                    origin,
                    (Evidence("使う値", first.raw, origin), Evidence("もう一つの値", other.raw, place)),
                    (f"case:{case_id}",),
                )
            )
            break
    return first, origin


def read_date(context: Context, name: str) -> tuple[Period | None, Origin | None]:
    """Return the first candidate of the field that names a date, else the first text without one."""
    first: tuple[Period, Origin] | None = None
    for found in context.all(name):
        period = read_period(found.value)
        origin = context.origin(found.line, found.column)
        if period.start is not None or period.end is not None:
            return period, origin
        first = first or (period, origin)
    return first if first is not None else (None, None)


def read_country(context: Context) -> str | None:
    """Return the country in its short Japanese form.

    Stated, else the one that the seat begins or ends with, else that of the prefecture or large city of the seat, else
    日本 for a company of Japanese law.
    """
    for found in context.all("country"):
        for part in re.split(r"[、,/／]", found.value):
            if country := find_country(context.taxonomy, split_note(part)[0]):
                context.put("country", found)
                return country
    seat = context.first("headquarters")
    if seat is None:
        return _by_legal_form(context)
    place = split_note(seat.value)[0]
    parts = [part.strip() for part in re.split(r"[、,・\s]", to_half_width(place)) if part.strip()]
    for part in (parts[:1] + parts[-1:]) if parts else ():
        if country := find_country(context.taxonomy, part):
            context.put("country", seat)
            return country
    known = (
        "日本"
        if _PREFECTURES.match(place)
        else _CITY_COUNTRY.get(place.split(",")[0].split("、")[0].replace(" ", "").casefold())
    )
    if known is not None:
        context.put("country", seat)
        return known
    return _by_legal_form(context)


def _by_legal_form(context: Context) -> str | None:
    """Return 日本 for a company that is a 株式会社 or has another form of Japanese law; a name alone tells nothing."""
    company = context.first("company")
    if company is None or not _JAPANESE_FORM.search(company.value[:_MAX_NAME]):
        return None
    context.put("country", company)
    return "日本"


def read_sectors(context: Context, titled: Labelled | None, case_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the industry labels as written, front matter first, and the canonical sectors that they mean.

    titled: the industry that the title of the file gives, for a file that does not state it.
    """
    found = sorted(context.all("industry"), key=lambda labelled: labelled.line)
    if not found and titled is not None:
        found = [titled]
    raw: dict[str, Labelled] = {}
    for labelled in found:
        raw.setdefault(labelled.value, labelled)
    sectors: dict[str, None] = {}
    unknown: list[Labelled] = []
    for position, labelled in enumerate(raw.values()):
        context.put(f"industry_raw[{position}]", labelled)
        names = sectors_of(context.taxonomy, labelled.value)
        for name in names:
            if name not in sectors:
                context.put(f"sectors[{len(sectors)}]", labelled)
                sectors[name] = None
        if not names:
            unknown.append(labelled)
    context.findings.extend(_unknown_sector(context, labelled, tuple(sectors), case_id) for labelled in unknown)
    return tuple(raw), tuple(sectors)


def sectors_of(taxonomy: Taxonomy, label: str) -> tuple[str, ...]:
    """Return the sectors of an industry label: as a whole, without its remark, or by its parts."""
    name = split_note(label)[0]
    for candidate in (label, name):
        if names := find_case_sectors(taxonomy, candidate):
            return names
    parts = [part for part in re.split(r"[・/／、,＆&]", name) if part.strip()]
    found: dict[str, None] = {}
    for part in parts if len(parts) > 1 else (name.removesuffix("業界"), f"{name}業"):
        found.update(dict.fromkeys(find_case_sectors(taxonomy, part.strip())))
    return tuple(found)


def _unknown_sector(context: Context, labelled: Labelled, sectors: tuple[str, ...], case_id: str) -> Finding:
    near = suggest_sectors(context.taxonomy, labelled.value)
    hint = f"もしかして：{'、'.join(near)}。" if near else ""
    effect = (
        f"ほかの記載から「{'」「'.join(sectors)}」の事例として扱います"
        if sectors
        else "この事例はどの業界の報告書にも載りません"
    )
    return Finding(
        "case.unknown-sector",
        "note",
        f"業界「{labelled.value}」に当たる分類がありません。{hint}{effect}",
        "taxonomy.toml の該当する業界の case_aliases に、この表記を加えてください",
        context.origin(labelled.line, labelled.column),
        subjects=(f"case:{case_id}",),
    )


def read_list(context: Context, found: Labelled) -> list[Quote]:
    """Return the parts of an enumeration; 、 , and + part it, but not inside of brackets, and ・ never does."""
    return [context.quote(part, found.line, found.column) for part in split_list(found.value)]


def split_list(text: str) -> list[str]:
    """Split at 、 , and a spaced or bracket-closed + outside of brackets."""
    parts: list[str] = []
    depth = start = 0
    for position, char in enumerate(text):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif depth == 0 and (
            char in "、，" or (char == "," and not _inside_number(text, position)) or _is_plus(text, position)
        ):
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if not is_no_value(part.strip())]


def _inside_number(text: str, position: int) -> bool:
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()


def _is_plus(text: str, position: int) -> bool:
    if text[position] not in "+＋":
        return False
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return after in {" ", "　"} and before in {" ", "　", "）", ")"}


def read_lists(context: Context, name: str, blocks: list[Block], kind: str) -> tuple[Quote, ...]:
    """Return tools or vendors: the first stated list, else the items of a block of that kind, without repetition."""
    quotes: list[Quote] = []
    candidates = context.all(name)
    stated = next((found for found in candidates if found.block is not None), None)
    if stated is not None:
        quotes = read_list(context, stated)
    if not quotes:
        for block in blocks:
            if block.kind == kind:
                lines = [piece for piece in block.lines() if piece.level <= 1]
                quotes.extend(context.quote(piece.text, piece.line) for piece in lines if not is_no_value(piece.text))
    if not quotes:
        for found in candidates:
            quotes.extend(read_list(context, found))
    unique: dict[str, Quote] = {}
    for quote in (replace(quote, text=quote.text.split(" - ")[0].lstrip("☐☑ ")) for quote in quotes):
        unique.setdefault(quote.text, quote)
    return tuple(unique.values())


def to_pairs(context: Context, blocks: list[Block], kinds: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return the labelled values of all blocks of these kinds, as written and in order."""
    return tuple(
        Pair(found.label, found.value, context.origin(found.line, found.column))
        for block in blocks
        if block.kind in kinds
        for found in labelled_lines(block)
        if found.value
    )
