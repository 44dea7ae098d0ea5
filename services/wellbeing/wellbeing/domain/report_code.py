"""The secret code by which a reporter follows a report: 160 random bits, shown once, stored only as a digest.

The agency's slug leads the code, so that the report is found without asking who is asking.
"""

import re
import secrets
from base64 import b32encode
from hashlib import sha256

from wellbeing.domain.errors import ReportCodeUnknown

_SHAPE = re.compile(r"^([a-z][a-z0-9-]{1,40})\.((?:[A-Z2-7]{4}-){7}[A-Z2-7]{4})\Z")


def new_code(agency_id: str) -> str:
    text = b32encode(secrets.token_bytes(20)).decode()
    return f"{agency_id}." + "-".join(text[start : start + 4] for start in range(0, 32, 4))


def agency_of(code: str) -> str:
    """Return the agency a code belongs to. Raise ReportCodeUnknown for what is no code."""
    match = _SHAPE.match(code)
    if match is None:
        raise ReportCodeUnknown
    return match.group(1)


def digest(code: str) -> str:
    """Return what is stored of a code. So many random bits need no slow hash: nobody can try them all."""
    return sha256(code.encode()).hexdigest()
