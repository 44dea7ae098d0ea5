"""List the days until a move that nobody has rated: HR sees all, an appraiser their own."""

from appraisal.authorisation import WHOLE_AGENCY, self_of
from appraisal.domain.obligation import subject_from, subject_of
from appraisal.domain.segment_rating import EndedPlan, SegmentWaitingView, close_out_until
from appraisal.persistence.extensions import close_outs
from appraisal.persistence.outages import load_outages
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from appraisal.persistence.segment_ratings import ended_unrated
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


def list_segments_waiting(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[SegmentWaitingView]:
    with work.transaction(actor.agency_id) as tx:
        appraiser_id = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        setting = load_setting(tx)
        outages = load_outages(tx, setting)
        found = ended_unrated(tx, page, appraiser_id)
        owed = close_outs(tx, {plan.employee_id for plan in found.items})
        audit.record(tx, actor, "segments_waiting_listed", "segment_list", appraiser_id or "all")
        rows = {year: rows_of_year(tx, year) for year in {plan.year for plan in found.items}}

        def view(plan: EndedPlan) -> SegmentWaitingView:
            row = next(one for one in rows[plan.year] if one.last_day >= plan.last_day)
            days = setting.rules_of(row).close_out_days(row.last_day)
            subject = subject_from(subject_of(row.period), plan.first_day_in(row.period))
            until = close_out_until(plan.last_day, days, outages, owed.get((plan.employee_id, subject)))
            return SegmentWaitingView.of(plan, row.period, until, setting.today)

        return found.of(view)
