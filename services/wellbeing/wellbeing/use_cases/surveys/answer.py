"""Take the answers of a token's bearer. Nobody is signed in here, and neither time nor origin is stored."""

from collections.abc import Sequence

from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.ballot import read_claim, verified_digest
from wellbeing.domain.errors import SurveyTokenInvalid, SurveyTokenUsed
from wellbeing.domain.survey import Answer, SurveyState, valid_answers
from wellbeing.persistence.survey_answers import insert_answers, record_token_used
from wellbeing.persistence.surveys import find_survey_shared, questions_of


def answer_survey(work: UnitOfWork, token: str, answers: Sequence[Answer]) -> None:
    """Store answers. Raise SurveyTokenInvalid, SurveyNotInState, InvalidInput, SurveyTokenUsed."""
    ballot = read_claim(token)
    with work.transaction(ballot.agency_id) as tx:
        survey = find_survey_shared(tx, ballot.survey_id)
        if survey is None:
            raise SurveyTokenInvalid
        digest = verified_digest(token, survey.secret)
        survey.require(SurveyState.OPEN)
        valid = valid_answers(questions_of(tx, [survey.survey_id])[survey.survey_id], answers)
        if not record_token_used(tx, survey.survey_id, ballot.unit_id, digest):
            raise SurveyTokenUsed
        insert_answers(tx, survey.survey_id, ballot.unit_id, valid)
