"""What other services of this deployment ask: by what their papers name people."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, work
from personnel.domain.employee_views import PaperNamesView
from personnel.http.access import INTERNAL, SUPERIORS_TOO, Relation
from personnel.http.employees_schemas import PaperNamesQuery
from personnel.use_cases.employees.name_on_papers import name_on_papers

blp = ServiceBlueprint("papers", url_prefix=INTERNAL, description="Names on papers, for other services")


@blp.route("/employees/paper-names", methods=["GET"])
@allow(*SUPERIORS_TOO, "former_employee", relation=Relation.OTHER_SERVICES)
@blp.arguments(PaperNamesQuery, location="query")
@blp.response(200, PaperNamesView)
def get_paper_names(query: dict[str, Any]) -> PaperNamesView:
    """Name, number and position of people, as papers name them; unknown ids are left out."""
    return name_on_papers(work(), principal(), query["ids"])
