"""Read the talent box of a person in a year."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import required
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.talent import TalentView
from incentive.persistence.attestations import latest_rating
from incentive.use_cases.talent.rate import talent_view


def show_talent(work: UnitOfWork, actor: Principal, employee_id: UUID, *, year: int) -> TalentView:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        rating = required(latest_rating(tx, employee_id, year), "penilaian talenta tahun", year)
        audit.record(tx, actor, "read_talent", "employee", employee_id, year=year)
        return talent_view(tx, rating)
