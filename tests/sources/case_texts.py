"""Case texts that the tests of the case reader look at, and the test for lost words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from reportkit.corpus.case import Case
from reportkit.sources.cases import CaseReading, read_case
from reportkit.sources.taxonomy import built_in_taxonomy

_ROOT = Path(__file__).parents[2]
_SHARED = _ROOT.parent / "shared"
_SYNTAX = r"\s*#|`>\[\]()_~:：\"',\-\\"
_WORD = re.compile(f"[^{_SYNTAX}]+")
_MARKS = re.compile(f"[{_SYNTAX}]")

SONY = [_ROOT / "seeds/cases/sony-group.md", _SHARED / "seeds/000_a216ed1ea3354ce2.txt"]
AIST = [_ROOT / "seeds/cases/aist.md", _SHARED / "seeds/003_186593a879ea8978.txt"]
OWN = sorted((_ROOT / "seeds/cases").glob("*.md"))
CORPUS = _SHARED / "corpus/cases"

# 架空: the two dialects, small enough to read and with what the seeds do not have.
TABLES = """# 事例調査：架空銀行（金融・銀行）

## 1. 基本情報

| 項目 | 内容 | ソース |
|------|------|--------|
| 企業名 | 株式会社架空銀行（かくうぎんこう） | [公式](https://bank.example/) |
| 業界 | 金融・銀行 |  |
| 従業員数 | 約1万2,000名 |  |
| 本社所在地 | 東京都港区 |  |

## 2. AI導入サマリー

| 項目 | 内容 |
|------|------|
| AI ツール | 架空LLM（A、B）、帳票AI + 検索AI |
| ベンダー | 架空社（クラウド、保守）、別社 |
| 導入時期 | 2024年4月〜 |
| 対象範囲 | 全行員 |

## 3. 定量的効果

| 指標 | 導入前 | 導入後 | 改善率 | 備考 |
|------|------|------|------|------|
| 審査時間 | 5時間 | 90分 | 70%削減 | 試行部門 |
| 誤り率 | 4％ | 3％ | -1ポイント |  |
| 満足度 | 同上 | - | - |  |
| 来年度の利用者 | - | 900人（目標） | - |  |

## 8. 課題・対策

| 課題 | 原因 | 対策 |
|------|------|------|
| 誤答 | 学習不足 | 人が確認 |

## 11. ファクトチェック結果

| 項目 | 判定 | ソース |
|------|------|--------|
| 審査時間 | ✅ PASS | [発表](https://bank.example/a) |
| 誤り率 | ✅ 部分確認 | 社内資料 |
| 満足度 | ❌ 未確認 | - |
| 将来 | 未公表 | - |

## 独自の節

知らない見出しの文も残る。

---
作成日: 2026-01-08
Phase: 1
"""


@cache
def read(text: str, source: str = "case.md") -> CaseReading:
    return read_case(text, source, built_in_taxonomy())


def one(text: str) -> Case:
    reading = read(text)
    assert len(reading.cases) == 1
    return reading.cases[0]


def file_text(path: Path) -> str:
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    return path.read_text(encoding="utf-8")


def lost_words(text: str, reading: CaseReading) -> list[tuple[int, str]]:
    """Return the words of a file that stand in no line of its cases with the same line number.

    Comments of the front matter are no text of the case; neither are separator rows, rules and fences.
    """
    held: dict[int, list[str]] = {}
    for case in reading.cases:
        held.setdefault(case.origin.line, []).append(case.title)
        for pair in case.front_matter:
            held.setdefault(pair.origin.line, []).append(f"{pair.label.replace('.', ' ')} {pair.text}")
        for section in (*case.sections, *case.file_sections):
            held.setdefault(section.origin.line, []).append(section.title)
            for line in section.lines:
                links = " ".join(f"{link.title} {link.url}" for link in line.links)
                held.setdefault(line.origin.line, []).append(f"{line.text} {' '.join(line.cells)} {links}")
    lines = text.split("\n")
    closing = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    lost: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if (number <= closing and stripped.startswith("#")) or not re.sub(r"[-*_|:\s`~]", "", stripped):
            continue
        have = _MARKS.sub("", "".join(held.get(number, [])))
        words = _WORD.findall(re.sub(r"^(?:[0-9]+[.)]|[-*+•・])(?:\s+|$)", "", stripped))
        lost.extend((number, word) for word in words if word not in have)
    return lost
