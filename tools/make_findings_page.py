"""Write docs/findings.md from the table of codes: `python tools/make_findings_page.py`."""

from pathlib import Path

from reportkit.cli.explain import findings_page

if __name__ == "__main__":
    page = Path(__file__).parents[1] / "docs" / "findings.md"
    page.write_text(findings_page(), encoding="utf-8", newline="\n")
