"""Malformed messages: what arrives on the bus and is no event is parked with its bytes for an operator."""

import base64
import hashlib
import json
from typing import Any
from uuid import NAMESPACE_OID, uuid5

CAUSE = "malformed"
PRODUCER, NAME = "unknown", "Malformed"
STORED_BYTES = 64 * 1024
MAX_ERROR_LENGTH = 500


def parked_row(body: bytes, error: ValueError) -> dict[str, Any]:
    """Return the row of `deferred` for a message. Its id is made of the bytes, so that a repeat adds no row."""
    digest = hashlib.sha256(body).hexdigest()
    stored = {"bytes": len(body), "sha256": digest, "base64": base64.b64encode(body[:STORED_BYTES]).decode()}
    return {
        "id": uuid5(NAMESPACE_OID, digest),
        "agency": "",
        "producer": PRODUCER,
        "name": NAME,
        "version": 0,
        "subject": f"sha256:{digest}",
        "body": json.dumps(stored),
        "cause": CAUSE,
        "error": reason_of(error),
        "delay": None,
    }


def reason_of(error: ValueError) -> str:
    """Return the error's message, shortened and storable."""
    return storable(str(error))[:MAX_ERROR_LENGTH]


def storable(text: str) -> str:
    """Escape NUL and lone surrogates, which a database cannot store and an error may quote."""
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\0")


def original_bytes(body: str) -> bytes:
    """Return the message as it arrived; raise ValueError when it was too large to be stored whole."""
    row = json.loads(body)
    stored = base64.b64decode(row["base64"])
    if len(stored) < row["bytes"]:
        raise ValueError(f"only the first {len(stored)} of {row['bytes']} bytes were stored")
    return stored
