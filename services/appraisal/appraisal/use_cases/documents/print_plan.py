"""The SKP and its annex as a paper: the version that was agreed last."""

from uuid import UUID

from appraisal.authorisation import require_plan_reader
from appraisal.clients import PaperNames
from appraisal.domain.document import Document, DocumentSubject
from appraisal.domain.periods import nearest_day
from appraisal.domain.plan import FullPlan, PlanMove
from appraisal.domain.plan_paper import Agreement, PlanToPrint
from appraisal.domain.plan_views import ContentView
from appraisal.persistence.documents import agency_name
from appraisal.persistence.plans import list_moves, load_plan, submitted_content, work_results_of
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.documents.issuing import Draft, issue_document
from chassis.auth import Principal
from chassis.errors import required
from chassis.unit_of_work import Transaction, UnitOfWork


def print_plan(work: UnitOfWork, actor: Principal, names: PaperNames, *, plan_id: UUID) -> Document:
    """Return the paper of a plan to whoever may read the plan. Raise DocumentNotYet before it is agreed."""

    def read(tx: Transaction) -> Draft:
        plan = load_plan(tx, plan_id)
        require_plan_reader(tx, actor, plan)
        subject, setting = DocumentSubject.of_plan(plan), load_setting(tx)
        content = submitted_content(tx, plan_id, subject.revision).content
        superior = plan.appraiser_id
        to_print = PlanToPrint(
            plan=plan,
            content=content,
            behaviours=ContentView.with_guides(content, setting).behaviours,
            superior_results={one.id: one.title for one in work_results_of(tx, superior, plan.year)}
            if superior
            else {},
            agreement=_agreement(tx, plan, subject.revision),
            agency=agency_name(tx),
            time_zone=setting.time_zone,
        )
        day = min(nearest_day(plan.year, setting.today), plan.last_day or setting.today)
        return Draft(subject, day, to_print)

    return issue_document(work, actor, names, read)


def _agreement(tx: Transaction, plan: FullPlan, version: int) -> Agreement:
    moves = [one for one in list_moves(tx, plan.id) if one.plan_version == version]
    submitted = [one.at for one in moves if one.move is PlanMove.SUBMIT]
    agreed = required(
        next((one for one in reversed(moves) if one.move is PlanMove.ACTIVATE), None), "versi SKP", version
    )
    return Agreement(submitted[-1] if submitted else agreed.at, agreed.at, UUID(agreed.actor), agreed.capacity)
