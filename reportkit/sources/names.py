"""Names of companies as ids, and for telling whether two are one."""

from __future__ import annotations

import re

_LEGAL_FORM = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|（株）|㈱|一般社団法人|国立研究開発法人|独立行政法人|学校法人|医療法人)|"
    r",?\s*(?:Inc|Corp|Co|Ltd|LLC|PLC|AG|SE|GmbH|N\.V)\.?(?:\s*,?\s*Ltd\.?)?$"
)


def slug_of(company: str) -> str:
    """Return the name without its legal form, for use as an id: 株式会社DeNA is DeNA."""
    name = " ".join(company.split())
    return _LEGAL_FORM.sub("", name).strip(" ,") or name
