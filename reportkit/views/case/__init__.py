"""Everything a case briefing may say: one `CaseView`, chapter by chapter, and what of the source is left over.

In: a corpus and the id of a case. Out: `CaseView` of facts, quotes and source passages.

>>> # view_case(corpus, "863").effects[0].change.text  ->  "325%増"
"""

from __future__ import annotations

from reportkit.views.case.view import CaseView, view_case

__all__ = ["CaseView", "view_case"]
