"""A project of made-up sources (架空), and what can happen to it: edits, additions, losses, new names, new settings."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.facts import INDUSTRIES
from benchmarks.generate import case_files

_CHECKOUT = Path(__file__).parents[1]
_TEMPLATES = _CHECKOUT / "templates"
_SURVEY_SHARE = 1 / 3


class Project:
    """A project in the current folder, and the edits that can happen to it."""

    def __init__(self, draw: Random, cases: int, *, survey: bool) -> None:
        self.draw = draw
        self.files = list(case_files(cases + 40, draw.randrange(1000)))
        self.spare = len(self.files)
        Path("seeds").mkdir()
        for file in self.files[:cases]:
            (Path("seeds") / file.name).write_text(file.text, encoding="utf-8")
        self.spare = cases
        if survey:
            shutil.copytree(_CHECKOUT / "seeds" / "survey", "seeds/survey")

    def edit(self) -> str:
        """Carry out one random edit and return what it was."""
        edits: list[Callable[[], str]] = [
            self._change_digit, self._change_digit, self._change_word, self._drop_line, self._add_line, self._add_blank,
            self._encode, self._touch, self._add_source, self._delete_source, self._rename_source, self._copy_source,
            self._override, self._edit_template, self._rename_template, self._kind, self._base_file, self._settings,
            self._taxonomy, self._comment, self._delete_output, self._no_source,
        ]  # fmt: skip
        return self.draw.choice(edits)()

    def source(self) -> Path:
        """Return a random source: every third time the survey, on which most documents depend."""
        sources = sorted(path for path in Path("seeds").rglob("*.*") if path.suffix in {".md", ".txt"})
        survey = [path for path in sources if path.parent.name == "survey"]
        return self.draw.choice(survey if survey and self.draw.random() < _SURVEY_SHARE else sources)

    def _lines(self) -> tuple[Path, list[str], int]:
        path = self.source()
        lines = _text(path).split("\n")
        return path, lines, self.draw.randrange(len(lines))

    def _write(self, path: Path, lines: list[str]) -> None:
        """Write the lines as the file was encoded."""
        path.write_text("\n".join(lines), encoding=_encoding(path))

    def _encode(self) -> str:
        """Save a source as another editor does; it says the same, and its documents name the encoding."""
        path = self.source()
        path.write_text(_text(path), encoding=self.draw.choice(("utf-8", "utf-8-sig", "utf-16")))
        return "encoding"

    def _change_digit(self) -> str:
        path, lines, _ = self._lines()
        at = [number for number, line in enumerate(lines) if any(char.isdigit() for char in line)]
        if at:
            number = self.draw.choice(at)
            places = [place for place, char in enumerate(lines[number]) if char.isdigit()]
            place = self.draw.choice(places)
            lines[number] = f"{lines[number][:place]}{self.draw.randrange(10)}{lines[number][place + 1 :]}"
        self._write(path, lines)
        return "digit"

    def _change_word(self) -> str:
        path, lines, at = self._lines()
        lines[at] = lines[at].replace("架空", "仮想") if "架空" in lines[at] else f"{lines[at]}（架空の補足）"
        self._write(path, lines)
        return "word"

    def _drop_line(self) -> str:
        path, lines, at = self._lines()
        del lines[at]
        self._write(path, lines)
        return "drop line"

    def _add_line(self) -> str:
        path, lines, at = self._lines()
        lines.insert(at, f"- 架空の一行 {self.draw.randrange(100)}")
        self._write(path, lines)
        return "add line"

    def _add_blank(self) -> str:
        path, lines, at = self._lines()
        lines[at] += " "
        self._write(path, lines)
        return "blank"

    def _touch(self) -> str:
        os.utime(self.source())
        return "touch"

    def _add_source(self) -> str:
        if self.spare < len(self.files):
            file = self.files[self.spare]
            self.spare += 1
            Path("seeds", file.name).write_text(file.text, encoding="utf-8")
        return "add source"

    def _delete_source(self) -> str:
        path = self.source()
        if path.suffix == ".md" and len(list(Path("seeds").glob("*.md"))) > 3:
            path.unlink()
        return "delete source"

    def _rename_source(self) -> str:
        path = self.source()
        path.rename(path.with_name(f"{self.draw.randrange(100)}-{path.name[-40:]}"))
        return "rename source"

    def _copy_source(self) -> str:
        path = self.source()
        data = path.read_bytes()
        path.with_name(f"copy-{self.draw.randrange(100)}{path.suffix}").write_bytes(data)
        return "copy source"

    def _no_source(self) -> str:
        Path("seeds/README.md").write_text(f"# 架空の説明 {self.draw.randrange(9)}\n", encoding="utf-8")
        return "no source"

    def _own(self) -> list[Path]:
        return sorted(Path("templates").rglob("*.j2"))

    def _override(self) -> str:
        name = self.draw.choice(sorted(path.relative_to(_TEMPLATES) for path in _TEMPLATES.rglob("*.md.j2")))
        own = Path("templates") / name
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text((_TEMPLATES / name).read_text(encoding="utf-8"), encoding="utf-8")
        return "override template"

    def _edit_template(self) -> str:
        if own := self._own():
            path = self.draw.choice(own)
            path.write_text(f"{path.read_text(encoding='utf-8')}\n架空の一文です。\n", encoding="utf-8")
        return "edit template"

    def _rename_template(self) -> str:
        if own := self._own():
            path = self.draw.choice(own)
            path.rename(path.with_name("another.md.j2")) if self.draw.random() < 0.5 else path.unlink()
        return "rename template"

    def _kind(self) -> str:
        """Set how deep the contents of a kind of briefing go; every other time the built-in kind comes back."""
        name = self.draw.choice(("case", "sector", "overview"))
        own = Path("templates") / "briefings" / f"{name}.toml"
        if own.exists():
            own.unlink()
            return "kind of briefing"
        lines = (_TEMPLATES / "briefings" / own.name).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("contents")]
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("\n".join((f"contents = {self.draw.randrange(1, 4)}", *kept)), encoding="utf-8")
        return "kind of briefing"

    def _base_file(self) -> str:
        """Set the size of words in a base file of one's own; every other time the built-in one comes back."""
        own = Path("templates/base.docx")
        if own.exists():
            own.unlink()
            return "base file"
        own.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(_TEMPLATES / "base.docx") as given, zipfile.ZipFile(own, "w") as changed:
            for part in given.infolist():
                data = given.read(part)
                if part.filename == "word/styles.xml":
                    data = data.replace(b'<w:sz w:val="21"', b'<w:sz w:val="20"')
                changed.writestr(part, data)
        return "base file"

    def _settings(self) -> str:
        number = self.draw.randrange(3)
        line = self.draw.choice(
            (
                f'organisation = "架空総研{number}"',
                f"footnotes = {'true' if number else 'false'}",
                f"date = 2026-04-0{number + 1}",
            )
        )
        Path("reportkit.toml").write_text(f"{line}\n", encoding="utf-8")
        return "settings"

    def _taxonomy(self) -> str:
        """Let an industry of cases stand under a sector of one's own, or shorten a name; or take all of that back."""
        path = Path("seeds/taxonomy.toml")
        industry = self.draw.choice(sorted(INDUSTRIES.values()))
        text = self.draw.choice(
            (
                "",
                f'[[sector]]\nname = "架空業"\ncase_aliases = ["{industry}"]\n',
                f'[[function]]\nname = "R&D"\nshort = "架空{self.draw.choice("甲乙丙")}"\n',
            )
        )
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
        return "taxonomy"

    def _comment(self) -> str:
        path = Path("seeds/taxonomy.toml")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{text}# 架空 {self.draw.randrange(3)}\n", encoding="utf-8")
        return "comment"

    def _delete_output(self) -> str:
        documents = sorted(Path("out").rglob("*.docx"))
        if documents:
            self.draw.choice(documents).unlink()
        return "delete output"


def _encoding(path: Path) -> str:
    start = path.read_bytes()[:3]
    return "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig" if start == b"\xef\xbb\xbf" else "utf-8"


def _text(path: Path) -> str:
    return path.read_text(encoding=_encoding(path))
