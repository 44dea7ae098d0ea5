"""Read the published results of one group and of the groups directly below it, as far as the reader may see."""

from collections.abc import Collection
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import OFFICER, result_scope
from wellbeing.domain.errors import SurveyResultsNotPublished
from wellbeing.domain.survey import SurveyState
from wellbeing.domain.survey_views import GroupView, ResultExplanationView, ResultsView
from wellbeing.persistence.directory import unit_names
from wellbeing.persistence.surveys import load_survey, questions_of, results_of


def show_survey_results(work: UnitOfWork, actor: Principal, survey_id: UUID, unit_id: UUID | None) -> ResultsView:
    """Return results. Raise NotFound, SurveyResultsNotPublished, SurveyResultsOutOfScope."""
    with work.transaction(actor.agency_id) as tx:
        survey = load_survey(tx, survey_id)
        survey.require_visible(to_officer=actor.has(OFFICER))
        if survey.state is not SurveyState.PUBLISHED:
            raise SurveyResultsNotPublished(state=survey.state.value)
        tree = survey.tree
        if unit_id is not None and unit_id not in tree.parents:
            raise NotFound(object="unit dalam survei ini", id=unit_id)
        scope = result_scope(tx, actor, tree)
        scope.require(unit_id)
        children: Collection[UUID] = tree.tops() if unit_id is None else tree.children.get(unit_id, ())
        shown = [unit_id, *(child for child in children if scope.includes(child))]
        questions = questions_of(tx, [survey_id])[survey_id]
        cells, names = results_of(tx, survey_id, shown), unit_names(tx)
        groups = [
            GroupView.of(
                unit,
                names.get(unit, (None, None)) if unit else (None, None),
                questions,
                cells[unit],
                with_texts=scope.texts,
            )
            for unit in shown
        ]
        if actor.has(OFFICER, "unit_leader"):
            audit.record(tx, actor, "survey_results_read", "survey", survey_id, unit_id=unit_id)
        return ResultsView(survey_id, groups[0], groups[1:], ResultExplanationView.of(survey))
