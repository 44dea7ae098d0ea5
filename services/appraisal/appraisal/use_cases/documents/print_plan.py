"""The SKP and its annex as a paper: the version that was agreed last."""

from uuid import UUID

from appraisal.authorisation import require_plan_reader
from appraisal.clients import PaperNames
from appraisal.domain.document import Document, DocumentSubject
from appraisal.domain.periods import Period, nearest_day
from appraisal.domain.plan_paper import PlanToPrint
from appraisal.domain.plan_views import ContentView
from appraisal.persistence.documents import agency_name
from appraisal.persistence.plan_versions import load_submitted_version
from appraisal.persistence.plans import load_plan
from appraisal.persistence.result_links import load_linking
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.documents.issuing import Draft, issue_document
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def print_plan(work: UnitOfWork, actor: Principal, names: PaperNames, *, plan_id: UUID) -> Document:
    """Return the paper of a plan to whoever may read the plan. Raise DocumentNotYet before it is agreed."""

    def read(tx: Transaction) -> Draft:
        plan = load_plan(tx, plan_id)
        require_plan_reader(tx, actor, plan)
        subject, setting = DocumentSubject.of_plan(plan), load_setting(tx, Period.of(plan.year))
        version, linking = load_submitted_version(tx, plan_id, subject.revision), load_linking(tx, plan)
        to_print = PlanToPrint(
            plan=plan,
            version=version,
            behaviours=ContentView.with_guides(version.content, setting).behaviours,
            supported=linking.parent_titles,
            agency=agency_name(tx),
            time_zone=setting.time_zone,
        )
        day = min(nearest_day(plan.year, setting.today), plan.last_day or setting.today)
        return Draft(subject, day, to_print)

    return issue_document(work, actor, names, read)
