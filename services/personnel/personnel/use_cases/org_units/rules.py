"""What must hold of the tree of units on every day."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from personnel.domain.cycles import would_close_cycle
from personnel.domain.errors import UnitCodeTaken, UnitCycle, UnitHasMembers
from personnel.domain.org_unit import MergerObstacle
from personnel.domain.stretches import stretch_on
from personnel.domain.unit_timeline import UnitStretch, differing
from personnel.persistence.unit_members import find_members
from personnel.persistence.unit_records import all_timelines, timelines_below, timelines_of, timelines_with_code

Timeline = Sequence[UnitStretch]


def require_sound(tx: Transaction, unit_id: UUID, before: Timeline, after: Timeline) -> None:
    """Raise UnitCodeTaken, UnitCycle, UnitHasMembers, or InvalidInput for a parent that is closed on some day."""
    _require_free_code(tx, unit_id, differing(before, after, "code"))
    _require_open_parent(tx, [one for one in differing(before, after, "parent_id", "active") if one.active])
    _require_no_cycle(tx, unit_id, differing(before, after, "parent_id"))
    for one in differing(before, after, "active"):
        if not one.active:
            require_empty(tx, unit_id, one.first_day)


def require_empty(tx: Transaction, unit_id: UUID, first_day: date) -> None:
    """Raise UnitHasMembers when people or units stand directly in a unit on a day from this one on."""
    people = len(find_members(tx, unit_id, first_day).people)
    units = len(timelines_below(tx, unit_id, first_day))
    if people or units:
        raise UnitHasMembers(day=first_day, people=people, units=units)


def closes_cycle(timelines: Mapping[UUID, Timeline], unit_id: UUID, under: UnitStretch) -> bool:
    """Return whether a unit that stands as `under` says would stand below itself on one of its days."""
    if under.parent_id is None:
        return False
    days = {one.first_day for timeline in timelines.values() for one in timeline if under.holds_on(one.first_day)}
    return any(
        would_close_cycle(unit_id, under.parent_id, partial(_parent_on, timelines, day))
        for day in sorted({under.first_day, *days})
    )


def find_obstacles(tx: Transaction, unit_id: UUID, into_id: UUID, day: date) -> list[MergerObstacle]:
    """Return what hinders a merger from a day on, besides who asks for it."""
    timelines = all_timelines(tx)
    unit, into = timelines.get(unit_id, []), timelines.get(into_id, [])
    standing = stretch_on(unit, day)
    later = [one for one in into if one.last_day is None or one.last_day >= day]
    obstacles = []
    if standing is None or not standing.active:
        obstacles.append(MergerObstacle("unit_closed", f"Unit ini tidak aktif pada {day}. Pilih hari saat unit aktif."))
    if into_id == unit_id or not into:
        obstacles.append(MergerObstacle("into_unknown", "Pilih unit lain di instansi ini sebagai tujuan."))
    elif into[0].first_day > day or not all(one.active for one in later):
        expected = f"Unit tujuan harus aktif sejak {day} dan seterusnya. Pilih unit lain atau hari lain."
        obstacles.append(MergerObstacle("into_closed", expected))
    elif any(closes_cycle(timelines, unit_id, one) for one in later):
        expected = "Unit tujuan berada di bawah unit ini. Pindahkan unit tujuan ke induk lain dahulu."
        obstacles.append(MergerObstacle("into_below", expected))
    return obstacles


def _require_no_cycle(tx: Transaction, unit_id: UUID, moved: Timeline) -> None:
    timelines = all_timelines(tx) if any(one.parent_id for one in moved) else {}
    if any(closes_cycle(timelines, unit_id, one) for one in moved):
        raise UnitCycle


def _require_free_code(tx: Transaction, unit_id: UUID, renamed: Timeline) -> None:
    others = timelines_with_code(tx, {one.code for one in renamed})
    taken = [
        one.code
        for one in renamed
        for other, timeline in others.items()
        if other != unit_id and any(one.code == each.code and one.overlaps(each) for each in timeline)
    ]
    if taken:
        raise UnitCodeTaken(unit_code=taken[0])


def _require_open_parent(tx: Transaction, moved: Timeline) -> None:
    parents = timelines_of(tx, {one.parent_id for one in moved if one.parent_id})
    for one in moved:
        timeline = parents.get(one.parent_id, []) if one.parent_id else []
        closed = next((each for each in timeline if not each.active and one.overlaps(each)), None)
        if closed is not None:
            expected = f"Unit induk ini ditutup mulai {closed.first_day}. Pilih unit induk yang aktif."
            raise InvalidInput(errors=[FieldError("parent_id", "unit_closed", one.parent_id, expected)])


def _parent_on(timelines: Mapping[UUID, Timeline], day: date, unit_id: UUID) -> UUID | None:
    found = stretch_on(timelines.get(unit_id, ()), day)
    return found.parent_id if found else None
