"""Give an employee the one token by which a survey is answered without saying who answers.

That a token was given is noted beside the person, without time and without the token; it is in no audit row either,
whose exact time could be laid beside the order of answers.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.ballot import Ballot, seal
from wellbeing.domain.errors import SurveyNotForYou, SurveyTokenTaken
from wellbeing.domain.surveys import SurveyState, bucket_of, need_state
from wellbeing.domain.units import UnitTree
from wellbeing.persistence import surveys
from wellbeing.persistence.models import Survey

from .read_survey import group_of


@dataclass(frozen=True)
class TokenView:
    token: str
    closes_on: date | None


def give_survey_token(work: UnitOfWork, actor: Principal, survey_id: UUID) -> TokenView:
    with work.transaction(actor.agency_id) as tx:
        surveys.get(tx.session, survey_id)
        survey = surveys.share(tx.session, survey_id)
        assert survey is not None
        if survey.state == SurveyState.DRAFT.value:
            raise SurveyNotForYou
        need_state(SurveyState(survey.state), SurveyState.OPEN)
        bucket = _bucket(tx, survey, actor.employee_id)
        assert actor.employee_id is not None
        if not surveys.note_token_given(tx.session, survey, actor.employee_id):
            raise SurveyTokenTaken
        return TokenView(seal(Ballot(tx.agency_id, survey_id, bucket), survey.secret), survey.closes_on)


def _bucket(tx: Transaction, survey: Survey, employee_id: UUID | None) -> UUID:
    group = group_of(tx, survey, employee_id) if employee_id else None
    if group is None:
        raise SurveyNotForYou
    tree, members = survey_groups(survey)
    return bucket_of(group, tree, members, int((survey.anonymity or {})["scores"]))


def survey_groups(survey: Survey) -> tuple[UnitTree, dict[UUID, int]]:
    """The groups of a survey as they were when it opened: their tree, and how many members each had."""
    groups = survey.groups or {}
    parents = {UUID(unit): UUID(row["parent"]) if row["parent"] else None for unit, row in groups.items()}
    return UnitTree(parents), {UUID(unit): row["members"] for unit, row in groups.items()}
