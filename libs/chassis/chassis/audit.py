"""The audit trail as a hash chain per agency: sealing new rows, verifying a chain, and logging checkpoints of it."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from chassis.auth import Principal
from chassis.bus.envelope import to_json
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction

log = get_logger()
Executor = Connection | Session
BATCH = 1000
CHECKPOINT_EVENT = "audit_checkpoint"
_UNSEALED = text(
    "SELECT position, agency_id, at, actor, action, object_type, object_id, detail FROM audit "
    "WHERE chain IS NULL ORDER BY position LIMIT :limit FOR UPDATE"
)
_LAST = text(
    "SELECT chain, hash FROM audit WHERE agency_id = :agency AND chain IS NOT NULL ORDER BY chain DESC LIMIT 1"
)
_SEAL = text(
    "UPDATE audit AS a SET chain = s.chain, hash = s.hash "
    "FROM unnest(CAST(:positions AS bigint[]), CAST(:chains AS bigint[]), CAST(:hashes AS bytea[])) "
    "AS s (position, chain, hash) WHERE a.position = s.position"
)
_CHAIN = text(
    "SELECT position, chain, hash, agency_id, at, actor, action, object_type, object_id, detail FROM audit "
    "WHERE agency_id = :agency AND chain > :after ORDER BY chain LIMIT :limit"
)
_HASH = text("SELECT hash FROM audit WHERE agency_id = :agency AND chain = :chain")
# One statement, however many rows, which get their positions in their order.
_INSERT = text(
    "INSERT INTO audit (agency_id, at, actor, action, object_type, object_id, detail) "
    "SELECT * FROM unnest(CAST(:agency AS text[]), CAST(:at AS timestamptz[]), CAST(:actor AS text[]), "
    "CAST(:action AS text[]), CAST(:object_type AS text[]), CAST(:object_id AS text[]), CAST(:detail AS jsonb[]))"
)
# One index probe per agency: scanning the whole trail for its agencies would take far too long.
_HEADS = text(
    "WITH RECURSIVE known AS ((SELECT agency_id FROM audit ORDER BY agency_id LIMIT 1) UNION ALL "
    "SELECT (SELECT agency_id FROM audit WHERE agency_id > known.agency_id ORDER BY agency_id LIMIT 1) "
    "FROM known WHERE agency_id IS NOT NULL) "
    "SELECT agency_id, head.chain, head.hash, head.recorded_at FROM known CROSS JOIN LATERAL ("
    "SELECT chain, hash, recorded_at FROM audit WHERE audit.agency_id = known.agency_id AND chain IS NOT NULL "
    "ORDER BY chain DESC LIMIT 1) AS head ORDER BY agency_id"
)


@dataclass(frozen=True)
class ChainHead:
    """The newest sealed row of an agency's chain. A copy stored elsewhere proves later that no row up to it is gone."""

    agency_id: str
    chain: Annotated[int, Meta(description="number of sealed rows")]
    hash: Annotated[str, Meta(description="of the newest sealed row")]
    recorded_at: datetime


@dataclass(frozen=True)
class ChainSegment:
    """The result of verifying part of a chain; `is_end`: no valid row follows."""

    chain: Annotated[int, Meta(description="number of the last valid row")]
    hash: Annotated[str, Meta(description="of that row")]
    broken_at: Annotated[int | None, Meta(description="number of the first invalid row")]
    is_end: bool


@dataclass(frozen=True)
class ChainCheck:
    """The result of verifying a whole chain; `broken_at` is the first row changed, missing or unlike its checkpoint."""

    agency_id: str
    rows: int
    broken_at: int | None


SegmentVerifier = Callable[[str, int, int], ChainSegment]


def record(
    tx: Transaction, actor: Principal | str, action: str, object_type: str, object_id: object, **detail: object
) -> None:
    """Write an audit row of who read or changed what; `detail` holds ids and codes only.

    What is done through an account soon after somebody else has reset its password is marked `after_reset`.
    Rows are inserted together just before the commit, and chained by the worker afterwards.
    """
    if isinstance(actor, Principal) and actor.is_watched:
        detail["after_reset"] = True
    row = {
        "agency": tx.agency_id,
        "at": tx.now,
        "actor": actor if isinstance(actor, str) else str(actor.account_id),
        "action": action,
        "object_type": object_type,
        "object_id": str(object_id),
        "detail": json.dumps(to_json(detail)),
    }
    tx.before_commit(_insert, row, all_agencies=True)


def _insert(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    tx.session.execute(_INSERT, {name: [row[name] for row in rows] for name in rows[0]})


def link(previous: bytes, row: Any) -> bytes:
    """Return the hash of one audit row: SHA-256 over the previous hash and the row's content."""
    content = [
        row.agency_id,
        row.at.astimezone(UTC).isoformat(),
        row.actor,
        row.action,
        row.object_type,
        row.object_id,
        json.dumps(row.detail, sort_keys=True),
    ]
    return hashlib.sha256(previous + json.dumps(content).encode()).digest()


def seal(engine: Engine) -> int:
    """Chain a batch of committed rows and return their number. An advisory lock admits one sealer per database."""
    with engine.begin() as connection:
        if not connection.execute(text("SELECT pg_try_advisory_xact_lock(hashtext('suar-audit'))")).scalar():
            return 0
        rows = connection.execute(_UNSEALED, {"limit": BATCH}).all()
        ends: dict[str, tuple[int, bytes]] = {}
        positions, chains, hashes = [], [], []
        for row in rows:
            number, previous = ends.get(row.agency_id) or _end_of(connection, row.agency_id)
            digest = link(previous, row)
            ends[row.agency_id] = (number + 1, digest)
            positions.append(row.position)
            chains.append(number + 1)
            hashes.append(digest)
        if rows:
            connection.execute(_SEAL, {"positions": positions, "chains": chains, "hashes": hashes})
        return len(rows)


def heads(session: Executor) -> list[ChainHead]:
    """Return the newest sealed row of each agency's chain."""
    rows = session.execute(_HEADS).all()
    return [ChainHead(row.agency_id, row.chain, bytes(row.hash).hex(), row.recorded_at) for row in rows]


def verify_segment(session: Executor, agency_id: str, after: int, limit: int) -> ChainSegment:
    """Verify at most `limit` rows of a chain, starting after one that is already verified."""
    previous = b""
    if after:
        start = session.execute(_HASH, {"agency": agency_id, "chain": after}).first()
        if start is None:
            return ChainSegment(after - 1, "", after, is_end=True)
        previous = bytes(start.hash)
    rows = session.execute(_CHAIN, {"agency": agency_id, "after": after, "limit": limit}).all()
    for expected, row in enumerate(rows, start=after + 1):
        if row.chain != expected or bytes(row.hash) != link(previous, row):
            return ChainSegment(expected - 1, previous.hex(), expected, is_end=True)
        previous = bytes(row.hash)
    return ChainSegment(after + len(rows), previous.hex(), None, is_end=len(rows) < limit)


def verify_chain(verify: SegmentVerifier, agency_id: str, checkpoints: Mapping[int, str]) -> ChainCheck:
    """Verify a whole chain segment by segment, comparing the hash at each checkpoint (number to hash)."""
    at, waiting = 0, sorted(checkpoints)
    while True:
        limit = min(BATCH, waiting[0] - at) if waiting else BATCH
        segment = verify(agency_id, at, limit)
        at = segment.chain
        if segment.broken_at is not None:
            return ChainCheck(agency_id, at, segment.broken_at)
        if waiting and at == waiting[0] and checkpoints[waiting.pop(0)] != segment.hash:
            return ChainCheck(agency_id, at, at)
        if segment.is_end:
            return ChainCheck(agency_id, at, at + 1 if waiting else None)


def first_broken(engine: Engine, agency_id: str) -> int | None:
    """Return the number of the first row of an agency's chain that was tampered with, or None."""
    with engine.connect() as connection:
        return verify_chain(partial(verify_segment, connection), agency_id, {}).broken_at


@dataclass
class CheckpointLog:
    """Writes the chain heads to the log, which is stored elsewhere: a trail truncated later contradicts them."""

    engine: Engine
    interval_seconds: float = 3600.0
    _logged: dict[str, int] = field(default_factory=dict, init=False)
    _due: float = field(default=0.0, init=False)

    def write_if_due(self) -> None:
        """Log the heads that changed since the last time, once per interval."""
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + self.interval_seconds
        with self.engine.connect() as connection:
            found = heads(connection)
        for head in found:
            if self._logged.get(head.agency_id) != head.chain:
                log.info(CHECKPOINT_EVENT, agency_id=head.agency_id, chain=head.chain, hash=head.hash)
                self._logged[head.agency_id] = head.chain


def read_checkpoints(lines: Iterable[str], service: str) -> dict[str, dict[int, str]]:
    """Parse one service's checkpoints by agency from a log or from `suar audit heads`; skip all other lines."""
    found: dict[str, dict[int, str]] = {}
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and (entry.get("event"), entry.get("service")) == (CHECKPOINT_EVENT, service):
            match entry:
                case {"agency_id": str(agency), "chain": int(chain), "hash": str(digest)} if chain > 0:
                    found.setdefault(agency, {})[chain] = digest
    return found


def _end_of(connection: Connection, agency_id: str) -> tuple[int, bytes]:
    row = connection.execute(_LAST, {"agency": agency_id}).first()
    return (row.chain, bytes(row.hash)) if row else (0, b"")
