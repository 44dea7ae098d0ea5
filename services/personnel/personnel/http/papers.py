"""What other services of this deployment ask: by what their papers name people."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, not_idempotent, principal, work
from personnel.domain.employee_views import PaperNamesView
from personnel.http.access import INTERNAL, SUPERIORS_TOO, Relation
from personnel.http.employees_schemas import PaperNamesIn
from personnel.use_cases.employees.name_on_papers import name_on_papers

blp = ServiceBlueprint("papers", url_prefix=INTERNAL, description="Names on papers, for other services")


@blp.route("/employees/paper-names", methods=["POST"])
@allow(*SUPERIORS_TOO, "former_employee", relation=Relation.OTHER_SERVICES)
@not_idempotent(reason="nothing is changed")
@blp.arguments(PaperNamesIn)
@blp.response(200, PaperNamesView)
def post_paper_names(body: dict[str, Any]) -> PaperNamesView:
    """Name, number and position of up to 500 people, as papers name them; unknown ids are left out."""
    return name_on_papers(work(), principal(), body["ids"])
