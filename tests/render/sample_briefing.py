"""A briefing with every kind of block and inline, for the tests of the renderers. All figures and names are 架空."""

from __future__ import annotations

from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.block import (
    Block,
    Box,
    Document,
    Heading,
    Issue,
    ItemList,
    KeyFigure,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.chart import Chart, Reference, Series, ValueAxis
from reportkit.document.inline import Emphasis, FactRef, Inline, LineBreak, Link, Quoted, Strong, Text
from reportkit.document.table import Align, Column, Table, TableCell

FUNCTIONS = ("研究開発", "調達", "製造", "物流", "営業", "マーケティング", "顧客対応", "管理部門")
SECTORS = (
    "架空製造業",
    "架空金融業",
    "架空医療",
    "架空運輸・郵送",
    "架空情報通信",
    "架空小売業",
    "架空建設業",
    "架空エネルギー",
)


def fact(key: str, value: int | str, unit: str = "", text: str = "") -> Fact:
    """Return a made-up fact."""
    number = Decimal(value)
    printed = text or f"{number:,}{unit}"
    return Fact(f"架空/{key}", f"架空の{key}", Quantity(printed, value=number, unit=unit), printed)


def words(text: str) -> tuple[Inline, ...]:
    """Return our own words as inlines."""
    return (Text(text),)


def heading(level: int, text: str, numbered: bool = True) -> Heading:
    """Return a heading."""
    return Heading(level, words(text), numbered)


def cell(content: str | Fact, align: Align = "left", **more: object) -> TableCell:
    """Return a cell with one line."""
    inline: Inline = FactRef(content) if isinstance(content, Fact) else Text(content)
    return TableCell(((inline,),), align, **more)  # type: ignore[arg-type]


SOURCE = words("架空調査（2023年9月、n=1,000）をもとに作成")


def heat_map() -> Table:
    """Return 8 sectors by 8 functions with the second sector as the subject, under a spanner."""
    header = (
        (cell("産業", rows=2), cell("業務機能", "center", span=8), cell("合計", "right", rows=2)),
        tuple(cell(name, "right") for name in FUNCTIONS),
    )
    rows = []
    for row, sector in enumerate(SECTORS):
        mark = "subject" if row == 1 else ""
        values = [(row * 37 + column * 53) % 101 for column in range(8)]
        rows.append(
            (
                cell(sector, emphasis=mark),
                *(
                    TableCell((), "right", emphasis="muted")
                    if (row + column) % 17 == 0
                    else cell(fact(f"{sector}/{column}", v * 12), "right", shade=v / 100, emphasis=mark)
                    for column, v in enumerate(values)
                ),
                cell(fact(f"{sector}/合計", sum(values) * 12), "right", emphasis="total" if row != 1 else "subject"),
            )
        )
    return Table(
        id="sample-heatmap",
        columns=(Column(2.4), *(Column(1, "right") for _ in range(8)), Column(1.1, "right")),
        header=header,
        body=tuple(rows),
        caption=words("産業×業務機能の効率化・コスト削減効果（架空）"),
        source=SOURCE,
        notes=(words("注1：濃いほど金額が大きい。"), words("注2：空欄は調査していない組み合わせ。")),
        unit="単位：億円",
        kind="heatmap",
        summary="8産業と8業務機能の効果額。架空金融業の行を強調している。",
    )


def long_table() -> Table:
    """Return a table that runs over pages, with merged stubs, bullets, long words and a very long cell."""
    rows: list[tuple[TableCell, ...]] = []
    for index in range(14):
        group = (cell(f"第{index // 2 + 1}群", rows=2, emphasis="strong"),) if index % 2 == 0 else ()
        text = "生成AIによる問い合わせ対応の自動化。担当者の確認を経て顧客へ回答する運用とし、" * (1 + index % 3)
        if index == 5:
            text = "https://example.com/" + "averyveryverylongpathsegment" * 4
        bullets = TableCell(
            ((Text("個人情報の扱い"),), (Text("精度の検証"),), (Strong(words("費用対効果")),)), bullets=True
        )
        rows.append((*group, cell(text), bullets, cell(fact(f"長表/{index}", 1234 * (index + 1), "円"), "right")))
    rows.append(
        (
            cell("合計", emphasis="total", span=3),
            cell(fact("長表/合計", 129570, "円"), "right", emphasis="total"),
        )
    )
    return Table(
        id="sample-long",
        columns=(Column(1.2), Column(4), Column(2.5), Column(1.6, "right")),
        header=((cell("区分"), cell("施策"), cell("留意点"), cell("効果", "right")),),
        body=tuple(rows),
        caption=words("施策の一覧（架空）"),
        source=SOURCE,
    )


def profile() -> Table:
    """Return a label and value table with links and flags."""
    link = Link(words("公表資料"), "https://example.com/経済?q=1&lang=ja")
    bad = Link(words("実行できないリンク"), "javascript:alert(1)")
    lines: tuple[tuple[str, tuple[Inline, ...]], ...] = (
        ("企業名", (Quoted("株式会社架空商事"), LineBreak(), Text("Kakuu Trading Co., Ltd."))),
        ("従業員数", (FactRef(fact("従業員", 110000, text="グループ約11万名")),)),
        ("開始時期", words("2023年8月〜（継続展開）")),
        ("資料", (link, Text("、"), bad)),
        ("特記", words("①前提条件、②対象範囲、③効果の測り方を確認すること。気温25℃×2回、○×△の判定。")),
    )
    body = tuple((cell(label), TableCell((value,))) for label, value in lines)
    return Table(
        "sample-profile", (Column(1), Column(4)), (), body, words("企業の概要（架空）"), SOURCE, kind="profile"
    )


def chart() -> Chart:
    """Return a bar chart with a highlighted bar and a reference line."""
    facts = tuple(fact(f"棒/{name}", 980 - 110 * index, "億円") for index, name in enumerate(FUNCTIONS))
    return Chart(
        id="sample-bars",
        kind="bar",
        caption=words("業務機能別の効果（架空）"),
        alt="業務機能別の効果を示す横棒グラフ。最大は研究開発の980億円、最小は管理部門の210億円。",
        categories=FUNCTIONS,
        series=(Series("効果", facts, highlight=(1,)),),
        values=ValueAxis(title="億円"),
        references=(Reference("平均", fact("棒/平均", 595, "億円")),),
        source=SOURCE,
        notes=(words("注：四捨五入のため合計と一致しないことがある。"),),
    )


def column_chart() -> Chart:
    """Return a column chart with two series and a gap."""
    own = tuple(fact(f"列/自/{index}", 12 + 3 * index, "%") for index in range(5))
    other = (
        fact("列/他/0", 20, "%"),
        None,
        fact("列/他/2", 22, "%"),
        fact("列/他/3", 25, "%"),
        fact("列/他/4", 18, "%"),
    )
    return Chart(
        id="sample-columns",
        kind="column",
        caption=words("障壁の比較（架空）"),
        alt="障壁五つの回答率を、当産業と全産業平均で比べた縦棒グラフ。",
        categories=("人材不足", "費用", "データ整備", "セキュリティ", "効果が不明"),
        series=(Series("当産業", own), Series("全産業平均", other, tone="muted")),
        values=ValueAxis(title="回答率", number_format='0"%"'),
        source=SOURCE,
    )


def key_figures() -> KeyFigures:
    """Return four tiles."""
    return KeyFigures(
        (
            KeyFigure(
                words("効率化・コスト削減効果"), (FactRef(fact("効果", 3711, "億円")),), words("17産業中4位、全体の8%")
            ),
            KeyFigure(words("業務削減割合"), (FactRef(fact("削減", 18, "%")),), words("全産業平均を2ポイント上回る")),
            KeyFigure(words("導入意向"), (FactRef(fact("意向", 46, "%")),), words("全産業平均を5ポイント下回る")),
            KeyFigure(words("最大の障壁"), words("人材不足"), (FactRef(fact("障壁", 52, "%")), Text("が回答"))),
        )
    )


BODY = (
    "生成AIの導入効果は、人件費に削減割合と導入意向を掛けて求めている。業務ごとの差が大きく、"
    "定型的な文書作成やFAQ対応では効果が大きい一方、専門判断を伴う業務では小さい。"
    "各社のPoC（Proof of Concept）は、2023年8月から2024年3月にかけて集中した。"
)


def sample_blocks() -> tuple[Block, ...]:
    """Return one of everything."""
    mixed = Paragraph(
        (
            Text("当産業の効果は"),
            FactRef(fact("効果", 3711, "億円")),
            Text("で、"),
            Strong((Text("全産業の"), FactRef(fact("割合", 8, "%")), Text("を占める"))),
            Text("。"),
            Emphasis(words("ただし上位区分の値を用いた機能がある")),
            Text("。詳しくは"),
            Link((Strong(words("調査の概要")),), "https://example.com/survey"),
            Text("を参照。"),
        )
    )
    bullets = ItemList(
        (
            ListItem(
                (Strong(words("人材")), Text("：育成と採用を並行して進める。")),
                (ListItem(words("社内研修")), ListItem(words("外部専門家"))),
            ),
            ListItem(words("データ：部門ごとに分かれたデータを業務の流れに沿って整える。" * 2)),
        )
    )
    steps = ItemList(
        (
            ListItem(
                words("対象業務を選ぶ"),
                (ListItem(words("頻度"), (ListItem(words("月次")),)), ListItem(words("所要時間"))),
            ),
            ListItem(words("小さく試す")),
            ListItem(words("効果を測る")),
        ),
        ordered=True,
    )
    warning = Box(
        words("数値を使う前に"),
        (Paragraph(words("合計と内訳に差がある。出典の印刷値をそのまま示した。")), bullets),
        "warning",
    )
    info = Box(words("調査の読み方"), (Paragraph(words(BODY)), profile()))
    appendix_row = tuple(cell(text) for text in ("架空調査", "2023年9月", "n=1,000"))
    appendix = Table(
        id="sample-plain",
        columns=(Column(2), Column(1), Column(1)),
        header=(tuple(map(cell, ("調査", "時期", "回答数"))),),
        body=(appendix_row,),
        kind="plain",
        small=True,
    )
    empty = Table(
        "sample-empty", (Column(1), Column(1)), ((cell("項目"), cell("値")),), (), words("該当のない表（架空）")
    )
    return (
        heading(1, "要点"),
        Paragraph(words("効果は全産業で4位だが、導入意向は平均を下回り、人材の不足が最大の障壁になっている。"), "lead"),
        key_figures(),
        mixed,
        Paragraph(words(BODY * 2)),
        warning,
        heading(1, "経済インパクト"),
        Paragraph(words("研究開発と調達で効果の半分を占める。"), "lead"),
        heading(2, "業務機能別の効果"),
        Paragraph(words(BODY)),
        chart(),
        heading(2, "産業との比較"),
        heat_map(),
        Paragraph(words(BODY)),
        heading(3, "障壁の内訳"),
        column_chart(),
        heading(1, "施策"),
        Paragraph(words("進め方は次の三段階に分かれる。")),
        steps,
        Paragraph(words("続けて、確認の手順を示す。")),
        steps,
        bullets,
        long_table(),
        PageBreak(),
        heading(1, "企業の例"),
        profile(),
        info,
        Paragraph(words("補足：記載の企業は架空である。"), "note"),
        heading(1, "付録：データについて", numbered=False),
        appendix,
        empty,
        heading(2, "調査設計", numbered=False),
        Paragraph(words(BODY)),
    )


def sample_document() -> Document:
    """Return the whole briefing."""
    return Document(
        kind="sector",
        subject="架空金融業",
        title="架空金融業における生成AI活用の現状と示唆",
        subtitle="経済インパクト、導入の障壁、企業事例（架空の数値による見本）",
        issue=Issue("2026-11-22", "調査 2023年9月／事例 2025年12月", 1),
        blocks=sample_blocks(),
        organisation="架空コンサルティング",
        keywords=("生成AI", "架空金融業", "見本"),
    )
