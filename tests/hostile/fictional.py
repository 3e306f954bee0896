"""Case files of 架空 companies, to be spoilt in many ways."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from reportkit.cli.main import cli


def case_text(company: str = "架空電機", number: str = "", cell: str = "5万時間", more: str = "") -> str:
    """Return a case in the dialect of numbered sections; `cell` is the value of an effect, `more` a last section."""
    front = f"---\ncase_id: {number}\n---\n" if number else ""
    return f"""{front}# 事例調査：{company}（製造・電機）

## 1. 基本情報

| 項目 | 内容 | ソース |
|------|------|--------|
| 企業名 | {company}株式会社 | [公式サイト](https://www.example.jp/) |
| 業界 | 製造・電機 |  |
| 従業員数 | 約11万名 |  |
| 公表日 | 2024年5月 |  |

## 2. AI導入サマリー

| 項目 | 内容 |
|------|------|
| AIツール名 | 架空の対話AI |
| ベンダー | 架空クラウド |
| 導入時期 | 2023年8月〜 |

## 3. 定量的効果

| 指標 | 数値 | 備考 |
|------|------|---------|
| 毎月削減時間 | {cell} | 架空 |
| 月間利用回数 | 200万回以上 |  |

## 4. 導入背景・課題

- 架空の背景
{more}
"""


def seeds_with(folder: Path, **files: str | bytes) -> Path:
    """Write the files (name without suffix: content) and one good case into `seeds/` and return it."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    (seeds / "good.md").write_text(case_text("良好商事"), encoding="utf-8")
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (seeds / f"{name}.md").write_bytes(data)
    return seeds


def reportkit(*words: str | Path) -> Result:
    """Run a command line in this process; no traceback may reach the user, whatever happens."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert "Traceback" not in result.output
    assert "内部で予期しない" not in result.output, result.output
    return result


def cases_written(out: Path) -> list[str]:
    """Return the names of the case briefings below `out`."""
    return sorted(path.name for path in (out / "case").glob("*"))


def findings_at(findings: Sequence[dict[str, object]], source: str) -> list[str]:
    """Return the codes of the findings in one file."""
    return [str(finding["code"]) for finding in findings if finding["source"] == source]
