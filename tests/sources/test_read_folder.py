"""A folder of sources: any depth, any name, told apart by content; nothing dropped silently."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from seed_corpus import SEEDS, raw, seeds

from reportkit.base.errors import ProjectError, SourceError
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.sources.reader import read_folder

SURVEY = next((SEEDS / "survey").glob("*.txt")).read_text(encoding="utf-8")
WHITE_PAPER = next((SEEDS / "white-paper").glob("*.txt")).read_text(encoding="utf-8")
CASE = (SEEDS / "cases" / "sony-group.md").read_text(encoding="utf-8")


def write(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def kinds(corpus: Corpus) -> dict[str, str]:
    return {source.path: source.kind for source in corpus.sources}


def source(corpus: Corpus, path: str) -> SourceFile:
    found = corpus.source(path)
    assert found is not None
    return found


def codes(corpus: Corpus, path: str) -> list[str]:
    return [item.code for item in corpus.findings if item.origin is not None and item.origin.source == path]


def test_the_kind_is_told_by_content_and_never_by_the_name(tmp_path: Path) -> None:
    corpus = read_folder(
        write(
            tmp_path, {"a/b/c/白書.md": CASE, "case.TXT": SURVEY, "survey.Md": WHITE_PAPER, "x/買い物.txt": "- 牛乳\n"}
        )
    )
    assert kinds(corpus) == {
        "a/b/c/白書.md": "case",
        "case.TXT": "survey",
        "survey.Md": "white-paper",
        "x/買い物.txt": "unknown",
    }
    assert len(corpus.matrices) == 13
    assert len(corpus.cases) == 1
    assert source(corpus, "x/買い物.txt").reason
    assert codes(corpus, "x/買い物.txt") == ["source.unknown"]


def test_own_seeds_are_cited_with_publisher_and_date() -> None:
    publications = {item.kind: item for item in seeds().sources if item.kind in {"survey", "white-paper"}}
    assert publications["survey"].publication.startswith("経済産業省「令和5年度")
    assert publications["survey"].date == "2024-03-26"
    assert publications["white-paper"].publication.startswith("総務省「令和7年版 情報通信白書」")
    assert publications["white-paper"].date == "2025"


def test_reports_without_a_header_line_are_known_by_their_words() -> None:
    publications = {item.kind: item for item in raw().sources if item.kind in {"survey", "white-paper"}}
    assert "最終報告書」（2024年3月26日" in publications["survey"].publication
    assert publications["survey"].date == "2024-03-26"
    assert "令和7年版 情報通信白書" in publications["white-paper"].publication


def test_the_same_text_in_another_encoding_reads_the_same(tmp_path: Path) -> None:
    utf8 = read_folder(write(tmp_path / "1", {"s.txt": SURVEY}))
    utf16 = read_folder(write(tmp_path / "2", {"s.txt": SURVEY.replace("\n", "\r\n").encode("utf-16")}))
    assert [matrix.cells for matrix in utf16.matrices] == [matrix.cells for matrix in utf8.matrices]
    assert utf16.statistics == utf8.statistics
    assert source(utf16, "s.txt").encoding == "utf-16"


def test_a_case_in_cp932_is_read_and_the_guess_is_reported(tmp_path: Path) -> None:
    text = CASE.encode("cp932", errors="ignore").decode("cp932")
    corpus = read_folder(write(tmp_path, {"a.txt": text.encode("cp932")}))
    assert corpus.cases[0].company == seeds_case_company()
    assert "source.encoding" in codes(corpus, "a.txt")


def seeds_case_company() -> str | None:
    return next(case.company for case in seeds().cases if case.origin.source == "cases/sony-group.md")


def test_a_file_of_the_same_bytes_is_listed_and_not_read_twice(tmp_path: Path) -> None:
    corpus = read_folder(write(tmp_path, {"a.md": CASE, "b/copy.md": CASE}))
    assert kinds(corpus) == {"a.md": "case", "b/copy.md": "unknown"}
    assert "a.md" in source(corpus, "b/copy.md").reason
    assert codes(corpus, "b/copy.md") == ["source.duplicate"]
    assert len(corpus.cases) == 1


def test_two_cases_with_one_number_are_both_kept_under_unique_ids(tmp_path: Path) -> None:
    other = CASE.replace("ソニーグループ", "架空電機")
    corpus = read_folder(write(tmp_path, {"a.md": CASE, "b.md": other, "c.md": other + "\n追記\n"}))
    ids = [case.id for case in corpus.cases]
    assert len(ids) == len(set(ids)) == 3
    if any(item.code == "case.duplicate-id" for item in corpus.findings):
        (finding, *_) = [item for item in corpus.findings if item.code == "case.duplicate-id"]
        assert finding.evidence[0].origin is not None


def test_two_surveys_keep_the_first_matrices_and_say_whether_values_differ(tmp_path: Path) -> None:
    changed = SURVEY.replace("15,289", "15,290")
    corpus = read_folder(write(tmp_path, {"a.txt": SURVEY, "b.txt": changed.replace("3,136\t12", "3,137\t12")}))
    assert len(corpus.matrices) == 13
    assert corpus.matrix("impact").origin.source == "a.txt"
    found = {item.subjects[0]: item.severity for item in corpus.findings if item.code == "matrix.duplicate"}
    assert found["matrix:impact"] == "warning"
    assert found["matrix:barriers"] == "note"
    assert len({table.id for table in corpus.text_tables}) == len(corpus.text_tables)


def test_two_sources_that_contradict_a_figure_are_reported(tmp_path: Path) -> None:
    corpus = read_folder(write(tmp_path, {"a.txt": WHITE_PAPER, "b.txt": WHITE_PAPER.replace("26.7%", "27.6%")}))
    (finding,) = [item for item in corpus.findings if item.code == "statistic.duplicate"]
    assert [evidence.text for evidence in finding.evidence] == ["26.7%", "27.6%"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leer.txt", b"", "source.empty"),
        ("bild.md", b"\x89PNG\r\n\x1a\n" + bytes(40), "source.binary"),
        ("notes.docx", b"PK\x03\x04", "source.skipped"),
        ("half.txt", "白書です。何かが".encode()[:-1], "source.damaged"),
        ("huge.txt", b"a" * 9_000_000, "source.too-large"),
    ],
)
def test_a_file_that_cannot_be_read_is_listed_with_its_reason(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    corpus = read_folder(write(tmp_path, {name: content, "gut.md": CASE}))
    assert len(corpus.cases) == 1
    assert source(corpus, name).kind == "unknown"
    assert source(corpus, name).reason
    assert code in codes(corpus, name)


def test_hidden_and_lock_files_are_no_sources(tmp_path: Path) -> None:
    corpus = read_folder(write(tmp_path, {".git/a.md": CASE, ".x.md": CASE, "~$a.docx": "x", "a.md": CASE}))
    assert kinds(corpus) == {"a.md": "case"}


def test_a_loop_of_links_ends_and_a_broken_link_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/x.md": CASE})
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "broken.md").symlink_to(tmp_path / "nirgends.md")
    corpus = read_folder(tmp_path)
    assert kinds(corpus) == {"a/b/x.md": "case", "broken.md": "unknown"}
    assert codes(corpus, "broken.md") == ["source.unreadable"]


def test_a_link_to_itself_is_reported(tmp_path: Path) -> None:
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    assert codes(read_folder(tmp_path), "self.md") == ["source.unreadable"]


def test_files_without_text_are_each_told_for_what_they_are(tmp_path: Path) -> None:
    corpus = read_folder(write(tmp_path, {"a.md": b"", "b.md": b"", "c.md": "\n"}))
    assert [codes(corpus, name) for name in ("a.md", "b.md", "c.md")] == [["source.empty"]] * 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_reported_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert codes(read_folder(tmp_path), "pipe.md") == ["source.unreadable"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CASE})
    (tmp_path / "a.md").chmod(0)
    assert codes(read_folder(tmp_path), "a.md") == ["source.unreadable"]


def test_a_missing_folder_and_a_file_instead_of_one_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="フォルダーがありません"):
        read_folder(tmp_path / "fehlt")
    write(tmp_path, {"a.md": CASE})
    with pytest.raises(SourceError, match="フォルダーではありません"):
        read_folder(tmp_path / "a.md")


def test_an_empty_folder_is_an_empty_corpus(tmp_path: Path) -> None:
    corpus = read_folder(tmp_path)
    assert (corpus.sources, corpus.cases, corpus.matrices) == ((), (), ())
    assert len(corpus.taxonomy.industries) == 17


def test_settings_of_the_folder_extend_the_built_in_ones(tmp_path: Path) -> None:
    corpus = read_folder(
        write(
            tmp_path,
            {
                "taxonomy.toml": '[[sector]]\nname = "医療"\naliases = ["架空医療"]\n',
                "x/own.matrix.toml": "\n".join(
                    [
                        'id = "own"\ntitle = "架空"\nunit = "件"\nrows_kind = "sector"\ncolumns_kind = "item"',
                        'captions = ["架空の件数"]\ncolumns = ["東", "西"]',
                    ]
                ),
                "x/own.statistics.toml": "[[figure]]\nkind='survey'\nseries='own'\nlabel='架空'\n"
                "pattern='架空は(?P<a>\\d+件)'\npoints=[{group='a'}]\n",
                "s.md": "架空の件数\n\n産業\t東\t西\n架空医療\t1\t2\n介護\t3\t4\n建設\t5\t6\n\n架空は7件です。\n",
            },
        )
    )
    assert corpus.matrix("own").value("医療", "西") == 2
    assert [item.id for item in corpus.statistics] == ["own"]
    assert kinds(corpus) == {
        "s.md": "survey",
        "taxonomy.toml": "settings",
        "x/own.matrix.toml": "settings",
        "x/own.statistics.toml": "settings",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("taxonomy.toml", "[[sector"),
        ("taxonomy.toml", b"\x89PNG\r\n"),
        ("a.matrix.toml", 'id = "a"'),
        ("a.statistics.toml", "x = 1"),
    ],
)
def test_wrong_settings_stop_with_their_place(tmp_path: Path, name: str, content: bytes | str) -> None:
    with pytest.raises(ProjectError, match=name):
        read_folder(write(tmp_path, {f"sub/{name}": content}))


@pytest.mark.parametrize("name", ["taxonomy.toml", "a.matrix.toml", "a.statistics.toml", "a.rules.toml"])
def test_settings_without_words_change_nothing(tmp_path: Path, name: str) -> None:
    corpus = read_folder(write(tmp_path, {name: b" \n"}))
    assert kinds(corpus) == {name: "settings"}
    assert corpus.taxonomy == read_folder(write(tmp_path / "other", {"a.txt": ""})).taxonomy


def test_reading_twice_gives_the_same_corpus_in_the_order_of_the_paths() -> None:
    again = read_folder(SEEDS)
    assert again == seeds()
    paths = [item.path for item in again.sources]
    assert paths == sorted(paths)


def test_every_source_has_the_digest_of_its_bytes() -> None:
    for item in seeds().sources:
        assert item.digest == hashlib.sha256((SEEDS / item.path).read_bytes()).hexdigest()
        if item.kind in {"case", "survey", "white-paper"}:
            assert item.title
            assert item.line_count == (SEEDS / item.path).read_text(encoding="utf-8").count("\n") + 1


def test_the_number_of_respondents_stands_beside_each_row_that_has_one() -> None:
    barriers = seeds().matrix("barriers")
    assert [cell and cell.value for cell in barriers.bases] == [473, 273, 253, 272, 278, 267, 575]
    intent = seeds().matrix("data-sharing-intent")
    assert [cell is not None for cell in intent.bases] == [
        False,
        False,
        False,
        True,
        False,
        False,
        True,
        True,
        True,
        True,
    ]
    assert seeds().matrix("impact").bases == ()


def test_one_report_that_gives_a_figure_twice_with_two_values_is_told_of_both(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "白書\n出典：総務省「情報通信白書」2025年\n\n日本の20代では、2024年度調査では44.7%であった。\n"
        "日本の20代は、2024年度調査では45.0%であった。\n",
        encoding="utf-8",
    )
    corpus = read_folder(tmp_path)
    (statistic,) = [item for item in corpus.statistics if item.subject == "20代"]
    assert statistic.quantity.raw == "44.7%"
    (finding,) = [item for item in corpus.findings if item.code == "statistic.duplicate"]
    assert [item.text for item in finding.evidence] == ["44.7%", "45.0%"]


def test_a_file_of_several_cases_is_called_by_its_own_heading_or_by_its_name(tmp_path: Path) -> None:
    rows = "\n".join(f"| {number} | 架空{number}社 | 日本 | 製造 | 架空ツール | 検索 |" for number in range(901, 905))
    table = f"| No. | 企業名 | 国 | 業界 | AIツール | 主な用途 |\n|---|---|---|---|---|---|\n{rows}\n"
    (tmp_path / "a.md").write_text(f"# 架空の一覧（901-904）\n\n## インデックス一覧\n\n{table}", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"## インデックス一覧\n\n{table.replace('90', '80')}", encoding="utf-8")
    assert [source.title for source in read_folder(tmp_path).sources] == ["架空の一覧（901-904）", "b"]


def test_a_run_that_reads_no_file_loads_no_reader(tmp_path: Path) -> None:
    """Readings that were kept are joined without the patterns of dialects, tables and amounts."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom reportkit.sources.reader import read_folder\n"
        "class Kept:\n"
        "    def begin(self, settings): pass\n"
        "    def prepare(self, files, read): pass\n"
        "    def get(self, path, digest, read):\n"
        "        from reportkit.sources.file_reading import FileReading\n"
        "        return FileReading(digest)\n"
        "read_folder(Path(sys.argv[1]), Kept())\n"
        "names = 'sources.cases sources.tables sources.grids base.amounts'\n"
        "heavy = ['reportkit.' + name for name in names.split()]\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "read_folder(Path(sys.argv[1]))\n"
        "print([name for name in heavy if name in sys.modules] == heavy)\n"
    )
    folder = write(tmp_path, {"a.md": CASE})
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["[]", "True", ""]
