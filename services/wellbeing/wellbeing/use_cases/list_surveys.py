"""The surveys that a person may know of."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.surveys import SurveyState
from wellbeing.persistence import surveys

from .read_survey import SurveyView, survey_view


def list_surveys(
    work: UnitOfWork, actor: Principal, *, state: SurveyState | None, after: UUID | None, limit: int
) -> tuple[list[SurveyView], UUID | None]:
    with work.transaction(actor.agency_id) as tx:
        visible = set(SurveyState) if actor.has("wellbeing_officer") else set(SurveyState) - {SurveyState.DRAFT}
        wanted = visible & {state} if state else visible
        found = surveys.search(tx.session, states=[one.value for one in wanted], after=after, limit=limit + 1)
        views = [survey_view(tx, actor, survey) for survey in found[:limit]]
        return views, views[-1].survey_id if len(found) > limit else None
