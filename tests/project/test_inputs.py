"""Names of inputs: what stands in the record must give back the very question."""

from __future__ import annotations

import pytest

from reportkit.project.inputs import input_name, question_of


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (("matrix", "impact", "cell", "医療", "合計"), "matrix\timpact\tcell\t医療\t合計"),
        (("overview",), "overview"),
        (("case", "架空\t1"), "case\t架空\\t1"),
        (("case", "架空\\t1", "title"), "case\t架空\\\\t1\ttitle"),
        (("source", "架空\n.md"), "source\t架空\\n.md"),
        (("findings", ""), "findings\t"),
    ],
)
def test_the_name_of_an_input_gives_back_its_question(question: tuple[str, ...], name: str) -> None:
    assert input_name(question) == name
    assert question_of(name) == question
