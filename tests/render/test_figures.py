"""Charts as pictures: drawn with the bundled fonts only, the same bytes every time."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from chart_documents import BARS, BUBBLES, COLUMNS, EVERY_KIND, LINES, SECTORS, TIMELINE, bubble, fact, series, span
from PIL import Image

from reportkit.base.errors import RenderError
from reportkit.document.chart import Chart, Series
from reportkit.render.figures import draw_png, draw_svg


def size(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


def colours(data: bytes) -> set[str]:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return {"".join(f"{channel:02X}" for channel in colour) for _, colour in image.getcolors(1 << 24) or ()}


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: chart.id)
def test_every_kind_is_drawn_the_same_each_time(chart: Chart) -> None:
    one = draw_png(chart, 10, 60)

    assert one == draw_png(chart, 10, 60)
    assert size(one)[0] == pytest.approx(10 / 2.54 * 60, abs=1)
    assert b"Software" not in one
    assert b"Creation" not in one


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: chart.id)
def test_vector_pictures_hold_outlines_and_no_date(chart: Chart) -> None:
    data = draw_svg(chart)
    root = ET.fromstring(data)

    assert data == draw_svg(chart)
    assert list(root.iter("{http://www.w3.org/2000/svg}text")) == []
    assert b"date" not in data.split(b"</metadata>")[0]


def test_the_picture_is_as_tall_as_the_native_chart() -> None:
    from reportkit.render.word.charts import chart_parts

    for chart in EVERY_KIND:
        across, down = size(draw_png(chart, 16, 50))
        parts = chart_parts(chart, 1, 16)
        assert down / across == pytest.approx(parts.height_emu / parts.width_emu, abs=0.01)


def test_the_subject_has_the_accent_colour_and_the_others_have_not() -> None:
    assert "B4551F" in colours(draw_png(BARS, 16, 60))
    plain = replace(BARS, series=(series("効果", 1, 2, 3, 4, 5),))
    assert "B4551F" not in colours(draw_png(plain, 16, 60))


def test_drawing_needs_no_system_font() -> None:
    """Empties matplotlib's list of fonts in a new process, as on a machine without any, and compares the bytes."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from matplotlib.font_manager import fontManager\n"
        "fontManager.ttflist.clear(); fontManager.afmlist.clear()\n"
        "from chart_documents import BARS\n"
        "from reportkit.render.figures import draw_png\n"
        "sys.stdout.buffer.write(draw_png(BARS, 16, 60))\n"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == draw_png(BARS, 16, 60)


def test_only_fonts_of_the_installation_are_used() -> None:
    import matplotlib as mpl
    import noto_cjk_sans_jp_regular
    from matplotlib.font_manager import fontManager

    draw_png(BARS, 16, 60)
    ours = {entry.name: entry.fname for entry in fontManager.ttflist if entry.name.startswith("reportkit")}

    assert ours["reportkit Japanese"] == str(noto_cjk_sans_jp_regular.FONT_PATH)
    assert ours["reportkit Symbols"].startswith(mpl.get_data_path())


def test_marks_that_the_fonts_lack_are_drawn_in_their_closest_shape() -> None:
    chart = replace(BARS, categories=("✅ 済", "❌ 未", "⭕ 可", "㈱①◎×〜¹髙﨑𠮷", "✔ ✗ ➤"))
    plain = replace(BARS, categories=("✔ 済", "✗ 未", "○ 可", "㈱①◎×〜¹髙﨑𠮷", "✔ ✗ ➤"))

    assert draw_png(chart, 16, 60) == draw_png(plain, 16, 60)


def test_a_character_without_glyph_is_an_error_that_names_it_and_the_chart() -> None:
    with pytest.raises(RenderError, match=r"図 bars: .*U\+1F9EA"):
        draw_png(replace(BARS, categories=("実験🧪", *SECTORS[1:])), 16, 60)


def test_dollar_signs_are_words_and_not_formulas() -> None:
    chart = replace(BARS, categories=("$x_1$ 米ドル", "\\frac", *SECTORS[2:]))

    assert draw_png(chart, 16, 60) != draw_png(BARS, 16, 60)


@pytest.mark.parametrize(
    "chart",
    [
        replace(BARS, categories=SECTORS[:1], series=(series("一つ", 20),)),
        replace(BARS, categories=tuple(f"業種{n}" for n in range(17)), series=(series("値", *range(-8, 9)),)),
        replace(COLUMNS, series=(Series("欠測", (None,) * 5), series("負", -1, -2, -3, "-4.5", -5))),
        replace(LINES, series=(series("一つだけ", None, 3),)),
        replace(BUBBLES, bubbles=(*BUBBLES.bubbles, bubble("なし", 20, 50, None), bubble("零", 21, 50, 0))),
        replace(BUBBLES, bubbles=tuple(replace(one, size=None) for one in BUBBLES.bubbles), references=()),
        replace(TIMELINE, spans=(span("一日", "2024-01-21", "2024-01-21", "1月21日"),)),
        replace(BARS, series=(series("大きい", "1e300", "-1e300", 0, 1, 2),)),
        replace(BARS, series=(Series("概数", (fact(5, "約5件", "件", "約"),) * 5),)),
        replace(BARS, categories=("A&B <c> \x07", "", " ", "a" * 200, "あ" * 60)),
    ],
)
def test_unusual_charts_are_drawn(chart: Chart) -> None:
    assert draw_png(chart, 16, 50).startswith(b"\x89PNG")
    ET.fromstring(draw_svg(chart))


def test_an_empty_chart_is_an_error_that_names_it() -> None:
    with pytest.raises(RenderError, match="図 bars: 系列がありません"):
        draw_png(replace(BARS, series=()))


def test_importing_the_renderer_does_not_import_matplotlib() -> None:
    code = "import sys, reportkit.render.figures, reportkit.render.word.charts; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
