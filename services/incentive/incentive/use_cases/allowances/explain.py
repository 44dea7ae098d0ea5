"""Explain one line: inputs, rule, versions, legal sources, the working, and the same amount calculated again."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.allowance_line_views import AllowanceExplanationView
from incentive.domain.month_allowance import policies_in
from incentive.persistence.allowance_lines import load_line
from incentive.persistence.policies import policies_by_id


def explain_allowance(work: UnitOfWork, actor: Principal, line_id: UUID) -> AllowanceExplanationView:
    with work.transaction(actor.agency_id) as tx:
        line = load_line(tx, line_id)
        require_reader(tx, actor, line.employee_id)
        audit.record(tx, actor, "explain_allowance", "employee", line.employee_id, line_id=line_id)
        policies = policies_by_id(tx, [line.policy_id, *policies_in(line.inputs)])
        return AllowanceExplanationView.of(line, policies)
