"""One line for each command, so that `reportkit --help` need not load them all.

A test keeps the lines in step with the commands; a command without one here is loaded for its own.
"""

from __future__ import annotations

from collections.abc import Mapping

SUMMARIES: Mapping[str, str] = {
    "build": "変わった資料を使う文書だけを作り直します：業界ごと、事例ごと、概観。",
    "sector": "業界の報告書を作ります。名前は別の書き方や一部でもかまいません。",
    "case": "事例の報告書を作ります。番号、企業名、企業名の一部で指定します。",
    "plan": "次の build が作り直す文書と、その理由を表示します。何も書きません。",
    "explain": "一つの文書が作り直される理由、または作り直されない理由を表示します。",
    "watch": "資料・テンプレート・設定を見守り、変わるたびに関係する文書だけを作り直します。Ctrl-C で終わります。",
    "list": "業界・事例・表・テンプレート・プラグインの一覧を表示します。",
    "show": "読み取った事例・表・テンプレートの中身を表示します。",
    "export": "読み取ったデータを書き出します。数値は基本単位（44.8万時間は 448000 時間）です。",
    "check": "資料の中のおかしな点を、ファイルごとに、重いものから表示します。エラーが一つでもあれば終了コード 1。",
    "mail": "報告書をメールで送ります：下書き、確認、送信、記録。",
    "compare": "二つの資料フォルダーを比べ、変わった・増えた・消えた値を両方の場所とともに表示します。",
    "trace": "文書の数値の由来を、計算と資料の行までたどります。--source では逆に、資料の行の行き先を示します。",
    "verify": "文書の数値を一つずつ、台帳・計算・資料・表・図と照合します。違いがあれば終了コードは 1 です。",
    "diff": "同じ主題の二つの号を比べ、動いた数値と理由（資料の行）、現れた・消えた節と指摘を示します。",
    "new": "下書きを作ります。",
    "init": "新しい作業フォルダーを用意します：seeds/、templates/、reportkit.toml。あるものには触れません。",
}
