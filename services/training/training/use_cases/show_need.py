"""One need with its whole explanation: why it was raised, from which evaluation, and the gap."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.competency import gap
from training.domain.needs import SOURCE_TEXT, NeedSource
from training.persistence import needs
from training.persistence.models import Need, NeedCause
from training.persistence.rows import View
from training.use_cases.rights import authorise_read


def need_or_404(tx: Transaction, need_id: UUID, *, for_update: bool = False) -> Need:
    found = needs.get(tx, need_id, for_update=for_update)
    if found is None:
        raise NotFound(object="kebutuhan pelatihan", id=need_id)
    return found


def show_need(work: UnitOfWork, actor: Principal, need_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        need = need_or_404(tx, need_id)
        authorise_read(tx, actor, need.employee_id, "need")
        view = needs.views(tx, [need])[0]
        view["history"] = needs.moves_of(tx, need.id)
        view["explanation"] = [explain(cause) for cause in needs.causes_of(tx, [need.id])[need.id]]
        return view


def explain(cause: NeedCause) -> View:
    """A cause in words, with the rows and the sum behind it and the rule's legal source."""
    sentence, source = SOURCE_TEXT[NeedSource(cause.source)]
    found = gap(cause.required_level, cause.actual_level)
    if found is not None:
        sum_text = f"{cause.required_level} - {cause.actual_level} = {found}"
    else:
        sum_text = "Kesenjangan belum dapat dihitung: standar jabatan atau asesmen belum ada saat itu."
    return {
        "source": cause.source,
        "sentence": sentence,
        "reason": cause.reason,
        "evaluation_id": cause.evaluation_id,
        "source_id": cause.source_id,
        "standard_id": cause.standard_id,
        "assessment_id": cause.assessment_id,
        "required_level": cause.required_level,
        "actual_level": cause.actual_level,
        "gap": found,
        "calculation": sum_text,
        "legal_source": source,
        "recorded_at": cause.recorded_at,
    }
