"""In which capacity somebody may appraise on a day: as the one named, in their place, or by an order."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.values import Capacity
from chassis.errors import Forbidden
from directory import answers
from directory.answers import Answers, NotKnownYet, Superior

_STANDING_IN = {
    answers.Capacity.ACTING: Capacity.ACTING,
    answers.Capacity.DELEGATE: Capacity.DELEGATE,
    answers.Capacity.EXTERNAL: Capacity.EXTERNAL,
}


def capacity_of(duty: Superior, own: Capacity) -> Capacity:
    """Return in which capacity somebody does a duty: the holder in their own, anybody else in their place."""
    return _STANDING_IN.get(duty.capacity, own)


@dataclass(frozen=True)
class OfficialToday:
    """Somebody who wants to appraise today, and who has this duty towards the people concerned.

    `is_employed`: an employee in active service; `is_external`: an official from outside, in office. `superiors` need
    not hold those whose plan or evaluation bears the name of an employed official: it is theirs whoever stands in.
    """

    official: UUID | None
    is_employed: bool
    is_external: bool
    superiors: Answers[Superior | None]

    def capacity(self, employee_id: UUID, named: UUID | None, own: Capacity = Capacity.APPRAISER) -> Capacity:
        """Return the capacity towards an employee. Raise Forbidden, or NotKnownYet.

        `named` is the official whose name the plan or the evaluation bears. While it is the superior of today, whoever
        stands in for them may appraise too; later only they themselves, and nobody who has left or is away.
        """
        if self.official is None or self.official == employee_id:
            raise Forbidden
        if self.is_employed and named == self.official:
            return own
        superior = self.superiors.of(employee_id)
        if superior is not None and superior.holder_id == named and superior.superior_id == self.official:
            if superior.reachable:
                return capacity_of(superior, own)
        elif named == self.official and self.is_external:
            return own
        raise Forbidden

    def find(self, employee_id: UUID, named: UUID | None, own: Capacity = Capacity.APPRAISER) -> Capacity | None:
        """Return the capacity; None where there is none, or where it is not known yet."""
        try:
            return self.capacity(employee_id, named, own)
        except (Forbidden, NotKnownYet):
            return None
