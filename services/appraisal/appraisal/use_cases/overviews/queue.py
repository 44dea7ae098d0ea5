"""Show what waits for somebody as appraiser, reviewer, decider, coach or counsellor."""

from appraisal.authorisation import self_of
from appraisal.domain.queue import QueueView, open_periods
from appraisal.persistence import overviews
from appraisal.persistence.people import standing_in_for
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_queue(work: UnitOfWork, actor: Principal) -> QueueView:
    official = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        in_place = standing_in_for(tx, official, setting.today)
        year = setting.today.year
        rows = [*rows_of_year(tx, year - 1), *rows_of_year(tx, year)]
        to_rate = [
            waiting
            for row in open_periods(rows, setting.today)
            for waiting in overviews.plans_to_rate(tx, official, in_place, row, setting)
        ]
        return QueueView(
            plans_to_agree=tuple(overviews.plans_to_agree(tx, official, in_place)),
            to_rate=tuple(to_rate),
            proposals_to_finish=tuple(overviews.proposals_to_finish(tx, official, in_place)),
            objections_to_decide=tuple(overviews.objections_to_decide(tx, official)),
            follow_ups=tuple(overviews.follow_ups_assigned(tx, official)),
        )
