"""Last writer wins: whether an event is the latest of its subject, asked once for all events of a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

_ONE = text(
    "INSERT INTO projection_version AS p (agency_id, projection, producer, subject, sequence) "
    "VALUES (:agency, :projection, :producer, :subject, :sequence) "
    "ON CONFLICT (agency_id, projection, producer, subject) DO UPDATE SET sequence = excluded.sequence "
    "WHERE p.sequence < excluded.sequence RETURNING sequence"
)
# The rows stay locked until the commit: nobody else moves a subject on between the question and the answer's effect.
_LOCK = text(
    "INSERT INTO projection_version AS p (agency_id, projection, producer, subject, sequence) "
    "SELECT :agency, :projection, :producer, subject, 0 FROM unnest(CAST(:subjects AS text[])) AS subject "
    "ORDER BY subject ON CONFLICT (agency_id, projection, producer, subject) DO UPDATE SET sequence = p.sequence "
    "RETURNING subject, sequence"
)
_ADVANCE = text(
    "UPDATE projection_version AS p SET sequence = m.sequence "
    "FROM unnest(CAST(:agencies AS text[]), CAST(:projections AS text[]), CAST(:producers AS text[]), "
    "CAST(:subjects AS text[]), CAST(:sequences AS bigint[])) "
    "AS m (agency_id, projection, producer, subject, sequence) "
    "WHERE (p.agency_id, p.projection, p.producer, p.subject) = (m.agency_id, m.projection, m.producer, m.subject)"
)


class EventRef(Protocol):
    """The part of an event that is compared."""

    @property
    def agency_id(self) -> str: ...
    @property
    def producer(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def sequence(self) -> int: ...


@dataclass
class SequenceGuard:
    """The latest sequence numbers as one transaction sees and advances them; `batch` holds all events to come."""

    batch: Sequence[EventRef] = ()
    _known: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    _advanced: dict[tuple[str, str, str, str], int] = field(default_factory=dict)

    def is_latest(self, session: Session, projection: str, event: EventRef) -> bool:
        """Return whether this event is the latest of (projection, subject), and remember it if so."""
        key = (event.agency_id, projection, event.producer, event.subject)
        if key not in self._known:
            names = {"agency": event.agency_id, "projection": projection, "producer": event.producer}
            subjects = self._subjects_like(event)
            if len(subjects) <= 1:
                parameters = {**names, "subject": event.subject, "sequence": event.sequence}
                return session.execute(_ONE, parameters).first() is not None
            for row in session.execute(_LOCK, {**names, "subjects": subjects}):
                self._known.setdefault((*key[:3], row.subject), row.sequence)
        if self._known[key] >= event.sequence:
            return False
        self._known[key] = self._advanced[key] = event.sequence
        return True

    def _subjects_like(self, event: EventRef) -> list[str]:
        """Return the subjects of all events of this kind in the batch."""
        kind = (event.agency_id, event.producer, event.name)
        alike = {one.subject for one in self.batch if (one.agency_id, one.producer, one.name) == kind}
        return sorted(alike | {event.subject})

    def write(self, session: Session) -> None:
        """Write the numbers that have advanced."""
        if self._advanced:
            agencies, projections, producers, subjects = (list(column) for column in zip(*self._advanced, strict=True))
            parameters = {
                "agencies": agencies,
                "projections": projections,
                "producers": producers,
                "subjects": subjects,
                "sequences": list(self._advanced.values()),
            }
            session.execute(_ADVANCE, parameters)
            self._advanced.clear()
