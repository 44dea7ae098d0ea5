"""Issue an employee the one token by which a survey is answered without revealing who answers.

That a token was issued is stored beside the person, without time and without the token; it is in no audit row either,
whose exact time could be compared with the order of answers.
"""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import required
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import is_active, self_of
from wellbeing.domain.ballot import Ballot, seal
from wellbeing.domain.errors import SurveyNotForYou, SurveyTokenTaken
from wellbeing.domain.survey import SurveyState
from wellbeing.domain.survey_views import TokenView
from wellbeing.persistence.survey_answers import record_token_issued, unit_of_asked
from wellbeing.persistence.surveys import find_survey_shared


def issue_survey_token(work: UnitOfWork, actor: Principal, survey_id: UUID) -> TokenView:
    """Return a token, once. Raise NotFound, SurveyNotForYou, SurveyNotInState, SurveyTokenTaken."""
    with work.transaction(actor.agency_id) as tx:
        survey = required(find_survey_shared(tx, survey_id), "survei", survey_id)
        if survey.state is SurveyState.DRAFT:
            raise SurveyNotForYou
        survey.require(SurveyState.OPEN)
        person = self_of(actor)
        unit = unit_of_asked(tx, survey_id, person) if is_active(tx, person) else None
        if unit is None:
            raise SurveyNotForYou
        if not record_token_issued(tx, survey_id, person):
            raise SurveyTokenTaken
        return TokenView(seal(Ballot(tx.agency_id, survey_id, unit), survey.secret), survey.closes_on)
