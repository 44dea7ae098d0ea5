"""Export all evaluations of a year as rows for HR's own tools and for the national system, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from appraisal.clients import PaperNames
from appraisal.domain.national_codes import NATIONAL_COLUMNS, national_codes
from appraisal.domain.periods import Period
from appraisal.domain.values import RatingLevel
from appraisal.persistence.evaluations import EXPORTED, EXPORTED_AT_ONCE, export_page
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from directory.performance import Predicate

Row = tuple[Any, ...]
_NAMES = ("nip", "name")
_PERSON, _RATED = (
    EXPORTED.index("employee_id"),
    [EXPORTED.index(one) for one in ("work_result", "behaviour", "predicate")],
)


@dataclass(frozen=True)
class ExportEvaluations:
    """`with_names` adds the person's NIP and name, which only an export to another system needs."""

    period: Period
    with_names: bool = False


def export_evaluations(
    work: UnitOfWork, actor: Principal, names: PaperNames, command: ExportEvaluations
) -> Iterator[Sequence[Row]]:
    """Return the names of the columns with the first rows, then the rows, but no proposal about the caller.

    There is a transaction for each page, and none waits for personnel. Raise PaperNamesUnavailable, or Forbidden for
    an inspector who asks for names: the national system is HR's to feed.
    """
    if command.with_names and not actor.has("hr_officer"):
        raise Forbidden
    period, asked = command.period, names if command.with_names else None
    with work.transaction(actor.agency_id) as tx:
        detail = {**period.parts, "with_names": command.with_names}
        audit.record(tx, actor, "evaluations_exported", "evaluation_list", period.year, **detail)
    titles: list[Row] = [(*EXPORTED, *NATIONAL_COLUMNS, *(_NAMES if command.with_names else ()))]
    after: UUID | None = None
    while True:
        with work.transaction(actor.agency_id) as tx:
            rows = export_page(tx, period, after, without_proposals_about=actor.employee_id)
        yield [*titles, *_completed(rows, asked)]
        if len(rows) < EXPORTED_AT_ONCE:
            return
        titles, after = [], rows[-1][0]


def _completed(rows: Sequence[Row], names: PaperNames | None) -> Iterator[Row]:
    """Add the national codes to each row and, where names are asked for, NIP and name where personnel knows them."""
    known = names.of({row[_PERSON] for row in rows}) if names and rows else {}
    for row in rows:
        work_result, behaviour, predicate = (row[at] for at in _RATED)
        codes = national_codes(RatingLevel(work_result), RatingLevel(behaviour), Predicate(predicate))
        person = known.get(row[_PERSON])
        named = () if names is None else (person.nip, person.name) if person else (None, None)
        yield (*row, *codes, *named)
