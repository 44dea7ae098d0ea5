"""The people whom a paper names, as they were on its day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from appraisal.domain.paper_words import NOTHING, rank_in_words
from documents.papers import UNKNOWN, Person, Signature


@dataclass(frozen=True)
class PaperName:
    """By what personnel names somebody today, with the titles of the positions that they were given, by code.

    An official from outside has no number and no code.
    """

    name: str
    position_title: str
    unit_name: str
    nip: str | None = None
    position_code: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OfficeOfDay:
    """What the directory knows of somebody on the day of a paper."""

    position_code: str
    grade: str
    unit_name: str


@dataclass(frozen=True)
class PaperPeople:
    names: Mapping[UUID, PaperName]
    offices: Mapping[UUID, OfficeOfDay] = field(default_factory=dict)

    def person(self, role: str, person_id: UUID | None) -> Person:
        """Return somebody in the words of a paper, which says what is not known instead of leaving it out.

        Rank, unit and position are those of the day; of a position whose title nobody knows, the code.
        """
        if person_id is None:
            return Person(role, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
        name, office = self.names.get(person_id), self.offices.get(person_id)
        is_outside = name is not None and name.nip is None
        return Person(
            role=role,
            name=name.name if name else UNKNOWN,
            nip=NOTHING if is_outside else (name and name.nip) or UNKNOWN,
            rank=rank_in_words(office.grade) if office else NOTHING if is_outside else UNKNOWN,
            position=_position(name, office),
            unit=office.unit_name if office else name.unit_name if name else UNKNOWN,
        )

    def signature(self, role: str, words: str, person_id: UUID | None) -> Signature:
        signer = self.person(role, person_id)
        return Signature(role, words, signer.name, signer.nip)


def _position(name: PaperName | None, office: OfficeOfDay | None) -> str:
    if name is None:
        return office.position_code if office else UNKNOWN
    if office is None or office.position_code == name.position_code:
        return name.position_title or UNKNOWN
    return name.titles.get(office.position_code, office.position_code)
