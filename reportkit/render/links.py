"""Which addresses a link may lead to: http, https and mailto, nothing else.

>>> safe_link("javascript:alert(1)"), safe_link("https://example.jp/a?b=1")
('', 'https://example.jp/a?b=1')
"""

from __future__ import annotations

import re
import unicodedata

_WEB = re.compile(r"^https?://[^\s/?#@\\]+(?:[/?#]\S*)?$", re.IGNORECASE)
_MAIL = re.compile(r"^mailto:[^\s@?&:]+@[^\s@?&]+(?:\?\S*)?$", re.IGNORECASE)


def safe_link(url: str) -> str:
    """Return the address when a reader may be led there, else "": the words then stand without a link.

    An address with a user name before the host (`https://bank.example@evil.example/`) misleads and is refused.
    """
    tidy = url.strip()
    if any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for char in tidy):
        return ""
    return tidy if _WEB.match(tidy) or _MAIL.match(tidy) else ""
