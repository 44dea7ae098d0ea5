"""List the days until a move that nobody has rated: HR sees all, an appraiser their own."""

from appraisal.authorisation import WHOLE_AGENCY, self_of
from appraisal.domain.segment_rating import SegmentWaitingView, close_out_until
from appraisal.persistence.outages import load_outages
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
        audit.record(tx, actor, "segments_waiting_listed", "segment_list", appraiser_id or "all")
        return found.of(
            lambda plan: SegmentWaitingView.of(
                plan,
                close_out_until(plan.last_day, setting.rules.close_out_days(plan.last_day), outages),
                setting.today,
            )
        )
