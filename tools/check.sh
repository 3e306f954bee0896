#!/usr/bin/env bash
# The one command before every commit: style, types, rooms, tests. Runs all, then fails if any failed.
#   bash tools/check.sh            everything
#   bash tools/check.sh -x -k word  what follows goes to pytest
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0
step() {
  echo "== $*"
  "$@" || status=1
}
step python -m ruff check --output-format concise .
step python -m ruff format --check .
step python -m mypy
step lint-imports
step python -m pytest "$@"
[ "$status" -eq 0 ] && echo "all good" || echo "something above needs mending"
exit "$status"
