"""Writing what personnel published: all that a batch of events brings for one agency, in one round of statements.

Any mix of people, repeats and versions in any order ends the same: only what is newer than the own copy is written.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import select

from chassis.causation import NO_CAUSATION, Causation
from chassis.records import Model, among, columns_of, table_of, values_of
from chassis.unit_of_work import Transaction
from directory import models
from directory.bulk import Row, lock_rows, overwrite, remove, write_newer
from directory.differences import difference, first_changed_day
from directory.people import Agency
from directory.timelines import Cause, ExternalOfficial, Stretch, Substitution, Timeline, UnitStretch, UnitTimeline

Received = Timeline | UnitTimeline | Substitution | ExternalOfficial | Agency
T = TypeVar("T")
TimelineT = TypeVar("TimelineT", Timeline, UnitTimeline)
StretchT = TypeVar("StretchT", Stretch, UnitStretch)


@dataclass(frozen=True)
class TimelineChange:
    """A person's days from `changed_from` on are others than those that were known here.

    With another first day of service, which has no days of its own, all days are. From `corrected_from` on what was
    known here was never so, by any version since, whether it came here or was overtaken by a later one.
    What follows from the change belongs to the `causation` of the event that brought it.
    """

    employee_id: UUID
    changed_from: date
    corrected_from: date | None
    is_new: bool
    causation: Causation = field(default=NO_CAUSATION, compare=False)

    @property
    def cause(self) -> Cause:
        """Return CORRECTION when any of the days is corrected."""
        return Cause.CHANGE if self.corrected_from is None else Cause.CORRECTION

    def cause_on(self, day: date) -> Cause:
        """Return why a day is another one than was known here."""
        is_corrected = self.corrected_from is not None and self.corrected_from <= day
        return Cause.CORRECTION if is_corrected else Cause.CHANGE


@dataclass(frozen=True)
class UnitChange:
    """A unit's days from `changed_from` on are others than those that were known here."""

    unit_id: UUID
    changed_from: date
    is_new: bool


@dataclass(frozen=True)
class SubstitutionChange:
    """What is known of a substitution, and what was known before."""

    before: Substitution | None
    after: Substitution


@dataclass(frozen=True)
class Hooks:
    """What a service does when something has changed; each is called once for all changes of an agency in a batch.

    It runs in the transaction that writes them, after all of the batch is written.
    """

    on_people_changed: Callable[[Transaction, Sequence[TimelineChange]], object] | None = None
    on_units_changed: Callable[[Transaction, Sequence[UnitChange]], object] | None = None
    on_substitutions_changed: Callable[[Transaction, Sequence[SubstitutionChange]], object] | None = None
    on_officials_changed: Callable[[Transaction, Sequence[ExternalOfficial]], object] | None = None
    on_agency_changed: Callable[[Transaction, Agency], object] | None = None


def write_received(
    tx: Transaction,
    received: Sequence[Received],
    hooks: Hooks,
    causations: Mapping[UUID, Causation] = MappingProxyType({}),
) -> None:
    """Write what is newer than the own copy, then call the hooks with what has changed.

    `causations` are those of people's timelines, by person.
    """
    agencies = [one for one in received if isinstance(one, Agency)]
    agency_is_newer = _write_latest(tx, models.Agency, agencies, lambda _: tx.agency_id)
    external = [one for one in received if isinstance(one, ExternalOfficial)]
    officials = _write_latest(tx, models.ExternalOfficial, external, lambda one: one.official_id)
    units = _write_units(tx, [one for one in received if isinstance(one, UnitTimeline)])
    substitutions = _write_substitutions(tx, [one for one in received if isinstance(one, Substitution)])
    people = _write_people(tx, [one for one in received if isinstance(one, Timeline)], causations)
    if agency_is_newer and hooks.on_agency_changed:
        hooks.on_agency_changed(tx, max(agencies, key=lambda one: one.version))
    if units and hooks.on_units_changed:
        hooks.on_units_changed(tx, units)
    if officials and hooks.on_officials_changed:
        hooks.on_officials_changed(tx, officials)
    if substitutions and hooks.on_substitutions_changed:
        hooks.on_substitutions_changed(tx, substitutions)
    if people and hooks.on_people_changed:
        hooks.on_people_changed(tx, people)


def _write_latest(tx: Transaction, model: Model, received: Sequence[T], key: Callable[[T], object]) -> list[T]:
    """Write the newest of these; return those that were newer than the own copy."""
    if not received:
        return []
    latest = _latest(received, key)
    written = write_newer(tx, model, [values_of(model, one) for one in latest.values()])
    return [latest[one] for one in written]


def _latest(received: Iterable[Any], key: Callable[[Any], T]) -> dict[T, Any]:
    return {key(one): one for one in sorted(received, key=lambda one: one.version)}


def _write_substitutions(tx: Transaction, received: Sequence[Substitution]) -> list[SubstitutionChange]:
    if not received:
        return []
    latest = _latest(received, lambda one: one.substitution_id)
    rows = [values_of(models.Substitution, one) for one in latest.values()]
    found = [
        msgspec.convert(row, Substitution, from_attributes=True) for row in lock_rows(tx, models.Substitution, rows)
    ]
    before = {one.substitution_id: one for one in found if one.version}
    written = write_newer(tx, models.Substitution, rows)
    return [SubstitutionChange(before.get(key), latest[key]) for key in written]


def _write_people(
    tx: Transaction, received: Sequence[Timeline], causations: Mapping[UUID, Causation]
) -> list[TimelineChange]:
    known: defaultdict[UUID, list[Timeline]] = defaultdict(list)
    for one in received:
        known[one.employee_id].append(one)
    started = _lock_service_starts(tx, [one.employee_id for one in received])
    changes = []
    for after, before, version in _replace_timelines(tx, _PEOPLE, received):
        changed_from = first_changed_day(before, after.stretches)
        if after.service_start != started.get(after.employee_id):
            changed_from = min(one.first_day for one in (*before, *after.stretches))
        if changed_from is not None:
            corrected_from = _corrected_from(known[after.employee_id], version, changed_from)
            causation = causations.get(after.employee_id, NO_CAUSATION)
            changes.append(TimelineChange(after.employee_id, changed_from, corrected_from, not before, causation))
    return changes


def _corrected_from(received: Iterable[Timeline], version: int, changed_from: date) -> date | None:
    """Return the first day that differs and that a version after the own copy's corrects; None when none does."""
    later = (change for one in received if one.version > version for change in one.changes_since(version))
    days = [one.changed_from for one in later if one.cause is Cause.CORRECTION]
    return max(changed_from, min(days)) if days else None


def _lock_service_starts(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return the known first days of service, locked until the commit: another one has no days of its own."""
    if not ids:
        return {}
    person = models.Person
    query = select(person.employee_id, person.service_start).where(among(person.employee_id, ids))
    return dict(tx.session.execute(query.order_by(person.employee_id).with_for_update()).all())


def _write_units(tx: Transaction, received: Sequence[UnitTimeline]) -> list[UnitChange]:
    changes = []
    for after, before, _version in _replace_timelines(tx, _UNITS, received):
        changed_from = first_changed_day(before, after.stretches)
        if changed_from is not None:
            changes.append(UnitChange(after.unit_id, changed_from, is_new=not before))
    return changes


@dataclass(frozen=True)
class _Tables(Generic[TimelineT, StretchT]):
    """Where timelines are kept: one row for each owner, with the version, and one for each stretch."""

    owners: Model
    stretches: Model
    key: str
    timeline: type[TimelineT]
    stretch: type[StretchT]


_PEOPLE = _Tables(models.Person, models.Stretch, "employee_id", Timeline, Stretch)
_UNITS = _Tables(models.Unit, models.UnitStretch, "unit_id", UnitTimeline, UnitStretch)


def _replace_timelines(
    tx: Transaction, tables: _Tables[TimelineT, StretchT], received: Sequence[TimelineT]
) -> list[tuple[TimelineT, list[StretchT], int]]:
    """Write the newest timelines; return each that was newer with the own copy and its version before."""
    if not received:
        return []
    latest = _latest(received, attrgetter(tables.key))
    versions = write_newer(tx, tables.owners, [values_of(tables.owners, one) for one in latest.values()])
    before = _own_copies(tx, tables, versions)
    gone: list[Row] = []
    written: list[Row] = []
    for key in versions:
        differs = difference(before[key], latest[key].stretches)
        gone += [{tables.key: key, "first_day": day} for day in differs.gone]
        written += [{tables.key: key, **vars(one)} for one in differs.written]
    if gone:
        remove(tx, tables.stretches, gone)
    if written:
        overwrite(tx, tables.stretches, written)
    return [(latest[key], before[key], version) for key, version in versions.items()]


def _own_copies(
    tx: Transaction, tables: _Tables[TimelineT, StretchT], keys: Iterable[UUID]
) -> defaultdict[UUID, list[StretchT]]:
    """Return the stretches that are kept of these, by first day."""
    key = getattr(tables.stretches, tables.key)
    query = select(key, *columns_of(tables.stretches, tables.stretch)).where(among(key, keys))
    found: defaultdict[UUID, list[StretchT]] = defaultdict(list)
    for owner, *values in tx.session.execute(query.order_by(*table_of(tables.stretches).primary_key)):
        found[owner].append(tables.stretch(*values))
    return found
