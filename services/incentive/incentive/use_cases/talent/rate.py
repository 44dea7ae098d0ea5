"""Talent: HR enters the panel's rating of a person's potential; the box follows from it and the annual predicate."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from incentive.authorisation import require_colleague
from incentive.domain.errors import NoFinalPredicate
from incentive.domain.period import Period
from incentive.domain.talent import RateTalent, TalentRating, TalentView
from incentive.domain.values import PeriodKind
from incentive.persistence.attestations import insert_rating, latest_rating
from incentive.persistence.predicates import final_predicates


def rate_talent(tx: Transaction, actor: Principal, command: RateTalent) -> TalentView:
    """Add a further entry of the year. Raise NoFinalPredicate without a final annual result."""
    require_colleague(tx, actor, command.employee_id)
    latest = latest_rating(tx, command.employee_id, command.year)
    number = latest.number + 1 if latest else 1
    rating = TalentRating.rated(number, command, actor.account_id, tx.now)
    insert_rating(tx, rating)
    audit.record(tx, actor, "rate_talent", "employee", command.employee_id, year=command.year)
    return talent_view(tx, rating)


def talent_view(tx: Transaction, rating: TalentRating) -> TalentView:
    """Return the box of a rating. Raise NoFinalPredicate."""
    period = Period(PeriodKind.YEAR, rating.year, 0)
    final = final_predicates(tx, [rating.employee_id], period).get(rating.employee_id)
    if final is None:
        raise NoFinalPredicate(period=period.text())
    return TalentView.of(rating, final)
