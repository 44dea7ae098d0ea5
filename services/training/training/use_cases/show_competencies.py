"""A person's competencies beside what the post asks for, with the rows each number was read from."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence import competencies, people
from training.persistence.rows import View
from training.use_cases.rights import authorise_read

RULE = {
    "rule": "kesenjangan = tingkat yang disyaratkan - tingkat yang dimiliki, hanya bila positif",
    "source": "PermenPANRB 38/2017; Perlan 10/2018 (rumus belum diverifikasi)",
    "verified": False,
}


def show_competencies(work: UnitOfWork, actor: Principal, employee_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        authorise_read(tx, actor, employee_id, "competencies")
        today = people.today(tx)
        person = people.employee(tx, employee_id)
        profile = competencies.profile(tx, employee_id, today)
        names = {row.code: row for code in profile if (row := competencies.competency(tx, code))}
        return {
            "employee_id": employee_id,
            "position_code": person.position_code if person else None,
            "position_level": person.position_level if person else None,
            "as_of": today,
            "competencies": [
                {
                    "competency_code": code,
                    "name": names[code].name if code in names else code,
                    "kind": names[code].kind if code in names else None,
                    "required_level": levels.required,
                    "actual_level": levels.actual,
                    "gap": levels.gap,
                    "standard_id": levels.standard_id,
                    "assessment_id": levels.assessment_id,
                }
                for code, levels in profile.items()
            ],
            "explanation": RULE,
        }
