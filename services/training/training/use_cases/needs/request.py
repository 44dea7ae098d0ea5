"""Ask for training on a competency: the person, or the appraiser or HR officer on the person's behalf."""

from chassis.auth import Principal
from chassis.errors import FieldError
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_party, subject_of
from training.domain.competency import Levels
from training.domain.errors import NeedAlreadyOpen
from training.domain.need import Cause, NeedSource, NeedView, RequestNeed
from training.persistence.competencies import known_competencies, load_profile
from training.persistence.locked_rows import lock
from training.persistence.needs import live_need, view_need
from training.use_cases.needs.raise_need import raise_need


def request_need(work: UnitOfWork, actor: Principal, command: RequestNeed) -> NeedView:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, command.employee_id)
        require_party(tx, actor, subject)
        code = command.competency_code
        known_competencies(tx, "competency_code", [code])
        lock(tx, "needs", subject)
        live = live_need(tx, subject, code)
        if live is not None:
            fault = FieldError("need_id", NeedAlreadyOpen.code, str(live.id), "kompetensi tanpa kebutuhan terbuka")
            raise NeedAlreadyOpen(errors=[fault], competency_code=code)
        day = today(tx)
        levels = load_profile(tx, subject, day).get(code, Levels())
        cause = Cause(NeedSource.REQUEST, levels, str(actor.account_id), reason=command.reason)
        need = raise_need(tx, subject, code, cause, day)
        assert need is not None
        return view_need(tx, need)
