"""Who may decide an objection, on a day (PP 30/2019 Art. 59): impartial, and above who rated."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from appraisal.domain.errors import DeciderBelowParty, DeciderIsDesignator, DeciderNotAbove, DeciderNotAllowed
from appraisal.domain.evaluation import Evaluation, RatingRecord
from appraisal.domain.objection import Objection
from appraisal.domain.rank import outranks
from directory.answers import NotKnownYet, Superior
from directory.timelines import Stretch


@dataclass(frozen=True)
class Lines:
    """Who is above whom on a day: the superior of each person who was met on the way to the top.

    `missing`: of whom that is not known, and who has not arrived.
    """

    superiors: Mapping[UUID, Superior | None] = field(default_factory=dict)
    missing: Mapping[UUID, UUID] = field(default_factory=dict)

    def above(self, person: UUID) -> frozenset[UUID]:
        """Return everybody above somebody, at any distance: who holds an office, and who stands in there.

        Raise NotKnownYet.
        """
        return self._above(person, lambda one: (one.holder_id, one.superior_id))

    def holders_above(self, person: UUID) -> frozenset[UUID]:
        """Return who holds an office above somebody, at any distance. Raise NotKnownYet."""
        return self._above(person, lambda one: (one.holder_id,))

    def is_above(self, official: UUID, person: UUID) -> bool:
        """Return whether an official is known to be above somebody."""
        try:
            return official in self.above(person)
        except NotKnownYet:
            return False

    def _above(self, person: UUID, officials: Callable[[Superior], tuple[UUID, ...]]) -> frozenset[UUID]:
        found: set[UUID] = set()
        asked = [person]
        while asked:
            one = asked.pop()
            if one in self.missing:
                raise NotKnownYet(self.missing[one])
            superior = self.superiors.get(one)
            further = set() if superior is None else set(officials(superior)) - found
            found |= further
            asked += further
        return frozenset(found)


@dataclass(frozen=True)
class Matter:
    """Whose objection it is, whose rating, and who has rated, finished, corrected or defended it."""

    employee_id: UUID
    appraiser_id: UUID
    raters: frozenset[UUID]

    @property
    def parties(self) -> frozenset[UUID]:
        return self.raters | {self.employee_id}

    @classmethod
    def of(
        cls, evaluation: Evaluation, records: Iterable[RatingRecord], objections: Iterable[Objection] = ()
    ) -> "Matter":
        """Return the matter of an evaluation: everybody who made one of its ratings, or answered an objection to it."""
        named = {evaluation.appraiser_id, evaluation.rated_by, evaluation.finished_by}
        named |= {one.stated_by for one in objections}
        named |= {evaluation.order_proposed_by, evaluation.order_approved_by}
        raters = named | {one.decided_by for one in records}
        return cls(evaluation.employee_id, evaluation.appraiser_id, frozenset(one for one in raters if one is not None))


@dataclass(frozen=True)
class Standing:
    """What the directory knows on a day of those who may decide: their lines, their posts, and who is from outside."""

    lines: Lines
    posts: Mapping[UUID, Stretch | None] = field(default_factory=dict)
    outside: Collection[UUID] = ()


def require_impartial(matter: Matter, official: UUID, lines: Lines, designator: UUID | None = None) -> None:
    """Raise the reason for which somebody may not decide on a day, whom HR has designated or not.

    Nobody decides who is a party, has designated the decider, or stands below the objector on that day.
    """
    if official == designator:
        raise DeciderIsDesignator
    if official in matter.parties:
        raise DeciderNotAllowed
    if matter.employee_id in lines.above(official):
        raise DeciderBelowParty(party="pegawai yang mengajukan keberatan")


def reviewer_who_decides(matter: Matter, reviewer_id: UUID | None, lines: Lines) -> UUID | None:
    """Return the superior of who rated, to whom an objection goes; None where they are not impartial.

    Who is above them may not be known yet: that keeps nobody from objecting, and is asked again at the decision.
    """
    if reviewer_id is None or reviewer_id in matter.parties:
        return None
    return None if lines.is_above(matter.employee_id, reviewer_id) else reviewer_id


def require_designated(matter: Matter, official: UUID, designator: UUID, standing: Standing) -> None:
    """Raise the reason for which HR may not designate an official.

    The decider is impartial, is not who designates nor below them, and is above who rated: by rank, by the line, or as
    an official from outside who is recorded as such, to whom the objection to a top official's rating goes.
    """
    require_impartial(matter, official, standing.lines, designator)
    if official in standing.outside:
        return
    if designator in standing.lines.above(official):
        raise DeciderBelowParty(party="petugas yang menunjuk")
    if outranks(standing.posts.get(official), standing.posts.get(matter.appraiser_id)):
        return
    if official not in standing.lines.holders_above(matter.appraiser_id):
        raise DeciderNotAbove
