"""Synthetic personnel numbers that obey the published structure (NIP of PNS, NI PPPK)."""

import re
from collections import Counter
from datetime import date

PPPK_MARK = "21"
LAST_SEQUENCE = 999
_SHAPE = re.compile(r"[0-9]{12}(0[1-9]|1[0-2]|2[1-9])[12][0-9]{3}")


class NipRegistry:
    """Issues every person a number of their own: the sequence restarts for each new 15-digit prefix."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._last: Counter[str] = Counter()
        self._taken = taken

    def issue(self, born: date, started: date, *, female: bool, contract: bool) -> str | None:
        """The next number for these attributes, or None when the 999 of the prefix are used up."""
        start = f"{started:%Y}{PPPK_MARK}" if contract else f"{started:%Y%m}"
        prefix = f"{born:%Y%m%d}{start}{2 if female else 1}"
        while True:
            self._last[prefix] += 1
            if self._last[prefix] > LAST_SEQUENCE:
                return None
            nip = f"{prefix}{self._last[prefix]:03d}"
            if nip not in self._taken:
                return nip


def is_valid(nip: str) -> bool:
    """Whether the number obeys the structure: a real birth date, a month or a PPPK mark, a sex, a sequence from 001."""
    if not _SHAPE.fullmatch(nip):
        return False
    try:
        date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return False
    return not nip.endswith("000")
