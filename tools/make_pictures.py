"""Make the page pictures of the README again (`python tools/make_pictures.py`).

Builds three briefings from `seeds/`, has LibreOffice print them, and stores chosen pages as small PNG files in `docs/`.
Needs LibreOffice and poppler-utils. Look at the pictures before committing them.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

import reportkit

ROOT = Path(__file__).parents[1]
# picture: subject of the briefing, page
PICTURES = {
    "page-sector.png": ("金融・保険", 3),
    "page-case.png": ("産業技術総合研究所", 3),
    "page-overview.png": ("overview", 5),
}
DOTS_PER_INCH = 80
COLOURS = 64


def main() -> None:
    """Write every picture of `PICTURES` into `docs/`."""
    corpus = reportkit.read(ROOT / "seeds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for picture, (subject, page) in PICTURES.items():
            document = reportkit.brief(subject, seeds=corpus, out=folder).path
            _picture(document, page, ROOT / "docs" / picture, folder)


def _picture(document: Path, page: int, target: Path, folder: Path) -> None:
    office = ["libreoffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    _run(*office, "--convert-to", "pdf", "--outdir", str(folder), str(document))
    stem = folder / target.stem
    pages = ["-f", str(page), "-l", str(page), "-r", str(DOTS_PER_INCH), "-png", "-singlefile"]
    _run("pdftoppm", *pages, str(folder / f"{document.stem}.pdf"), str(stem))
    image = Image.open(stem.with_suffix(".png")).quantize(COLOURS)
    image.save(target, optimize=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed programs, our own files


if __name__ == "__main__":
    main()
