"""What the front matter of a case adds to its body: effects, steps, profile, references, remarks.

In: `FrontMatter` and what the body gave. Out: records of the corpus with the lines of the front matter. The body comes
first: an amount that it states is not added again, steps and profile are taken only where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from reportkit.base.amounts import CURRENCIES, read_quantities, read_quantity, read_transition
from reportkit.base.dates import read_period
from reportkit.base.origin import Quote
from reportkit.base.quantity import Quantity
from reportkit.base.text import shared
from reportkit.corpus.case import Link, Metric, Pair, Phase
from reportkit.sources.cases.coverage import words_missing, words_of
from reportkit.sources.cases.effects import Row, to_metric
from reportkit.sources.cases.fields import Context
from reportkit.sources.cases.words import FRONT_MATTER, is_no_value
from reportkit.sources.front_matter import Entry, FrontMatter

# Keys that state effects, with the name of the effect and the unit of a bare number.
_EFFECTS = {
    "time_savings_hours": ("削減時間", "時間"),
    "cost_savings_yen": ("コスト削減額", "円"),
    "cost_savings_usd": ("コスト削減額", "USD"),
    "productivity_improvement": ("生産性向上", "%"),
    "error_rate_reduction": ("エラー削減率", "%"),
    "processing_speed_improvement": ("処理速度向上", "%"),
    "customer_satisfaction": ("顧客満足度", "%"),
    "time_saved": ("削減時間", "時間"),
    "cost_saved": ("コスト削減額", "円"),
    "efficiency_gain": ("効率向上", "%"),
    "prediction_accuracy": ("予測精度", "%"),
    "cost_savings_annual_usd": ("年間コスト削減額", "USD"),
    "cost_savings_annual_yen": ("年間コスト削減額", "円"),
    "revenue_uplift_percentage": ("売上向上", "%"),
    "revenue_impact_usd": ("増収額", "USD"),
    "revenue_impact_yen": ("増収額", "円"),
    "customer_retention_improvement": ("顧客維持率の向上", "%"),
    "primary_metric": ("主要成果", ""),
    "other_metrics": ("その他の効果", ""),
}
_MAPS = frozenset({"quantitative_impact", "key_metrics", "metrics", "kpis", "results"})
# Entries of such a map that state no effect: how long, since when, how far.
_NO_EFFECT_KEY = re.compile(
    r"duration|launch|start|stage|years_|_years|_date|release|target$|trigger|strategy|frequency"
)
_PERCENT_KEY = re.compile(r"_(?:pct|percent|percentage|rate)$")
_REVENUE = re.compile(r"増収|売上|収益|revenue|sales", re.IGNORECASE)
_PROFILE = {
    "company": "企業名",
    "industry": "業界",
    "country": "国",
    "employees": "従業員数",
    "headquarters": "本社所在地",
    "founded": "設立年",
}
_PHASE_KEY = re.compile(r"phase_?[0-9]+")
_RATES = frozenset({"%", "ポイント", "点"})  # 84% here is 84点 there
_Number = tuple[Decimal, str]
_URL = re.compile(r"https?://[^\s|\"'<>]+")


def head_metrics(context: Context, front_matter: FrontMatter, stated: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the effects of the front matter whose amounts the body does not state."""
    effects = [(entry.line, *found) for entry in front_matter.entries if (found := _effect(entry)) is not None]
    if not effects:
        return ()
    known = frozenset(number for metric in stated for number in _numbers(metric))
    paid = {about for metric in stated if (about := _about_money(metric))}
    metrics: list[Metric] = []
    for line, label, unit, text in effects:
        about = _kind_of_money(label) if unit in CURRENCIES else ""
        if about and about in paid:
            continue
        numbers = _numbers_of(text, unit)
        if not numbers or numbers & known:
            continue
        value = text if read_quantity(text).unit or not unit else text + unit
        metric = to_metric(context, Row(label, text, line, value=value))
        if metric.value is None and metric.before is None:
            continue
        metrics.append(metric)
        if about:
            paid.add(about)
    return tuple(metrics)


def _about_money(metric: Metric) -> str:
    """Return what kind of money an effect is about, "" when it is about none."""
    money = any(quantity.unit in CURRENCIES for quantity in _quantities(metric))
    return _kind_of_money(metric.label) if money else ""


def _kind_of_money(label: str) -> str:
    return "revenue" if _REVENUE.search(label) else "savings"


def _effect(entry: Entry) -> tuple[str, str, str] | None:
    """Return name, unit and text of the effect that an entry states, or None."""
    if entry.value is None or is_no_value(entry.value):
        return None
    key = entry.path[-1]
    if len(entry.path) == 1 and key in _EFFECTS:
        return (*_EFFECTS[key], entry.value)
    if len(entry.path) == 2 and entry.path[0] in _MAPS and not _NO_EFFECT_KEY.search(key):
        if key in _EFFECTS:
            return (*_EFFECTS[key], entry.value)
        return _PERCENT_KEY.sub("", key).replace("_", " "), "%" if _PERCENT_KEY.search(key) else "", entry.value
    return None


def _numbers_of(text: str, unit: str) -> set[_Number]:
    moved = read_transition(text)
    found = [moved.before, moved.after] if moved is not None else [*read_quantities(text), read_quantity(text)]
    return {number for quantity in found for number in _values(quantity, unit)}


def _numbers(metric: Metric) -> set[_Number]:
    found = [*_quantities(metric), *read_quantities(metric.raw)]
    return {number for quantity in found for number in _values(quantity)}


def _quantities(metric: Metric) -> list[Quantity]:
    return [part for part in (metric.value, metric.before, metric.after, metric.change) if part is not None]


def _values(quantity: Quantity, unit: str = "") -> list[_Number]:
    kind = quantity.unit or unit
    return [
        (abs(number), "%" if kind in _RATES else kind)
        for number in (quantity.value, quantity.low, quantity.high)
        if number is not None
    ]


def head_phases(context: Context, front_matter: FrontMatter) -> tuple[Phase, ...]:
    """Return the steps of `implementation_timeline`: `phase_1` is when, `phase_1_description` is what."""
    timeline = "implementation_timeline"
    phases: list[Phase] = []
    for entry in front_matter.entries:
        if len(entry.path) != 2 or entry.path[0] != timeline or not _PHASE_KEY.fullmatch(entry.path[1]):
            continue
        if entry.value is None or is_no_value(entry.value):
            continue
        told = front_matter.entry(timeline, f"{entry.path[1]}_description")
        name = told.value if told is not None and told.value else entry.path[1]
        phases.append(Phase(name, context.origin(entry.line), read_period(entry.value)))
    return tuple(phases)


def head_profile(context: Context, front_matter: FrontMatter) -> tuple[Pair, ...]:
    """Return who the company is as the front matter says it, under Japanese labels."""
    pairs: list[Pair] = []
    for name, label in _PROFILE.items():
        for key in FRONT_MATTER[name]:
            entry = front_matter.entry(*key.split("."))
            if entry is not None and entry.value and not is_no_value(entry.value):
                pairs.append(Pair(label, entry.value, context.origin(entry.line)))
                break
    return tuple(pairs)


def head_references(context: Context, front_matter: FrontMatter, stated: Sequence[Link]) -> tuple[Link, ...]:
    """Return the references of `sources` and `source_url` whose address the body does not give under that title."""
    known = {(link.title, link.url) for link in stated}
    addresses = {link.url for link in stated}
    links: list[Link] = []
    for entry in front_matter.entries:
        if entry.value is None:
            continue
        if entry.path[0] == "sources" and len(entry.path) == 3 and entry.path[2] == "url":
            title = front_matter.text("sources", entry.path[1], "title") or ""
            links.append(Link(title, entry.value, context.origin(entry.line)))
        elif entry.path[0] == "source_url":
            links.extend(
                Link("", url, context.origin(entry.line)) for url in _URL.findall(entry.value) if url not in addresses
            )
    return tuple(link for link in links if (link.title, link.url) not in known)


def head_pairs(context: Context, front_matter: FrontMatter) -> tuple[Pair, ...]:
    """Return every line of the front matter: keys with values, and lines that could not be read as they stand."""
    pairs = [
        Pair(
            shared(".".join(entry.path)),
            entry.value if entry.value is not None else entry.raw.strip(),
            context.origin(entry.line),
        )
        for entry in front_matter.entries
    ]
    read = {pair.origin.line for pair in pairs}
    pairs.extend(
        Pair("", fault.raw.strip(), context.origin(fault.line))
        for fault in front_matter.faults
        if fault.lost and fault.line not in read
    )
    return tuple(sorted(pairs, key=lambda pair: pair.origin.line))


def head_remarks(
    context: Context, front_matter: FrontMatter, pairs: Sequence[Pair], lines: Sequence[str]
) -> tuple[Quote, ...]:
    """Return the lines of the front matter that say more than the pairs of that line hold: comments, folded text."""
    held: dict[int, list[str]] = {}
    for pair in pairs:
        held.setdefault(pair.origin.line, []).extend((pair.label.replace(".", " "), pair.text))
    remarks: list[Quote] = []
    for number, line in enumerate(lines[: front_matter.body_index], 1):
        words = words_of(line)
        if words and words_missing(words, held.get(number, ())):
            comment = line.strip().lstrip("#").strip() if line.lstrip().startswith("#") else line.strip()
            remarks.append(context.quote(comment, number))
    return tuple(remarks)
