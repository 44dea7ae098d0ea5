"""Sealing the audit trail: each agency's rows become a hash chain, so that none can be changed or lost unseen."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from chassis.auth import Principal
from chassis.bus.envelope import to_json
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction

log = get_logger()
Executor = Connection | Session
BATCH = 1000
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
# Agency by agency along the index: the trail itself is far too long to be read for this.
_INSERT = text(
    "INSERT INTO audit (agency_id, at, actor, action, object_type, object_id, detail) "
    "VALUES (:agency, :at, :actor, :action, :object_type, :object_id, CAST(:detail AS jsonb))"
)
_HEADS = text(
    "WITH RECURSIVE known AS ((SELECT agency_id FROM audit ORDER BY agency_id LIMIT 1) UNION ALL "
    "SELECT (SELECT agency_id FROM audit WHERE agency_id > known.agency_id ORDER BY agency_id LIMIT 1) "
    "FROM known WHERE agency_id IS NOT NULL) "
    "SELECT agency_id, head.chain, head.hash, head.recorded_at FROM known CROSS JOIN LATERAL ("
    "SELECT chain, hash, recorded_at FROM audit WHERE audit.agency_id = known.agency_id AND chain IS NOT NULL "
    "ORDER BY chain DESC LIMIT 1) AS head ORDER BY agency_id"
)


@dataclass(frozen=True)
class Head:
    """The newest link of an agency's chain. Kept outside, it shows later that nothing up to it was cut off."""

    agency_id: str
    chain: int
    hash: str
    recorded_at: datetime


@dataclass(frozen=True)
class Stretch:
    """A piece of a chain, walked: up to where it holds, with what hash, and the first number that does not hold."""

    chain: int
    hash: str
    broken: int | None
    is_end: bool


@dataclass(frozen=True)
class Verdict:
    """A whole chain, walked; `broken` is the first number that is changed, missing, or not what was once anchored."""

    agency_id: str
    rows: int
    broken: int | None


Step = Callable[[str, int, int], Stretch]


def record(
    tx: Transaction, actor: Principal | str, action: str, object_type: str, object_id: object, **detail: object
) -> None:
    """Write an audit row of who read or changed what; `detail` holds ids and codes only.

    Rows are inserted together just before the commit, and chained by the worker afterwards.
    """
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
    tx.session.execute(_INSERT, rows)


def link(previous: bytes, row: Any) -> bytes:
    """The hash of one audit row: SHA-256 over the previous hash and the row's content."""
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
    """Chain rows that are committed and unsealed; gives how many. One sealer at a time per database."""
    with engine.begin() as connection:
        if not connection.execute(text("SELECT pg_try_advisory_xact_lock(hashtext('suar-audit'))")).scalar():
            return 0
        rows = connection.execute(_UNSEALED, {"limit": BATCH}).all()
        heads: dict[str, tuple[int, bytes]] = {}
        positions, chains, hashes = [], [], []
        for row in rows:
            number, previous = heads.get(row.agency_id) or _head(connection, row.agency_id)
            digest = link(previous, row)
            heads[row.agency_id] = (number + 1, digest)
            positions.append(row.position)
            chains.append(number + 1)
            hashes.append(digest)
        if rows:
            connection.execute(_SEAL, {"positions": positions, "chains": chains, "hashes": hashes})
        return len(rows)


def heads(session: Executor) -> list[Head]:
    """The newest link of each agency's chain."""
    rows = session.execute(_HEADS).all()
    return [Head(row.agency_id, row.chain, bytes(row.hash).hex(), row.recorded_at) for row in rows]


def walk(session: Executor, agency_id: str, after: int, limit: int) -> Stretch:
    """Walk at most `limit` links after one that is known to hold."""
    previous = b""
    if after:
        start = session.execute(_HASH, {"agency": agency_id, "chain": after}).first()
        if start is None:
            return Stretch(after - 1, "", after, is_end=True)
        previous = bytes(start.hash)
    rows = session.execute(_CHAIN, {"agency": agency_id, "after": after, "limit": limit}).all()
    for expected, row in enumerate(rows, start=after + 1):
        if row.chain != expected or bytes(row.hash) != link(previous, row):
            return Stretch(expected - 1, previous.hex(), expected, is_end=True)
        previous = bytes(row.hash)
    return Stretch(after + len(rows), previous.hex(), None, is_end=len(rows) < limit)


def verify(step: Step, agency_id: str, anchors: Mapping[int, str]) -> Verdict:
    """Walk a whole chain by `step(agency, after, limit)`, stopping at each anchor (number and hash) to compare."""
    at, waiting = 0, sorted(anchors)
    while True:
        limit = min(BATCH, waiting[0] - at) if waiting else BATCH
        stretch = step(agency_id, at, limit)
        at = stretch.chain
        if stretch.broken is not None:
            return Verdict(agency_id, at, stretch.broken)
        if waiting and at == waiting[0] and anchors[waiting.pop(0)] != stretch.hash:
            return Verdict(agency_id, at, at)
        if stretch.is_end:
            return Verdict(agency_id, at, at + 1 if waiting else None)


def first_broken(engine: Engine, agency_id: str) -> int | None:
    """The chain number at which an agency's trail has been tampered with, or None when it is whole."""
    with engine.connect() as connection:
        return verify(partial(walk, connection), agency_id, {}).broken


@dataclass
class Anchor:
    """Says the heads into the log, which is kept elsewhere: what is cut off the trail later can be shown by it."""

    engine: Engine
    every_seconds: float = 3600.0
    _said: dict[str, int] = field(default_factory=dict, init=False)
    _due: float = field(default=0.0, init=False)

    def drop(self) -> None:
        """Log the heads that have moved since the last time; between the times do nothing."""
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + self.every_seconds
        with self.engine.connect() as connection:
            found = heads(connection)
        for head in found:
            if self._said.get(head.agency_id) != head.chain:
                log.info("audit_head", agency_id=head.agency_id, chain=head.chain, hash=head.hash)
                self._said[head.agency_id] = head.chain


def read_anchors(lines: Iterable[str], service: str) -> dict[str, dict[int, str]]:
    """Anchors of one service by agency, out of lines of a log or of `suar audit heads`; other lines are passed over."""
    found: dict[str, dict[int, str]] = {}
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and (said.get("event"), said.get("service")) == ("audit_head", service):
            match said:
                case {"agency_id": str(agency), "chain": int(chain), "hash": str(digest)} if chain > 0:
                    found.setdefault(agency, {})[chain] = digest
    return found


def _head(connection: Connection, agency_id: str) -> tuple[int, bytes]:
    row = connection.execute(_LAST, {"agency": agency_id}).first()
    return (row.chain, bytes(row.hash)) if row else (0, b"")
