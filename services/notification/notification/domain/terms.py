"""What must still hold of a text when its e-mail goes out, which may be days after it was written."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DutyPart(StrEnum):
    """As what somebody is written to about a duty: it is theirs, they stand in for whose it is, or are above them."""

    OWN = "OWN"
    IN_PLACE = "IN_PLACE"
    ABOVE = "ABOVE"


class Dropped(StrEnum):
    """Why a text is not sent any more, as the operator reads it."""

    DEADLINE_PASSED = "DEADLINE_PASSED"
    DUTY_CHANGED = "DUTY_CHANGED"
    RECIPIENT_GONE = "RECIPIENT_GONE"
    NO_LONGER_IN_PLACE = "NO_LONGER_IN_PLACE"
    NO_LONGER_ABOVE = "NO_LONGER_ABOVE"


@dataclass(frozen=True)
class Terms:
    """Kept with a text about somebody's duty: as of when it is, until when it is of use, and whose the duty is.

    `of_service`: it ends with the service of whose it is; else it stays with who has left, as a right of theirs does.
    """

    as_of: datetime
    part: DutyPart
    duty_of: UUID
    useful_until: datetime | None = None
    of_service: bool = True


@dataclass(frozen=True)
class Standing:
    """How the people whom texts concern stand today; what is not known of them keeps no text back.

    `outdated`: until when texts about somebody's duties hold no longer. `in_place_of`: by person, for whom they
    stand in. `above`: by person, who is above them, or stands in there; of whom that is known.
    """

    now: datetime
    deceased: AbstractSet[UUID] = frozenset()
    left: AbstractSet[UUID] = frozenset()
    outdated: Mapping[UUID, datetime] = field(default_factory=dict)
    in_place_of: Mapping[UUID, AbstractSet[UUID]] = field(default_factory=dict)
    above: Mapping[UUID, AbstractSet[UUID]] = field(default_factory=dict)

    def dropped(self, recipient: UUID, terms: Terms) -> Dropped | None:
        """Return why a text to somebody is not sent any more; None: it is."""
        if terms.useful_until is not None and self.now > terms.useful_until:
            return Dropped.DEADLINE_PASSED
        if recipient in self.deceased or (recipient in self.left and terms.of_service):
            return Dropped.RECIPIENT_GONE
        if terms.part is DutyPart.IN_PLACE and terms.duty_of not in self.in_place_of.get(recipient, ()):
            return Dropped.NO_LONGER_IN_PLACE
        if terms.part is DutyPart.ABOVE and recipient not in self.above.get(terms.duty_of, {recipient}):
            return Dropped.NO_LONGER_ABOVE
        outdated = self.outdated.get(terms.duty_of)
        return Dropped.DUTY_CHANGED if outdated is not None and terms.as_of < outdated else None
