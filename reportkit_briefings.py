"""The door of the command `reportkit`: makes sure that the package behind it is ours, then opens it.

Other distributions on the public index install an import package of the same name. When one of them comes first on
the search path, nothing inside our package runs, so this check stands outside of it. Standard library only.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

DISTRIBUTION = "reportkit-briefings"
_MARK = f'DISTRIBUTION = "{DISTRIBUTION}"'


def stranger(own_folder: str) -> str:
    """Return the path of another package named reportkit that hides ours, or "" when ours would be imported.

    own_folder: the folder that holds our `reportkit` package; the other package is looked at, never run.
    """
    own = os.path.join(own_folder, "reportkit", "__init__.py")
    spec = find_spec("reportkit")
    found = (spec.origin if spec is not None else None) or own
    if not os.path.exists(found) or not os.path.exists(own) or not os.path.samefile(found, own):
        return found
    with open(found, encoding="utf-8", errors="replace") as handle:
        return "" if _MARK in handle.read() else found


def main() -> None:
    """Run the command line, or explain why it cannot run (exit code 2)."""
    other = stranger(os.path.dirname(os.path.abspath(__file__)))
    if other:
        sys.stderr.write(
            f"別の「reportkit」パッケージが {DISTRIBUTION} を隠しています：{other}\n"
            "→ 次の二行で入れ直してください：\n"
            "  python -m pip uninstall reportkit reportkit-py\n"
            f"  python -m pip install --force-reinstall --no-deps {DISTRIBUTION}"
            "（開発中のフォルダーでは python -m pip install -e .）\n"
        )
        sys.exit(2)
    from reportkit.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
