"""The project's own seeds hold the figures, labels and facts of their sources, and none of their sentences.

The sources lie beside a developer's checkout and are never part of the project: what compares with them is skipped
where they are missing.

What counts as copied prose
---------------------------
A text is cut into fragments: at line ends, table cells, tags, links and full stops. Blanks and marks of emphasis do
not count. Then

* a fragment is a *sentence* when it was closed by `。`, or has 20 characters or more and ends like a Japanese predicate
  (る た い う く す だ). No sentence of a seed may be a fragment of a source.
* a *run* is a stretch of 20 characters or more that a seed shares with a source. A run is prose when it holds five or
  more hiragana: names and lists of labels (`製品設計情報、生産設備情報、…`) are written without them. No run of prose
  may occur.

Labels are cut out of a seed first: the options of the survey's questions, the captions of tables and figures, the names
of documents and use cases that are listed below. They carry over because a reader of the briefing must find them again.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.sources.reader import read_folder

CHECKOUT = Path(__file__).parents[1]
SEEDS = CHECKOUT / "seeds"
SHARED = CHECKOUT.parent / "shared"
SPECS = CHECKOUT / "reportkit" / "sources" / "specs"

SURVEY = SEEDS / "survey" / "generative-ai-survey-2024.txt"
CASES = sorted((SEEDS / "cases").glob("*.md"))
TEXTS = sorted(path for path in SEEDS.rglob("*") if path.suffix in {".md", ".txt"})

RUN = 20
KANA_OF_PROSE = 5
MATRIX_ROWS = 153

NAMES = (
    "令和5年度 我が国における生成AI基盤モデル 開発の加速化に向けた調査",
    "令和5年度 我が国における生成AI基盤モデル開発の加速化に向けた調査 最終報告書",
    "国内外における最新の情報通信技術の研究開発及びデジタル活用の動向に関する調査研究",
    "基盤モデルの開発に必要なリソースの特定・ 確保の方策",
    "過去事例・グローバル事例からの学びの調査",
)
CAPTIONS = (
    "生成AI導入における障壁 (回答者全体・最大5つの選択肢を回答)",
    "生成AI導入における障壁 (産業別・最大5つの選択肢を回答)",
    "生成AI導入における障壁 (従業員数別・最大5つの選択肢を回答)",
    "生成AI導入において求める支援策 (回答者全体・最大3つの選択肢を回答)",
    "生成AI導入において求める支援策 (産業別・最大3つの選択肢を回答)",
    "生成AI導入において求める支援策(従業員数別・最大3つの選択肢を回答)",
    "データ共有において求める支援策",
    "■ : 20%以上 □ : 各産業において割合が最大",
    "図表 I-1-2-2 いわゆる「AIエージェント」のサービス概要と定義",
    "図表 I-1-2-5 日本の組織による大規模言語モデルの開発事例",
    "図表 I-1-2-6 多言語対応の案内ロボット「ugo」と生成AI「tsuzumi」等を使用した社会実験",
    "関連データ 企業における業務での生成AI利用率（業務別・国別）",
)
USE_CASES = (
    "自然言語入力に基づいて工場の製造ラインを設計",
    "顧客のリクエストを反映したサービス内容の提案",
    "患者のトリアージ(優先順位付け)による治療の最適化",
)
OPTIONS = (
    "人件費労務費総額：220兆円",
    "生成AIの利活用による業務削減割合",
    "参加したい：10%、どちらかといえば参加したい：32%",
    "使っている（過去使ったことがある）",
    "使っていない（過去使ったことがない）",
    "社内情報の漏えい等のセキュリティリスク",
    "ランニングコストがかかる",
    "業務効率化や人員不足の解消につながる",
)

ORIGIN_OF = {  # words that tell which source a seed restates
    "generative-ai-survey-2024.txt": "186,821",
    "ai-section-2025.txt": "AIの爆発的な進展の動向",
    "sony-group.md": "ソニーグループ株式会社",
    "aist.md": "AIST",
    "jfe-steel.md": "JFEスチール株式会社",
    "familymart.md": "株式会社ファミリーマート",
    "medical-data-vision.md": "メディカル・データ・ビジョン株式会社",
    "softbank.md": "Large Telecom Model",
    "dena-slack-jira.md": "Slack通知からJIRA",
    "mufg.md": "AI-bow",
    "morgan-stanley.md": "openai.com/index/morgan-stanley",
    "ricoh.md": "リコー：AI initiative",
}

needs_sources = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the sources are not beside this checkout")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def sources() -> tuple[str, ...]:
    """Return the texts of all sources, longest first."""
    paths = [*(SHARED / "seeds").glob("*.txt"), *(SHARED / "corpus" / "cases").glob("*.md")]
    return tuple(sorted((read(path) for path in paths), key=len, reverse=True))


def pieces(text: str) -> list[str]:
    """Cut a text into its cells and lines: without links, tags, list marks and blanks."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"https?://[^\s<>()「」]+", "\n", text)
    text = re.sub(r"<[^<>\n]*>", "\n", text)
    cells = re.split(r"[\n\t|\[\]]", text)
    bare = (re.sub(r"^(?:[-・•✓#>*\d.()①-⑳]+)", "", re.sub(r"[\s*_`^{}]", "", cell)) for cell in cells)
    return [cell for cell in bare if cell]


def sentences(text: str) -> list[str]:
    """Return the fragments that are sentences."""
    found: list[str] = []
    for piece in pieces(text):
        *closed, rest = piece.split("。")
        found += [part for part in closed if len(part) >= 8]
        if len(rest) >= RUN and re.search(r"[るたいうくすだ]$", rest):
            found.append(rest)
    return found


@cache
def shingles() -> frozenset[str]:
    """Return every stretch of RUN characters of the sources."""
    return frozenset(
        piece[at : at + RUN] for text in sources() for piece in pieces(text) for at in range(len(piece) - RUN + 1)
    )


@cache
def labels() -> tuple[str, ...]:
    """Return the labels that may carry over, in the form of `pieces`, longest first."""
    columns = [column for path in SPECS.glob("*.toml") for column in tomllib.loads(read(path)).get("columns", [])]
    texts = (*NAMES, *CAPTIONS, *USE_CASES, *OPTIONS, *(column["name"] for column in columns))
    return tuple(sorted({piece for text in texts for piece in pieces(text)}, key=len, reverse=True))


def without_labels(text: str) -> str:
    """Return a text in the form of `pieces`, one a line, cut where a label stood."""
    bare = "\n".join(pieces(text))
    for label in labels():
        bare = bare.replace(label, "\n")
    return bare


def shared_runs(text: str) -> list[str]:
    """Return the runs of prose that a text shares with the sources, outside of labels and names."""
    runs: list[str] = []
    for piece in without_labels(text).split("\n"):
        at = 0
        while at <= len(piece) - RUN:
            if piece[at : at + RUN] not in shingles():
                at += 1
                continue
            end = at + RUN
            while end < len(piece) and piece[end - RUN + 1 : end + 1] in shingles():
                end += 1
            run = piece[at:end]
            if len(re.findall(r"[ぁ-ん]", run)) >= KANA_OF_PROSE:
                runs.append(run)
            at = end - RUN + 2
    return runs


def matrix_rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of figures of a text, and the rows that have only a name because their cells were merged."""
    rows = []
    for line in text.split("\n"):
        first, *cells = line.split("\t")
        if not cells:
            continue
        figures = [cell for cell in cells if cell.strip()]
        if all(re.fullmatch(r"-|(?:\d{1,2} )?[\d,]+%?(?: ¹)?", cell.strip()) for cell in figures) and (
            any(re.search(r"\d", cell) for cell in figures) or (first and len(cells) >= 8)
        ):
            rows.append((first, *cells))
    return rows


def test_a_list_of_labels_is_no_sentence() -> None:
    assert sentences("- 診療の記録\n- 製品設計情報、生産設備情報、検査情報、取引先情報、規制・ガイドライン") == []
    assert sentences("- この文は写しなので、見つからなければならない。") == [
        "この文は写しなので、見つからなければならない"
    ]
    assert sentences("| 句点がなくても述語で終わる長い文は見つかる |") == ["句点がなくても述語で終わる長い文は見つかる"]


@needs_sources
def test_a_copied_sentence_would_be_found() -> None:
    longest = max(sentences(sources()[0]), key=len)
    assert shared_runs(f"- {longest}。")


@needs_sources
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_sentence_is_taken_over(path: Path) -> None:
    originals = {sentence for text in sources() for sentence in sentences(text)}
    assert [sentence for sentence in sentences(without_labels(read(path))) if sentence in originals] == []


@needs_sources
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_run_of_prose_is_shared(path: Path) -> None:
    assert shared_runs(read(path)) == []


@needs_sources
def test_the_thirteen_matrices_print_the_same_figures() -> None:
    original = next(text for text in sources() if "222,152" in text and "186,821" in text)
    rows = matrix_rows(read(SURVEY))
    assert rows == matrix_rows(original)
    assert len(rows) >= MATRIX_ROWS


def figures(text: str) -> set[str]:
    """Return the numbers of a text; without those of links, ISO dates and numbered headings."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"https?://\S+|\d{4}-\d{2}-\d{2}|^## \d+\.", "", plain, flags=re.MULTILINE)
    return set(re.findall(r"\d(?:[\d,.]*\d)?", plain))


@needs_sources
@pytest.mark.parametrize("name", ORIGIN_OF)
def test_no_figure_is_invented(name: str) -> None:
    seed = next(path for path in TEXTS if path.name == name)
    origins = [text for text in sources() if ORIGIN_OF[name] in text]
    assert origins
    assert figures(read(seed)) - set().union(*map(figures, origins)) - {"40000"} == set()  # 40000 is 40,000 in YAML


def test_every_seed_has_its_source_named_here() -> None:
    assert {path.name for path in TEXTS} - {"README.md"} == set(ORIGIN_OF)


@needs_sources
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_link_of_a_case_stands_in_a_source(path: Path) -> None:
    links = re.findall(r"https?://[^\s)）]+", read(path))
    assert links
    assert [link for link in links if not any(link in text for text in sources())] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_case_names_its_source_and_its_date(path: Path) -> None:
    footer = read(path).rpartition("\n---\n")[2]
    assert re.search(r"^出典: .+", footer, re.MULTILINE)
    assert re.search(r"^作成日: \d{4}-\d{2}-\d{2}$", footer, re.MULTILINE)
    assert re.search(r"^データソース: .+", footer, re.MULTILINE)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_placeholder_and_no_machine_path_stands_in_a_seed(path: Path) -> None:
    assert re.findall(r"\bexample\.(?:jp|com)|(?<![\w/.])/(?:home|work|tmp)\b|C:\\", read(path)) == []


@pytest.mark.parametrize("path", [path for path in TEXTS if path.suffix == ".txt"], ids=lambda path: path.name)
def test_every_report_names_its_publisher_in_its_first_line(path: Path) -> None:
    assert re.match(r"出典：.+省「.+」.*要約・再構成したもの", read(path).split("\n")[0])


@pytest.fixture(scope="module")
def corpora() -> tuple[Corpus, Corpus]:
    return read_folder(SHARED / "seeds"), read_folder(SEEDS)


def printed(cell: Cell | None) -> tuple[object, ...] | None:
    return None if cell is None else (cell.value, cell.raw, cell.imputed, cell.rank, cell.spread)


def shape(matrix: Matrix) -> tuple[object, ...]:
    """Return everything of a matrix but where it stands and how notes and questions are worded."""
    totals = [tuple(map(printed, row)) if row else None for row in (matrix.row_totals, matrix.column_totals)]
    axes = [(axis.kind, axis.labels, axis.printed, axis.spanners) for axis in (matrix.rows, matrix.columns)]
    cells = [tuple(map(printed, row)) for row in matrix.cells]
    wording = (len(matrix.notes), len(matrix.question), matrix.multiple_answers, matrix.max_answers)
    return (matrix.id, matrix.unit, axes, cells, totals, printed(matrix.grand_total), matrix.merged, wording)


@needs_sources
def test_the_matrices_read_the_same_cell_by_cell(corpora: tuple[Corpus, Corpus]) -> None:
    sources_read, seeds_read = corpora
    assert len(seeds_read.matrices) == 13
    assert list(map(shape, seeds_read.matrices)) == list(map(shape, sources_read.matrices))


@needs_sources
def test_the_readers_find_in_the_seeds_what_they_find_in_the_sources(corpora: tuple[Corpus, Corpus]) -> None:
    def found(corpus: Corpus) -> dict[str, object]:
        figures = {(one.id, one.quantity.value, one.quantity.unit, one.quantity.qualifier) for one in corpus.statistics}
        return {
            "statistics": figures,
            "use cases": [(one.name, one.sectors, one.function, one.field, one.data) for one in corpus.use_cases],
            "promising fields": [(one.rank, one.name, one.sectors) for one in corpus.promising_fields],
            "evaluations": [(one.field, one.impact, one.competition, one.winning) for one in corpus.field_evaluations],
            "resources": [(one.field, one.data, len(one.holders), one.ministry) for one in corpus.field_resources],
            "projects": [(one.country, one.name, one.years, one.agency) for one in corpus.national_projects],
            "other tables": [(len(one.header), len(one.rows)) for one in corpus.text_tables],
        }

    sources_read, seeds_read = map(found, corpora)
    assert all(sources_read.values())
    assert seeds_read == sources_read


@needs_sources
def test_the_two_cases_of_the_sources_keep_their_facts(corpora: tuple[Corpus, Corpus]) -> None:
    sources_read, seeds_read = corpora
    restated = {case.id: case for case in seeds_read.cases}
    assert len(sources_read.cases) == 2
    for case in sources_read.cases:
        twin = restated[case.id]
        assert (twin.company, twin.sectors, twin.country) == (case.company, case.sectors, case.country)
        assert [(one.label, one.raw) for one in twin.metrics] == [(one.label, one.raw) for one in case.metrics]
        assert [one.verdict for one in twin.fact_checks] == [one.verdict for one in case.fact_checks]
        for facts in ("profile", "adoption", "costs", "phases", "issues", "outlook", "lessons", "references"):
            assert len(getattr(twin, facts)) == len(getattr(case, facts)), facts
