"""What came over the bus and is no event: kept in `deferred`, parked, so that an operator sees it and decides."""

import base64
import hashlib
import json
from typing import Any
from uuid import NAMESPACE_OID, uuid5

CAUSE = "unreadable"
PRODUCER, NAME = "unknown", "Unreadable"
KEPT_BYTES = 64 * 1024
LONGEST_ERROR = 500


def parked(body: bytes, error: ValueError) -> dict[str, Any]:
    """The row that keeps it. The same bytes are the same row, so that a repeat adds nothing."""
    digest = hashlib.sha256(body).hexdigest()
    kept = {"bytes": len(body), "sha256": digest, "base64": base64.b64encode(body[:KEPT_BYTES]).decode()}
    return {
        "id": uuid5(NAMESPACE_OID, digest),
        "agency": "",
        "producer": PRODUCER,
        "name": NAME,
        "version": 0,
        "subject": f"sha256:{digest}",
        "body": json.dumps(kept),
        "cause": CAUSE,
        "error": why(error),
        "delay": None,
    }


def why(error: ValueError) -> str:
    """The reason in few words that a database can keep."""
    return storable(str(error))[:LONGEST_ERROR]


def storable(words: str) -> str:
    """A database keeps neither NUL nor half a character; an error may quote both."""
    return words.encode(errors="backslashreplace").decode().replace("\0", "\\0")


def original(kept: str) -> bytes:
    """The bytes that came; raises ValueError when they were too many to be kept whole."""
    row = json.loads(kept)
    body = base64.b64decode(row["base64"])
    if len(body) < row["bytes"]:
        raise ValueError(f"only the first {len(body)} of {row['bytes']} bytes were kept")
    return body
