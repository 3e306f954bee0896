"""Hostile shapes of any size: files that nobody writes, and that must cost no more than their size.

`SHAPES` maps a name to a function from a size (about the number of bytes) to the text of a case file. What stands in
one line stands in every place of a case that has a reader of its own.
"""

# ruff: noqa: E501 - one shape a line
from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

_HEAD = "# 事例調査：架空製作所（製造業）\n\n## 1. 基本情報\n\n| 項目 | 内容 |\n|---|---|\n| 企業名 | 架空製作所 |\n| 業界 | 製造業 |\n"

# What is repeated on one line: marks, and the beginnings of amounts, dates, links and calculations that never end.
LINES = (
    "a", "あ", "数", "1", "1,", "1.", "１", "0", "9", "約", "約1", "1万", "万", "億", "兆", "千", "-", "~", "〜", "1-", "1〜", "→", "1→",
    "%→", "(", ")", "（", "（1", "()", "[", "]", "[a](", "![", "[[", "](", "[a](b)", "*", "**", "**a", "*a ", "`", "`a", "<", "<a",
    "\\", "\\|", "|", "| ", "|-", "：", "a：", ": ", "http://", "http://a(", "<br>", "× 1 ", "1 × ", "= 1 ", "÷", " + 1", "年", "2024年",
    "2024年1月", "1月", "2024-", "第1", "Q1", "目標", "まで", "までに", "以上", "/月", "1/", "1分の", "$", "$1", "±", "△1", "月", "月1", "1人",
    "1人あたり", "数十", "・", "、", "。", "1、", "1。", " ", "\t", "　", "\"", "'", "{", "[x]", "#", "# ", "> ", "- ", "1. ", "_", "1_",
    "a1", "A-1", "１％", "同上", "合計", "回収期間：1", "総計1", "①", "🏢", "\u3099", "時間", "1時間", "1時間1分", "1円/", "1円（", "1円（1",
)  # fmt: skip

# Where the line stands.
_PLACES: dict[str, Callable[[str], str]] = {
    "text": lambda line: f"{_HEAD}\n## 2. 導入背景\n\n{line}\n",
    "title": lambda line: f"# {line}\n{_HEAD}",
    "case title": lambda line: f"# 事例調査：{line}（{line}）\n\n## 1. 基本情報\n- **企業名**: 架空\n## 成果\n- x\n",
    "section": lambda line: f"{_HEAD}\n## {line}\n\n- x\n",
    "sub-heading": lambda line: f"{_HEAD}\n## 8. 課題\n\n### {line}\n\n- x\n- 対策：y\n",
    "bold line": lambda line: f"{_HEAD}\n## 8. 課題\n\n**{line}**\n- x\n",
    "label": lambda line: f"{_HEAD}\n## 5. 成果\n- **{line}**: 1\n- {line}：1\n",
    "company": lambda line: f"# x 生成AI導入事例\n## 基本情報\n- **企業名**: {line}\n- **業界**: {line}\n## 成果\n- x\n",
    "profile": lambda line: f"{_HEAD}| 従業員数 | {line} |\n| 設立年 | {line} |\n| 国 | {line} |\n| 本社 | {line} |\n| 公表日 | {line} |\n",
    "adoption": lambda line: f"{_HEAD}\n## 2. AI導入サマリー\n- **AIツール**: {line}\n- **ベンダー**: {line}\n- **導入時期**: {line}\n- **対象範囲**: {line}\n",
    "value": lambda line: f"{_HEAD}\n## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n| 時間 | {line} | {line} |\n",
    "states": lambda line: f"{_HEAD}\n## 3. 成果\n\n| 指標 | 導入前 | 導入後 | 改善率 |\n|---|---|---|---|\n| 時間 | {line} | {line} | {line} |\n",
    "effect": lambda line: f"{_HEAD}\n## 3. 成果\n- **時間**: {line}\n- {line}\n",
    "code": lambda line: f"{_HEAD}\n## 3. 成果\n```\n時間削減：{line}\n{line}\n```\n## 9. コスト分析\n```\n費用：{line}\n```\n",
    "cost": lambda line: f"{_HEAD}\n## 9. ROI分析\n- **初期投資**: {line}\n- **年間効果**: {line}\n- **回収期間**: {line}\n",
    "step": lambda line: f"{_HEAD}\n## 6. 導入プロセス\n### フェーズ1：{line}（{line}）\n- {line}\n\n| 時期 | 内容 |\n|---|---|\n| {line} | {line} |\n",
    "issue": lambda line: f"{_HEAD}\n## 8. 課題・対策\n| 課題 | 対策 |\n|---|---|\n| {line} | {line} |\n\n- {line}\n  - 対策：{line}\n",
    "check": lambda line: f"{_HEAD}\n## 11. ファクトチェック結果\n| 項目 | 判定 | 根拠 |\n|---|---|---|\n| {line} | {line} | {line} |\n- {line}\n",
    "reference": lambda line: f"{_HEAD}\n## 12. 参考リンク\n- {line}\n- [{line}]({line})\n- https://example.com/{line}\n",
    "footer": lambda line: f"{_HEAD}\n## 12. 参考リンク\n- x\n\n---\n作成日: {line}\n**検証**: {line} | **Tier**: {line}\n",
    "front matter": lambda line: f"---\ncase_id: {line}\ncompany_name: {line}\nemployees: {line}\ncost_savings_usd: {line}\nai_launch_date: {line}\nsource_url: {line}\nproductivity_improvement: {line}\n---\n# x\n## 基本情報\n- x\n",
    "quoted": lambda line: f'---\ncase_id: "{line}"\ncompany:\n  name: "{line}"\n{line}\n"{line}\n---\n# x\n## 基本情報\n- x\n',
    "flow": lambda line: f"---\ncompany: x\nvendors: [{line}]\nsources: {{{line}}}\na: [{line}\n---\n# x\n## 基本情報\n- x\n",
    "index row": lambda line: f"# 索引\n\n| No. | 企業名 | 国 | 業界 | AIツール | 主な用途 |\n|---|---|---|---|---|---|\n| 1 | {line} | {line} | {line} | {line} | {line} |\n| {line} | x | x | x | x | x |\n",
    "index heading": lambda line: f"# 索引\n\n| No. | 企業名 | 業界 | AIツール | {line} |\n|---|---|---|---|---|\n| 1 | x | x | x | x |\n",
    "table heading": lambda line: f"{_HEAD}\n## 3. 成果\n\n| 指標 | {line} | 改善率 |\n|---|---|---|\n| x | 1 | 2% |\n",
    "many cases": lambda line: f"# x\n\n## 001 | {line}\n\n**Profile**:\n- Company: {line}\n\n## 002 | {line} × {line}: {line}\n\n- Results: {line}\n",
    "bare": lambda line: line,
}  # fmt: skip


def one_line(place: str, token: str) -> Callable[[int], str]:
    """Return a shape with one long line of that token in that place."""
    write = _PLACES[place]
    return lambda size: write(token * max(1, size // len(token.encode())))


PLACES = tuple(_PLACES)


def _rows(head: str, row: str, tail: str = "") -> Callable[[int], str]:
    """Return a shape with many lines; `{n}` in the line is its number, `{m}` a small changing number."""
    numbered = "{" in row

    def write(size: int) -> str:
        count = max(2, size // len(row.encode()))
        rows = "".join(row.format(n=n, m=n % 97 + 1) for n in range(count)) if numbered else row * count
        return head + rows + tail

    return write


def _deep(size: int) -> str:
    """Return a list whose items stand deeper and deeper, up to 400 steps, again and again."""
    block = "".join(f"{'  ' * depth}- **項目{depth}**: {depth}%削減\n" for depth in range(400))
    return f"{_HEAD}\n## 3. 成果\n" + block * max(1, size // len(block.encode()))


def _yaml_deep(size: int) -> str:
    """Return maps in maps, 3,000 deep and more; indents grow with the square, so the depth is the root of the size."""
    depth = int((2 * size) ** 0.5)
    return "---\ncase_id: 1\n" + "".join(f"{' ' * level}k{level}:\n" for level in range(depth)) + "---\n" + _HEAD


def _yaml_bomb(size: int) -> str:
    rows = "".join(f"k{n}: &a{n} [*a{n - 1},*a{n - 1},*a{n - 1}]\n" for n in range(1, max(2, size // 40)))
    return f"---\ncase_id: 1\nk0: &a0 [x,x]\n{rows}---\n{_HEAD}"


_KPI = _HEAD + "\n## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n"
_STATES = _HEAD + "\n## 3. 成果\n\n| 指標 | 導入前 | 導入後 | 改善率 |\n|---|---|---|---|\n"
_FRONT_END = "---\n" + _HEAD

_JSON = '{"case_id": 1, "company_name": "架空製作所", "industry": "製造業",\n'
MANY_LINES: MappingProxyType[str, Callable[[int], str]] = MappingProxyType(
    {
        "json keys": _rows(_JSON, '"key_{n}": "値{m}%削減",\n', '"notes": "x"}'),
        "json outcomes": _rows(_JSON, '"key_outcomes_{n}": "時間 - {m}分 → 5分（3%削減）",\n', '"notes": "x"}'),
        "json list": _rows(_JSON + '"success_metrics": [', '"時間{n}: {m}%短縮",\n', '"x"]}'),
        "json maps": _rows(_JSON + '"results": [', '{{"name": "時間{n}", "value": "{m}分"}},\n', "{}]}"),
        "json cases": _rows('{"companies": [', '{{"company_name": "架空{n}", "industry": "製造業"}},\n', "{}]}"),
        "json deep": lambda size: _JSON + '"a": ' + '{"b": ' * (size // 6),
        "json open": _rows(_JSON, '"key_{n}": "値\n'),
        "deep list": _deep,
        "deep yaml": _yaml_deep,
        "yaml aliases": _yaml_bomb,
        "yaml brackets": lambda size: f"---\ncase_id: 1\na: {'[' * (size // 2)}{']' * (size // 2)}\n{_FRONT_END}",
        "yaml keys": _rows("---\ncase_id: 1\n", "key_{n}: 値{m}%\n", _FRONT_END),
        "yaml impact": _rows("---\ncase_id: 1\nquantitative_impact:\n", "  k{n}_pct: {m}\n", _FRONT_END),
        "yaml flow map": _rows(
            "---\ncase_id: 1\nimplementation_timeline: {", "phase_{n}: 2024年{m}月, ", "}\n" + _FRONT_END
        ),
        "yaml flow impact": _rows("---\ncase_id: 1\nquantitative_impact: {", "a{n}_pct: {m}, ", "}\n" + _FRONT_END),
        "yaml flow sources": _rows("---\ncase_id: 1\nsources: [", "{{url: https://example.com/{n}}}, ", "]\n" + _FRONT_END),
        "yaml flow lists": _rows("---\ncase_id: 1\ncompany: x\nvendors: [", "v{n}, ", "]\n" + _FRONT_END),
        "yaml urls": _rows('---\ncase_id: 1\nsource_url: "', "https://example.com/{n} | ", '"\n' + _FRONT_END),
        "yaml block": _rows("---\ncase_id: 1\nnote: |\n", "  行{n}\n", _FRONT_END),
        "yaml open": _rows("---\ncase_id: 1\n", "key_{n}: 値\n"),
        "effects": _rows(_KPI, "| 時間{n} | {m}時間 | 備考 |\n"),
        "same effect": _rows(_KPI, "| 時間 | {m}時間 | 備考 |\n"),
        "same row": _rows(_KPI, "| 時間 | 5時間 | 備考 |\n"),
        "ditto": _rows(_KPI, "| 時間{n} | 同上 | 同上 |\n"),
        "totals": _rows(_KPI, "| 合計 | {m}時間 | 備考 |\n| 内訳{n} | {m}時間 | |\n"),
        "states": _rows(_STATES, "| 時間{n} | {m}分 | 5分 | 3%削減 |\n"),
        "tables": _rows(_HEAD, "\n## 3. 成果\n| 指標 | 数値 |\n|---|---|\n| 時間{n} | {m}時間 |\n"),
        "sub-tables": _rows(_HEAD + "\n## 3. 成果\n", "\n### s{n}\n| 指標 | 数値 |\n|---|---|\n| 時間 | {m}時間 |\n"),
        "wide row": _rows(_HEAD + "\n## 3. 成果\n| 指標 ", "| 数値 ", "|\n|---|---|\n| 時間 | 5時間 |\n"),
        "wide cells": _rows(_HEAD + "\n## 3. 成果\n| 指標 | 数値 |\n|---|---|\n| 時間 ", "| 5時間 ", "|\n"),
        "profile": _rows(_HEAD, "| 企業名 | 架空{n} |\n"),
        "employees": _rows(_HEAD, "| 従業員数 | {m}名 |\n"),
        "industries": _rows(_HEAD, "| 業界 | 製造{n} |\n"),
        "tools": _rows(_HEAD + "\n## 2. AI導入サマリー\n", "- **AIツール**: t{n}\n- **ベンダー**: v{n}\n"),
        "tool list": _rows(_HEAD + "\n## 2. AI導入サマリー\n- **AIツール**: ", "t{n}、", "\n"),
        "bullets": _rows(_HEAD + "\n## 4. 導入背景\n", "- 背景{n}：{m}%削減\n"),
        "effect bullets": _rows(_HEAD + "\n## 3. 成果\n", "- **時間{n}**: {m}時間\n"),
        "numbers": _rows(_HEAD + "\n## 4. 導入背景\n", "{n}. **要点**：{m}\n"),
        "code effects": _rows(_HEAD + "\n## 3. 成果\n```\n", "削減時間{n}: {m}時間\n", "```\n"),
        "open fence": _rows(_HEAD + "\n```\n", "削減時間{n} = {m}時間 × 12ヶ月 = 5時間\n"),
        "fences": _rows(_HEAD + "\n## 3. 成果\n", "```\n削減: {m}時間\n```\n"),
        "calculations": _rows(_HEAD + "\n## 3. 成果\n", "- 効果{n}: {m}名 × 250時間 × 3,000円 = 3.375億円\n"),
        "costs": _rows(_HEAD + "\n## 9. ROI分析\n", "- **初期投資{n}**: {m}万円\n- **年間効果**: {m}万円\n"),
        "same cost": _rows(_HEAD + "\n## 9. ROI分析\n", "- **初期投資**: {m}万円\n- **回収期間**: {m}ヶ月\n"),
        "roi rows": _rows(_HEAD + "\n## 9. ROI分析\n| 指標 | 年1 | 年2 | 累積 |\n|---|---|---|---|\n", "| 費用 | {m}万円 | 5万円 | 9万円 |\n| ROI | -{m}% | 5% | 3% |\n"),
        "cost parts": _rows(_HEAD + "\n## 9. ROI分析\n- **投資額**: ", "初期投資{m}万円、", "\n"),
        "steps": _rows(_HEAD + "\n## 6. 導入プロセス\n", "### フェーズ{m}：名{n}（2024年1月-2024年3月）\n- x\n"),
        "step rows": _rows(_HEAD + "\n## 6. 導入プロセス\n| フェーズ | 時期 |\n|---|---|\n", "| 名{n} | 2024年1月 |\n"),
        "step details": _rows(_HEAD + "\n## 6. 導入プロセス\n- **準備フェーズ**（1-3ヶ月）\n", "  - 細目{n}\n"),
        "issues": _rows(_HEAD + "\n## 8. 課題・対策\n", "- 課題{n}\n- 対策：{m}\n"),
        "issue titles": _rows(_HEAD + "\n## 8. 課題・対策\n", "### 課題{m}：名{n}\n- 対策：y\n"),
        "factors": _rows(_HEAD + "\n## 7. 成功要因\n", "- **要因{n}**\n  - {m}\n"),
        "checks": _rows(_HEAD + "\n## 11. ファクトチェック結果\n| 項目 | 判定 |\n|---|---|\n", "| 項目{n} | ✅ PASS |\n"),
        "links": _rows(_HEAD + "\n## 12. 参考リンク\n", "- [題{n}](https://example.com/{m})\n"),
        "links in a line": _rows(_HEAD + "\n## 12. 参考リンク\n- ", "[題{n}](https://example.com/{m}) ", "\n"),
        "addresses": _rows(_HEAD + "\n## 12. 参考リンク\n", "https://example.com/{n}\n"),
        "addresses in a line": _rows(_HEAD + "\n## 12. 参考リンク\n- ", "https://example.com/{n} ", "\n"),
        "sections": _rows(_HEAD, "\n## {n}. 節{m}\n"),
        "known sections": _rows(_HEAD, "\n## {n}. 定量的効果\n- 時間：{m}時間\n"),
        "sub-headings": _rows(_HEAD + "\n## 3. 成果\n", "### 見出し{n}\n"),
        "deep headings": _rows(_HEAD, "### a\n#### b\n##### c\n###### d\n- x{n}\n"),
        "titles": _rows(_HEAD, "# 題{n}\n"),
        "bold lines": _rows(_HEAD + "\n## 5. 成果\n", "**見出し{n}**\n"),
        "bold kinds": _rows(_HEAD + "\n## 5. 成果\n", "**ROI**\n- 年間効果：{m}万円\n**定性効果**\n- x{n}\n"),
        "rules": _rows(_HEAD, "---\n"),
        "footers": _rows(_HEAD + "\n---\n", "作成日: 2024-01-0{n}\n"),
        "quotes": _rows(_HEAD, "> 声{n}\n"),
        "blank lines": lambda size: _HEAD + "\n" * size,
        "blanks": lambda size: _HEAD + " \n" * (size // 2),
        "short lines": _rows(_HEAD, "a\n"),
        "item heads": _rows(_HEAD + "\n## 8. 課題\n", "- **今後の計画**:\n  - x{n}\n"),
        "cases by company": _rows("# x\n", "\n## 社{n}\n**企業名**: 架空{n}\n**業界**: 製造業\n### 成果指標\n- 時間: {m}%短縮\n"),
        "cases by bar": _rows("# x\n", "\n## {m:03} | 架空{n} × AI: 用途\n- Industry: x\n"),
        "cases by number": _rows("# x\n", "\n## {m:03}. 架空{n} - 用途\n### 基本情報\n- **企業名**: 架空{n}\n### 定量的効果\n- 時間: {m}時間\n"),
        "stubs": _rows("# x\n\n## 001. 架空 - x\n**企業名**: 架空\n\n## 002. 架空2\n**企業名**: 架空2\n", "\n## {m:03}. 架空{n}\n詳細は[a.md](a.md)を参照\n"),
        "index": _rows("# 索引\n\n| No. | 企業名 | 国 | 業界 | AIツール |\n|---|---|---|---|---|\n", "| {n} | 架空{n} | 日本 | 製造 | AI |\n"),
        "one company": _rows("# 索引\n\n| No. | 企業名 | 国 | 業界 | AIツール |\n|---|---|---|---|---|\n", "| {n} | 架空 | 日本 | 製造 | AI |\n"),
        "indexes": _rows("# 索引\n", "\n## 表{n}\n| No. | 企業名 | 国 | 業界 | AIツール |\n|---|---|---|---|---|\n| {n} | 架空{n} | 日本 | 製造 | AI |\n"),
        "file names": _rows("# README\n", "- file_{n}.md\n"),
        "open brackets": _rows(_HEAD + "\n## 4. 導入背景\n", "- [（{n}\n"),
    }
)  # fmt: skip
