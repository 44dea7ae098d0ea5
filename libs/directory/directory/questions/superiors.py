"""Who appraises and reviews whom on a day, and in which capacity; and the other way round."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Subquery, and_, case, false, not_, null, or_, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import LateralFromClause, TableValuedAlias

from chassis.records import AnySelect
from chassis.unit_of_work import Transaction
from directory import models
from directory.answers import Answers, Capacity, Subordinate, Superior
from directory.questions.parts import (
    OfficialOfEach,
    answer_each,
    asked_for,
    distinct,
    each,
    holders,
    holds_on,
    in_service,
    own_capacity,
    substitution_for,
    with_answers,
)
from directory.timelines import Scope


def superior_on(tx: Transaction, employee_id: UUID, day: date) -> Superior | None:
    """Return who appraises a person on a day. Raise NotKnownYet.

    None: nobody does, or the person was not in service on that day.
    """
    return superiors_on(tx, [employee_id], day).of(employee_id)


def superiors_on(tx: Transaction, people: Iterable[UUID], day: date) -> Answers[Superior | None]:
    """Answer `superior_on` of many people."""
    return _answers(tx, _superiors_query(), people, day)


def reviewer_on(tx: Transaction, employee_id: UUID, day: date) -> Superior | None:
    """Return who reviews the appraisals of a person on a day: the superior of the superior. Raise NotKnownYet.

    None: nobody does; the superior may be external, or have no superior.
    """
    return reviewers_on(tx, [employee_id], day).of(employee_id)


def reviewers_on(tx: Transaction, people: Iterable[UUID], day: date) -> Answers[Superior | None]:
    """Answer `reviewer_on` of many people."""
    return _answers(tx, _reviewers_query(), people, day)


def _answers(tx: Transaction, query: AnySelect, people: Iterable[UUID], day: date) -> Answers[Superior | None]:
    known: dict[UUID, Superior | None] = {}
    unknown: dict[UUID, UUID] = {}
    for row in tx.session.execute(query, {"asked": distinct(people), "day": day}):
        if row.missing is not None:
            unknown[row.id] = row.missing
        elif row.holder_id is None:
            known[row.id] = None
        else:
            known[row.id] = Superior(
                superior_id=row.superior_id,
                capacity=Capacity.of(row.kind, external=row.external),
                reachable=row.reachable,
                holder_id=row.holder_id,
                holder_reachable=row.holder_reachable,
                substitution_id=row.substitution_id,
                substitution_kind=row.kind,
            )
    return Answers(known, unknown)


@cache
def _superiors_query() -> AnySelect:
    asked = asked_for()
    person, stretch = _person(asked), _in_service(asked)
    missing = case((person.c.employee_id.is_(None), asked.c.id))
    duty = select(asked.c.id, missing.label("missing"), stretch.c.superior_id.label("holder_id"))
    joined = asked.outerjoin(person, true()).outerjoin(stretch, true())
    return _with_substitutes(duty.select_from(joined).subquery("duty"), Scope.APPRAISE)


def _person(asked: TableValuedAlias) -> LateralFromClause:
    person = aliased(models.Person)
    return each(select(person.employee_id).where(person.employee_id == asked.c.id), "person")


def _in_service(asked: TableValuedAlias) -> LateralFromClause:
    """Return what those asked for were on the day if they were in service."""
    stretch = aliased(models.Stretch)
    here = (stretch.employee_id == asked.c.id, holds_on(stretch), in_service(stretch))
    return each(select(stretch.superior_id).where(*here), "stretch")


@cache
def _reviewers_query() -> AnySelect:
    asked = asked_for()
    person, stretch = _person(asked), _in_service(asked)
    superior = OfficialOfEach(stretch.c.superior_id, "superior")
    missing = case(
        (person.c.employee_id.is_(None), asked.c.id),
        (and_(stretch.c.superior_id.is_not(None), ~superior.is_known), stretch.c.superior_id),
    )
    duty = select(
        asked.c.id,
        missing.label("missing"),
        superior.stretch.superior_id.label("holder_id"),
        stretch.c.superior_id.label("superior_id"),
    ).select_from(superior.join(asked.outerjoin(person, true()).outerjoin(stretch, true())))
    return _with_substitutes(duty.subquery("duty"), Scope.REVIEW)


def _with_substitutes(duty: Subquery, scope: Scope) -> AnySelect:
    """Return who has the duty of `holder_id` towards `id`, and who has not arrived of those it depends on."""
    others = [one for one in (duty.c.id, duty.c.get("superior_id")) if one is not None]
    substitution, holder = (
        substitution_for(duty.c.holder_id, scope, *others),
        OfficialOfEach(duty.c.holder_id, "holder"),
    )
    # CASE and not COALESCE: row-level security keeps what may leak a value, as which COALESCE counts, from the indexes
    stands_in = substitution.c.substitute_id.is_not(None)
    superior_id = case((stands_in, substitution.c.substitute_id), else_=duty.c.holder_id)
    who = OfficialOfEach(superior_id, "who")
    joined = holder.join(duty.outerjoin(substitution, true()))
    missing = case(
        (duty.c.missing.is_not(None), duty.c.missing),
        (duty.c.holder_id.is_(None), null()),
        (~holder.is_known, duty.c.holder_id),
        (~who.is_known, superior_id),
    )
    return select(
        duty.c.id,
        missing.label("missing"),
        duty.c.holder_id,
        holder.is_reachable.label("holder_reachable"),
        substitution.c.substitution_id,
        substitution.c.kind,
        superior_id.label("superior_id"),
        who.is_external.label("external"),
        who.is_reachable.label("reachable"),
    ).select_from(who.join(joined))


def reachable_on(tx: Transaction, officials: Iterable[UUID], day: date) -> frozenset[UUID]:
    """Return who of these is known to be reachable on a day: in active service, or an external official in office."""
    return frozenset(tx.session.scalars(_reachable_query(), {"asked": distinct(officials), "day": day}))


@cache
def _reachable_query() -> AnySelect:
    asked = asked_for()
    who = OfficialOfEach(asked.c.id, "who")
    return select(asked.c.id).select_from(who.join(asked)).where(who.is_reachable)


def left_on(tx: Transaction, officials: Iterable[UUID], day: date) -> frozenset[UUID]:
    """Return who of these is known and has no place on a day: neither in service, be it on leave, nor in an office.

    Who has not arrived is not among them: nothing is known of them.
    """
    return frozenset(tx.session.scalars(_left_query(), {"asked": distinct(officials), "day": day}))


@cache
def _left_query() -> AnySelect:
    asked = asked_for()
    who = OfficialOfEach(asked.c.id, "who")
    query = select(asked.c.id).select_from(who.join(asked))
    return query.where(who.is_known, not_(who.has_place))


def replaced_by_on(tx: Transaction, substitutes: Iterable[UUID], day: date) -> frozenset[UUID]:
    """Return in whose place these stand on a day, whatever they then may do."""
    return frozenset(tx.session.scalars(_replaced_query(), {"asked": distinct(substitutes), "day": day}))


@cache
def _replaced_query() -> AnySelect:
    asked, found = asked_for(), models.Substitution
    query = select(found.in_place_of_id).join(asked, asked.c.id == found.substitute_id)
    return query.where(holds_on(found), found.withdrawn.is_(false())).distinct()


def subordinates_on(tx: Transaction, superior_id: UUID, day: date) -> tuple[Subordinate, ...]:
    """Return the people in service whom somebody appraises on a day, also in another's place. Raise NotKnownYet.

    Those for whom another stands in on that day are among them, with the substitute.
    """
    return subordinates_on_each(tx, [superior_id], day).of(superior_id)


def subordinates_on_each(tx: Transaction, superiors: Iterable[UUID], day: date) -> Answers[tuple[Subordinate, ...]]:
    """Answer `subordinates_on` of many superiors."""
    return answer_each(
        tx,
        _subordinates_query(),
        superiors,
        day,
        lambda row: Subordinate(row.item_id, row.status, own_capacity(row), row.holder_id, row.substitute_id),
    )


@cache
def _subordinates_query() -> AnySelect:
    duties, stretch = holders(Scope.APPRAISE), models.Stretch
    substitution = substitution_for(duties.c.holder_id, Scope.APPRAISE, stretch.employee_id)
    theirs = or_(duties.c.holder_id == duties.c.id, substitution.c.substitute_id == duties.c.id)
    subordinates = (
        select(
            duties.c.id,
            stretch.employee_id.label("item_id"),
            stretch.status,
            duties.c.holder_id,
            substitution.c.kind,
            substitution.c.substitute_id,
        )
        .join(stretch, and_(stretch.superior_id == duties.c.holder_id, holds_on(stretch), in_service(stretch)))
        .outerjoin(substitution, true())
        .where(theirs)
    )
    return with_answers(subordinates.subquery("subordinates"))
