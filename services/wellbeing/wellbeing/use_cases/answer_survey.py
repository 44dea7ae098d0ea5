"""Take the answers of a token's bearer. Nobody is signed in here, and nothing is written down of when or from where."""

from collections.abc import Sequence

from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.ballot import peek, use
from wellbeing.domain.errors import SurveyTokenInvalid, SurveyTokenUsed
from wellbeing.domain.surveys import Answer, SurveyState, check_answers, need_state
from wellbeing.persistence import surveys


def answer_survey(work: UnitOfWork, token: str, answers: Sequence[Answer]) -> None:
    ballot = peek(token)
    with work.transaction(ballot.agency_id) as tx:
        survey = surveys.share(tx.session, ballot.survey_id)
        if survey is None:
            raise SurveyTokenInvalid
        digest = use(token, survey.secret)
        need_state(SurveyState(survey.state), SurveyState.OPEN)
        kept = check_answers(surveys.questions(tx.session, survey.survey_id), answers)
        if not surveys.use_token(tx.session, survey, ballot.unit_id, digest):
            raise SurveyTokenUsed
        surveys.keep_answers(tx.session, survey, ballot.unit_id, kept)
