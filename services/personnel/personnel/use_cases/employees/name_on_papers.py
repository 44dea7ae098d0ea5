"""By what official papers name people: for services that print papers and keep neither names nor numbers."""

from collections.abc import Sequence
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.employee_views import PaperNamesView, PaperNameView
from personnel.persistence.employees import paper_names_of
from personnel.persistence.officials import official_cards


def name_on_papers(work: UnitOfWork, actor: Principal, employee_ids: Sequence[UUID]) -> PaperNamesView:
    """Return names, numbers and positions of the caller's agency; unknown ids are left out.

    An SKP and its evaluation name the employee, the appraiser and the reviewer with NIP (PermenPANRB 6/2022, annex), so
    whoever may read such a paper reads these numbers. The service that prints it has asked who may.
    """
    with work.transaction(actor.agency_id) as tx:
        known = paper_names_of(tx, employee_ids)
        outside = official_cards(tx, [one for one in employee_ids if one not in known])
        found = known | {
            one: PaperNameView(one, card.name, None, None, card.position_title, card.unit_name, {})
            for one, card in outside.items()
        }
        audit.record(tx, actor, "named_on_papers", "employee", "many", asked=len(employee_ids), found=len(found))
        return PaperNamesView([found[one] for one in dict.fromkeys(employee_ids) if one in found])
