"""Who acts today for the officials that obligations name: asked for any number of employees in a few statements."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import TextClause, text

from appraisal.domain.obligation import BY_DAYS
from appraisal.domain.offices import Offices
from chassis.unit_of_work import Transaction
from directory.answers import Answers, Superior
from directory.questions import left_on, reachable_on, superiors_on

# Set-based: of whom, and of which year, an open obligation may be somebody else's, as an official came, left, or is
# stood in for. What is owed by whom the employee's days name is left out, so that the arrival of a superior does not
# read all their people again. Who is away has not left, but stands in for nobody.
_CONCERNED = text(
    "SELECT CAST(left(o.subject, 4) AS integer) AS year, o.employee_id FROM obligation o WHERE o.state = 'OPEN' "
    "AND o.kind = ANY(:kinds) AND o.owed_by = ANY(:away) UNION "
    "SELECT CAST(left(o.subject, 4) AS integer), o.employee_id FROM directory_stretch s "
    "JOIN obligation o ON o.employee_id = s.employee_id "
    "WHERE s.superior_id = ANY(:officials) AND o.kind = ANY(:kinds) "
    "AND (o.state IN ('OPEN', 'LAPSED') OR o.excused_by IS NOT NULL) "
    "AND (s.superior_id = ANY(:left) OR o.owed_by IS DISTINCT FROM s.superior_id) "
    "AND (o.kind <> 'PLAN' OR o.owed_by IS DISTINCT FROM o.employee_id)"
)
# Set-based: of whom, and of which year, something open is nobody's, or another's than the employee's days say. What
# is overdue of the rating of days until a move is HR's for good.
_BEYOND_DAYS = text(
    "SELECT DISTINCT CAST(left(o.subject, 4) AS integer) AS year, o.employee_id FROM obligation o "
    "WHERE o.state = 'OPEN' AND o.kind = ANY(:kinds) AND o.owed_by IS DISTINCT FROM o.employee_id "
    "AND (o.kind <> 'SEGMENT_RATING' OR o.owed_by IS NOT NULL OR o.due_at > :now) AND NOT EXISTS "
    "(SELECT 1 FROM directory_stretch s WHERE s.employee_id = o.employee_id AND s.superior_id = o.owed_by)"
)
_OWING = text("SELECT DISTINCT owed_by FROM obligation WHERE state = 'OPEN' AND owed_by IS NOT NULL")


def load_offices(
    tx: Transaction,
    officials: Mapping[UUID, Iterable[UUID | None]],
    day: date,
    ask: Callable[[Transaction, Iterable[UUID], date], Answers[Superior | None]] = superiors_on,
) -> Offices:
    """Return what is known on a day of the officials that are named about each of these employees.

    `ask` says who has the duty: of appraising, or of reviewing.
    """
    named = {one: set(those) for one, those in officials.items()}
    asked = {one for those in named.values() for one in those if one is not None}
    left = left_on(tx, {*named, *asked}, day)
    bereft = [one for one, those in named.items() if not (left | {None}).isdisjoint(those)]
    if not bereft:
        return Offices(left)
    duties = ask(tx, bereft, day).known
    holders = {duty.holder_id for duty in duties.values() if duty is not None} - asked
    return Offices(left | left_on(tx, holders, day) if holders else left, duties)


def named_today(tx: Transaction, officials: Mapping[UUID, UUID], day: date) -> dict[UUID, UUID]:
    """Return by employee in whose name they are appraised on a day: the official's, or once gone, who came after."""
    offices = load_offices(tx, {one: [official] for one, official in officials.items()}, day)
    return {one: offices.named(one, official) or official for one, official in officials.items()}


def concerned_by(tx: Transaction, officials: Collection[UUID], day: date) -> dict[int, list[UUID]]:
    """Return by year of whom something open may be another's to do, by what is known of these officials on a day."""
    left, away = left_on(tx, officials, day), set(officials) - reachable_on(tx, officials, day)
    values = {"officials": list(officials), "left": list(left), "away": list(away), "kinds": list(BY_DAYS)}
    return _by_year(tx, _CONCERNED, values)


def owed_beyond_days(tx: Transaction) -> dict[int, list[UUID]]:
    """Return by year of whom something open is owed by nobody, or by another than whom their days name."""
    return _by_year(tx, _BEYOND_DAYS, {"kinds": list(BY_DAYS), "now": tx.now})


def _by_year(tx: Transaction, query: TextClause, values: Mapping[str, object]) -> dict[int, list[UUID]]:
    """Return people by year, by id: so many transactions lock their rows in one order."""
    found: defaultdict[int, list[UUID]] = defaultdict(list)
    for year, person in tx.session.execute(query, values):
        found[year].append(person)
    return {year: sorted(people) for year, people in sorted(found.items())}


def owing_without_place(tx: Transaction, day: date) -> frozenset[UUID]:
    """Return who owes something open and has no place on a day."""
    return left_on(tx, list(tx.session.execute(_OWING).scalars()), day)
