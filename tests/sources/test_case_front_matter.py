"""Front matter line by line: values and lines, against ruamel.yaml where the text is YAML; bad lines one by one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reportkit.sources.front_matter import MAX_DEPTH, read_front_matter


def read(body: str):  # type: ignore[no-untyped-def]
    return read_front_matter(["---", *body.split("\n"), "---", "# 本文"])


def flat(value: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str | None]:
    """Flatten what ruamel loaded into paths, values as text."""
    if isinstance(value, dict):
        found: dict[tuple[str, ...], str | None] = {}
        for key, inner in value.items():
            found |= flat(inner, (*path, str(key)))
        return found
    if isinstance(value, list):
        found = {}
        for index, inner in enumerate(value):
            found |= flat(inner, (*path, str(index)))
        return found
    return {path: None if value is None else str(value)}


def ours(body: str) -> dict[tuple[str, ...], str | None]:
    front_matter = read(body)
    leaves = {entry.path: entry.value for entry in front_matter.entries}
    parents = {path[:size] for path in leaves for size in range(1, len(path))}
    return {path: value for path, value in leaves.items() if value is not None or path not in parents}


def by_ruamel(body: str) -> dict[tuple[str, ...], str | None]:
    loader = YAML(typ="safe", pure=True)
    return flat(loader.load(io.StringIO(body)) or {})


@pytest.mark.parametrize(
    "body",
    [
        "case_id: 863\ncompany_name_ja: 産業技術総合研究所\ncompany_name_en: AIST (N. I.)\nemployees: 2100",
        '# 企業情報\ncompany:\n  name: "例株式会社"\n\n\nai:\n  tool: "LTM（仮）+ S"\n  start: "2025-10"',
        "tags:\n  use_case:\n    - a\n    - b_c\n  tech:\n    - x",
        'sources:\n  - title: "T: U"\n    url: "https://a.example"\n  - title: "V"\nend: 1',
        'tool: ["a (b)", "c", d]\nmap: {x: 1, y: "z"}\nempty: []',
        "a: 'it''s'\nb: \"x\\ny \\u3042\"\nc: plain # comment\nd: url#part\ne:\nf: ~",
        "list:\n- a\n- b\nnext: 1",
        "text: |-\n  一行目\n  二行目\nafter: 1",
        "deep:\n  a:\n    b:\n      c: 1\n    d: 2\n  e: 3",
        "amount: $12,000,000,000 USD\nyen: ¥12,325,000,000\nrange: 3-6ヶ月",
    ],
)
def test_the_values_are_those_that_a_yaml_library_reads(body: str) -> None:
    assert ours(body) == by_ruamel(body)


_KEYS = st.from_regex(r"[a-z][a-z_]{1,8}", fullmatch=True).filter(
    lambda key: key not in {"null", "true", "yes", "on", "no"}
)
_TEXTS = st.from_regex(r"[一-龥ァ-ヶA-Z][一-龥ァ-ヶA-Za-z（）・、 ]{0,12}[一-龥ァ-ヶ]", fullmatch=True)
_SCALARS = st.one_of(_TEXTS, _TEXTS.map(lambda text: f'"{text}: #{text}"'), st.integers(1, 10**9).map(str))
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.dictionaries(_KEYS, inner, min_size=1, max_size=3), st.lists(_SCALARS, min_size=1, max_size=3)
    ),
    max_leaves=10,
)


def written(tree: object, indent: int = 0) -> str:
    pad = "  " * indent
    if isinstance(tree, dict):
        lines = []
        for key, value in tree.items():
            nested = isinstance(value, dict | list)
            lines.append(f"{pad}{key}:" + (f"\n{written(value, indent + 1)}" if nested else f" {value}"))
        return "\n".join(lines)
    if isinstance(tree, list):
        return "\n".join(f"{pad}- {value}" for value in tree)
    return str(tree)


@given(st.dictionaries(_KEYS, _TREES, min_size=1, max_size=4))
def test_generated_maps_and_lists_read_as_a_yaml_library_reads_them(tree: dict[str, object]) -> None:
    body = written(tree)
    assert ours(body) == by_ruamel(body)
    assert read(body).faults == ()


def test_a_bad_line_costs_only_itself() -> None:
    front_matter = read('name: "横浜"\nregion: "A" if country != "日本" else "日本"\ntool: ChatGPT\nただの文\nlast: 1')
    assert front_matter.text("name") == "横浜"
    assert front_matter.text("tool") == "ChatGPT"
    assert front_matter.text("last") == "1"
    assert front_matter.text("region") is None
    assert [(fault.line, fault.lost) for fault in front_matter.faults] == [(3, True), (5, True)]
    assert any(entry.raw.startswith("region:") for entry in front_matter.entries)


def test_values_know_their_lines() -> None:
    front_matter = read("# c\na: 1\n\nb:\n  c: 2")
    assert [(entry.path, entry.line) for entry in front_matter.entries] == [(("a",), 3), (("b",), 5), (("b", "c"), 6)]
    assert front_matter.body_index == 7


def test_a_key_written_twice_keeps_the_first_value_and_is_reported() -> None:
    front_matter = read("a: 1\na: 2")
    assert front_matter.text("a") == "1"
    assert "二度" in front_matter.faults[0].reason


def test_front_matter_that_is_never_closed_ends_before_the_body() -> None:
    front_matter = read_front_matter(
        ["---", "case_id: 5", 'name: "半端', "", "# 題", "", "## 1. 基本情報", "- a: b", "---"]
    )
    assert front_matter.text("case_id") == "5"
    assert front_matter.body_index == 3
    assert any("閉じる" in fault.reason for fault in front_matter.faults)


def test_only_a_fence_on_the_first_line_opens_front_matter() -> None:
    assert read_front_matter(["# 題", "---", "a: 1", "---"]).body_index == 0
    assert read_front_matter([]).body_index == 0


@pytest.mark.parametrize("value", ["!!python/object/apply:os.system ['x']", "&a [1]", "*a", "!tag x"])
def test_tags_and_anchors_are_only_text(value: str) -> None:
    assert read(f"a: {value}\nb: 1").text("b") == "1"


@pytest.mark.parametrize(
    "body",
    [
        "a: " + "[" * 3000,
        "a: " + "{x: " * 3000,
        "\n".join(" " * depth + f"k{depth}:" for depth in range(3000)),
        "\n".join("  " * depth + "- a:" for depth in range(3000)),
        "\n".join("k: 1" for _ in range(3000)),
    ],
)
def test_depth_and_size_are_bounded(body: str) -> None:
    front_matter = read_front_matter(["---", *body.split("\n"), "---"])
    assert max((len(entry.path) for entry in front_matter.entries), default=0) <= MAX_DEPTH + 1
    assert front_matter.faults


@given(st.text(alphabet="ab:-#[]{}\"', \n\t|>&*!あ1~", max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    read_front_matter(["---", *text.split("\n"), "---"])
    read_front_matter(["---", *text.split("\n")])
