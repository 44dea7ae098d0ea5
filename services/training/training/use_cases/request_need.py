"""Ask for training on a competency: the person, or the appraiser or HR officer on the person's behalf."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.competency import Levels
from training.domain.errors import NeedAlreadyOpen
from training.domain.needs import NeedSource
from training.persistence import competencies, needs, people
from training.persistence.rows import View, lock
from training.use_cases.check_codes import known_competencies
from training.use_cases.raise_need import Cause, raise_need
from training.use_cases.rights import authorise_act, subject_of


def request_need(
    work: UnitOfWork, actor: Principal, *, employee_id: UUID | None, competency_code: str, reason: str
) -> View:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        authorise_act(tx, actor, subject)
        known_competencies(tx, "competency_code", [competency_code])
        lock(tx, "needs", subject)
        live = needs.live(tx, subject, competency_code)
        if live is not None:
            raise NeedAlreadyOpen(competency_code=competency_code, need_id=live.id)
        levels = competencies.profile(tx, subject, people.today(tx)).get(competency_code, Levels())
        cause = Cause(NeedSource.REQUEST, levels, str(actor.account_id), reason=reason)
        need = raise_need(tx, subject, competency_code, cause)
        assert need is not None
        return needs.views(tx, [need])[0]
