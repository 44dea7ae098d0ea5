"""Read the dictionary of competencies, and where a person stands in them."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_reader
from training.domain.competency import Competency, GapRule, ListCompetencies, PersonCompetenciesView, PersonCompetency
from training.persistence import competencies
from training.persistence.people import find_employee


def list_competencies(work: UnitOfWork, actor: Principal, query: ListCompetencies) -> Page[Competency]:
    with work.transaction(actor.agency_id) as tx:
        return competencies.list_competencies(tx, query)


def show_person_competencies(work: UnitOfWork, actor: Principal, employee_id: UUID) -> PersonCompetenciesView:
    """Show a person's levels beside what the post requires, with the rows each number was read from."""
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id, "competencies")
        day = today(tx)
        person = find_employee(tx, employee_id)
        profile = competencies.profile_of(tx, person, employee_id, day)
        known = competencies.competencies_by_code(tx, list(profile))
        return PersonCompetenciesView(
            employee_id=employee_id,
            position_code=person.position_code if person else None,
            position_level=person.position_level if person else None,
            as_of=day,
            competencies=[PersonCompetency.of(code, known.get(code), levels) for code, levels in profile.items()],
            explanation=GapRule(),
        )
