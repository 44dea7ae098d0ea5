"""Show what waits for somebody as appraiser, reviewer, decider, coach or counsellor."""

from appraisal.authorisation import self_of
from appraisal.domain.queue import EMPTY_QUEUE, QueueView, years_to_rate
from appraisal.persistence import overviews, reviews
from appraisal.persistence.obligation_lists import overdue_of
from appraisal.persistence.obligations import opened_years
from appraisal.persistence.people import places_taken
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.open_missing import open_missing
from appraisal.use_cases.obligations.read import view_obligations
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import left_on


def show_queue(work: UnitOfWork, actor: Principal) -> QueueView:
    """Show it to whoever has a place; nothing waits for who has left."""
    official = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        if left_on(tx, [official], setting.today):
            return EMPTY_QUEUE
        places = places_taken(tx, official, setting.today)
        in_place = set(places)
        for year in years_to_rate(setting.today):
            open_missing(tx, year, superior_id=official)
            if in_place:
                open_missing(tx, year, people=in_place)
        late = overdue_of(tx, official, opened_years(tx), setting.today)
        return QueueView(
            plans_to_agree=tuple(overviews.plans_to_agree(tx, official, in_place)),
            to_rate=tuple(overviews.ratings_to_make(tx, official, in_place, setting.time_zone)),
            proposals_to_finish=tuple(overviews.proposals_to_finish(tx, official, in_place)),
            objections_to_decide=tuple(overviews.objections_to_decide(tx, official)),
            dialogues_to_answer=tuple(overviews.dialogues_to_answer(tx, official, in_place)),
            follow_ups=tuple(overviews.follow_ups_assigned(tx, official)),
            objections_to_answer=tuple(overviews.objections_to_answer(tx, official, places)),
            reviews_to_make=tuple(reviews.reviews_to_make(tx, official)),
            reviews_for_hr=tuple(reviews.reviews_for_hr(tx, official)) if actor.has("hr_officer") else (),
            overdue=tuple(view_obligations(tx, actor, late)),
        )
