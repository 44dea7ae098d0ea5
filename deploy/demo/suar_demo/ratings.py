"""How the fictional ministry rates: drawn once from each person's number, so that a replay gives the same year."""

import hashlib
from dataclasses import dataclass

from suar_demo.context import SITI_NIP, Person

NOTE = "Capaian di bawah ekspektasi; lihat bukti dan umpan balik pada periode ini."
IDEA = "Gagasan baru yang bermanfaat; lihat bukti dan umpan balik pada periode ini."
# of a thousand people: (up to, work result, behaviour)
MIX = (
    (120, "ABOVE", "ABOVE"),
    (220, "ABOVE", "MEETS"),
    (260, "MEETS", "ABOVE"),
    (920, "MEETS", "MEETS"),
    (970, "BELOW", "MEETS"),
    (980, "BELOW", "ABOVE"),
    (995, "MEETS", "BELOW"),
    (1000, "BELOW", "BELOW"),
)
# Siti's year, as the scenario has it: quarters 1 to 4, and the annual document as it was issued.
SITI = {
    1: ("MEETS", "MEETS"),
    2: ("BELOW", "MEETS"),
    3: ("MEETS", "ABOVE"),
    4: ("ABOVE", "ABOVE"),
    None: ("BELOW", "MEETS"),
}
# The nine colleagues of her unit, by number: with her GOOD, the pattern of a GOOD unit holds exactly.
COLLEAGUES = (("ABOVE", "ABOVE"), *[("MEETS", "MEETS")] * 6, ("BELOW", "MEETS"), ("MEETS", "BELOW"))


@dataclass(frozen=True)
class Rating:
    work_result: str
    behaviour: str

    @property
    def predicate(self) -> str:
        """The matrix, written out a second time on purpose: the demo checks the system with it (PermenPANRB 6/2022)."""
        if self.behaviour == "BELOW":
            return "VERY_POOR" if self.work_result == "BELOW" else "POOR_MISCONDUCT"
        if self.work_result == "BELOW":
            return "NEEDS_IMPROVEMENT"
        return "VERY_GOOD" if (self.work_result, self.behaviour) == ("ABOVE", "ABOVE") else "GOOD"

    def body(self, person: Person, quarter: int | None) -> dict[str, object]:
        """What the appraiser sends."""
        codes: list[str] = []
        if self.work_result == "BELOW" and quarter is not None:
            codes = ["process_analysis"]
        best = IDEA if self.work_result == self.behaviour == "ABOVE" else ""
        return {
            "employee_id": person.employee_id,
            "work_result": self.work_result,
            "behaviour": self.behaviour,
            "work_result_note": NOTE if self.work_result == "BELOW" else best,
            "behaviour_note": NOTE if self.behaviour == "BELOW" else "",
            "competency_codes": codes,
        }


def rating_of(person: Person, quarter: int | None, siti_unit: list[Person]) -> Rating:
    """Return the rating of one person for a quarter, or for the year."""
    if person.nip == SITI_NIP:
        return Rating(*SITI[quarter])
    colleagues = sorted(one.nip for one in siti_unit if one.nip != SITI_NIP)
    if person.nip in colleagues:
        return Rating(*COLLEAGUES[colleagues.index(person.nip)]) if quarter is None else Rating("MEETS", "MEETS")
    draw = int.from_bytes(hashlib.sha256(f"{person.nip}/{quarter}".encode()).digest()[:4]) % 1000
    return next(Rating(work, behaviour) for limit, work, behaviour in MIX if draw < limit)
