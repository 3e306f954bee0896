"""The sample in the hands of others: validators, LibreOffice, pictures instead of native charts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sample_briefing import chart, column_chart, sample_document
from word_documents import base, briefing, part
from word_validators import sdk_faults

from reportkit.render.word import write_word

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "見本.docx"
    path.write_bytes(write_word(sample_document(), base()))
    return path


def test_no_validator_finds_anything_in_the_sample(sample: Path, validate_docx: Callable[[Path], None]) -> None:
    validate_docx(sample)


@pytest.mark.node
@pytest.mark.usefixtures("needs_sdk")
def test_the_open_xml_sdk_finds_nothing_in_the_sample(sample: Path) -> None:
    assert sdk_faults(sample) == []


def test_the_validators_do_find_something_in_a_broken_file(
    sample: Path, tmp_path: Path, validate_docx: Callable[[Path], None]
) -> None:
    import zipfile

    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(sample) as archive, zipfile.ZipFile(broken, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "word/document.xml":
                content = content.replace(b'<w:pStyle w:val="Lead"/>', b'<w:pStyle w:val="Gone"/>')
            copy.writestr(name, content)

    with pytest.raises(AssertionError, match="Gone"):
        validate_docx(broken)


def test_charts_can_be_pictures_with_the_same_words_for_those_who_cannot_see_them(
    tmp_path: Path, validate_docx: Callable[[Path], None]
) -> None:
    document = briefing(chart(), column_chart())
    data = write_word(document, base(), charts="picture")
    path = tmp_path / "pictures.docx"
    path.write_bytes(data)

    xml = part(data)
    assert xml.count("<pic:pic ") == 2
    assert chart().alt in xml
    assert "<c:chart" not in xml
    assert write_word(document, base(), charts="picture") == data
    validate_docx(path)


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None or shutil.which("pdftotext") is None, reason="LibreOffice or poppler is missing")
def test_libreoffice_opens_the_sample_and_shows_every_page(sample: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(sample)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "見本.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.rstrip("\f").split("\f")

    assert 7 <= len(pages) <= 11
    assert "第" in pages[0]
    assert "目次" in pages[1]
    assert f"2/{len(pages)}" in "".join(pages[1].split())
    everything = "".join(text.split())
    for words in (
        "図1業務機能別の効果",
        "表2施策の一覧",
        "出典：架空調査",
        "単位：億円",
        "1,200",
        "2.1業務機能別の効果",
    ):
        assert words in everything
    repeated = [page for page in pages if "区分" in page and "施策" in page and "留意点" in page]
    assert len(repeated) >= 2, "header rows are repeated"


def test_a_briefing_of_an_organisation_without_name_is_valid(
    tmp_path: Path, validate_docx: Callable[[Path], None]
) -> None:
    path = tmp_path / "nobody.docx"
    path.write_bytes(write_word(replace(sample_document(), organisation="", subtitle="", keywords=()), base()))

    validate_docx(path)
