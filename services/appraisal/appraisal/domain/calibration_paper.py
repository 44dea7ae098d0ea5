"""The minutes of a calibration as a paper, whole or as an extract for those who may not read all of it.

The extract is for the appraisers who took part: it has no counts, nothing that was suggested about one of them, and
not the words of the minutes, which may say of them what they are not to know yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appraisal.domain.calibration import Calibration, Reader, Suggestion, SuggestionOutcome
from appraisal.domain.org_predicate import SetterCapacity
from appraisal.domain.paper_people import PaperPeople
from appraisal.domain.paper_words import NOTHING, PREDICATES, RATINGS, period_in_words, signed
from appraisal.domain.periods import local_date
from chassis.errors import OwnAffair, required
from chassis.indonesian import moment_in_words
from directory.performance import Predicate
from documents.papers import Column, Paper, Section, Table, printed_nip

_TITLE = "Berita Acara Kalibrasi Penilaian Kinerja"
_EXTRACT = (
    "Petikan untuk peserta: sebaran predikat, notulen, dan saran tentang penilaian peserta sendiri, tidak dicantumkan."
)
_LEFT_OUT = "Tidak dicantumkan dalam petikan ini."
_MINUTES_LATER = f"{_LEFT_OUT} Peserta membacanya pada sesi kalibrasi setelah penilaiannya sendiri terbit."
_OPENED_AS = {
    SetterCapacity.LEADER_ABOVE: "pimpinan unit di atasnya",
    SetterCapacity.HR: "pengelola kepegawaian",
}
_LEADER, _APPRAISER = "pimpinan unit di atasnya", "pejabat penilai kinerja"
_PERSON = (Column("Nama dan NIP", 9), Column("Jabatan", 7), Column("Unit kerja", 7))


def reads_whole(session: Calibration, suggestions: Sequence[Suggestion], reader: Reader) -> bool:
    """Return whether somebody gets the whole minutes, or the extract of them.

    Raise OwnAffair for whoever would read in it what was suggested about themselves.
    """
    is_concerned = any(one.employee_id == reader.employee_id for one in suggestions)
    if is_concerned and reader.employee_id not in session.participants:
        raise OwnAffair
    return reader.sees_counts and not is_concerned


@dataclass(frozen=True)
class MinutesToPrint:
    """A session that was closed, with all that was suggested in it."""

    session: Calibration
    suggestions: Sequence[Suggestion]
    whole: bool
    unit: str
    agency: str
    time_zone: str

    @property
    def shown(self) -> list[Suggestion]:
        return [one for one in self.suggestions if self.whole or one.employee_id not in self.session.participants]

    @property
    def people(self) -> tuple[UUID | None, ...]:
        one, shown = self.session, self.shown
        named = [person for each in shown for person in (each.employee_id, each.suggested_by, each.answered_by)]
        return (one.opened_by, one.closed_by, *one.participants, *named)

    def paper(self, people: PaperPeople) -> Paper:
        one = self.session
        closed_at = required(one.closed_at, "kalibrasi", one.id)
        closed = moment_in_words(closed_at, self.time_zone)
        return Paper(
            title=_TITLE if self.whole else f"Petikan {_TITLE}",
            agency=self.agency,
            period=period_in_words(one.period),
            status=f"Ditutup pada {closed}",
            day=local_date(closed_at, self.time_zone),
            people=(
                people.person("Yang membuka kalibrasi", one.opened_by),
                people.person("Yang menutup kalibrasi", one.closed_by),
            ),
            sections=(
                self._session(closed), self._participants(people), self._distribution(), self._suggestions(people),
                Section("Notulen", one.minutes if self.whole else _MINUTES_LATER),
            ),
            signatures=(people.signature("Pimpinan unit di atasnya", signed("Ditutup", closed, None), one.closed_by),),
            remarks=() if self.whole else (_EXTRACT,),
        )  # fmt: skip

    def _moment(self, moment: datetime) -> str:
        return moment_in_words(moment, self.time_zone)

    def _session(self, closed: str) -> Section:
        one = self.session
        rows = (
            ("Unit kerja", f"{self.unit}, dengan semua unit di bawahnya"),
            ("Periode penilaian", period_in_words(one.period)),
            ("Dibuka", f"{self._moment(one.opened_at)}, oleh {_OPENED_AS[one.capacity]}"),
            ("Alasan", one.reason),
            ("Batas akhir saran", self._moment(one.due_at)),
            ("Ditutup", f"{closed}, oleh {_LEADER}"),
        )
        return Section("Sesi kalibrasi", tables=(Table("", (Column("Uraian", 5), Column("Keterangan", 17)), rows),))

    def _participants(self, people: PaperPeople) -> Section:
        rows = tuple(
            (str(number), *_person(people, one), role[0].upper() + role[1:])
            for number, (one, role) in enumerate(self._roles().items(), 1)
        )
        columns = (Column("No.", 2), *_PERSON, Column("Selaku", 7))
        return Section("Yang mengikuti", tables=(Table("", columns, rows),))

    def _roles(self) -> dict[UUID, str]:
        """Return in which capacity each took part: invited as an appraiser, in an office above, or by answering."""
        one = self.session
        roles: dict[UUID, list[str]] = {person: [_APPRAISER] for person in one.participants}
        opener = f"{_OPENED_AS[one.capacity]}, yang membuka"
        if one.closed_by == one.opened_by and one.capacity is SetterCapacity.LEADER_ABOVE:
            roles.setdefault(one.opened_by, []).append(f"{opener} dan menutup")
        else:
            roles.setdefault(one.opened_by, []).append(opener)
            if one.closed_by is not None:
                roles.setdefault(one.closed_by, []).append(f"{_LEADER}, yang menutup")
        for each in self.shown:
            roles.setdefault(each.suggested_by, [f"{_LEADER}, yang memberi saran"])
            if each.answered_by is not None:
                roles.setdefault(each.answered_by, [f"{_APPRAISER} saat saran dijawab (pengganti atau penerus)"])
        return {person: "; ".join(parts) for person, parts in roles.items()}

    def _distribution(self) -> Section:
        title, after = "Sebaran predikat usulan dan hasil penilaian", self.session.counts_after or {}
        if not self.whole:
            return Section(title, _LEFT_OUT)
        before = self.session.counts_before
        rows = [(words, _count(before, one), _count(after, one)) for one, words in PREDICATES.items()]
        rows.append(("Jumlah", str(sum(before.values())), str(sum(after.values()))))
        columns = (Column("Predikat", 6), Column("Saat dibuka (orang)", 4), Column("Saat ditutup (orang)", 4))
        return Section(title, tables=(Table("", columns, tuple(rows)),))

    def _suggestions(self, people: PaperPeople) -> Section:
        title, shown = "Saran dan tindak lanjutnya", self.shown
        if not shown:
            return Section(title, "Tidak ada saran.")
        adopted = sum(one.outcome is SuggestionOutcome.ADOPTED for one in shown)
        refused = sum(one.outcome is SuggestionOutcome.REFUSED for one in shown)
        left = len(shown) - adopted - refused
        text = f"{len(shown)} saran: {adopted} diterapkan, {refused} ditolak, {left} tidak dijawab."
        columns = (
            Column("No.", 2), Column("Pegawai", 9), Column("Semula", 4), Column("Saran dan alasannya", 10),
            Column("Pemberi saran", 5), Column("Tindak lanjut", 9),
        )  # fmt: skip
        rows = tuple(self._row(number, one, people) for number, one in enumerate(shown, 1))
        return Section(title, text, (Table("", columns, rows),))

    def _row(self, number: int, one: Suggestion, people: PaperPeople) -> tuple[str, ...]:
        rated = f"Hasil kerja {RATINGS[one.work_result].lower()}, perilaku {RATINGS[one.behaviour].lower()}"
        return (
            str(number),
            _person(people, one.employee_id)[0],
            PREDICATES[one.predicate_before],
            f"{rated}. Alasan: {one.reason}",
            people.person("", one.suggested_by).name,
            self._answer(one, people),
        )

    def _answer(self, one: Suggestion, people: PaperPeople) -> str:
        if one.outcome is None or one.answered_at is None:
            return "Tidak dijawab sampai kalibrasi ditutup; penilaian tetap."
        by = f"oleh {people.person('', one.answered_by).name} pada {self._moment(one.answered_at)}"
        if one.outcome is SuggestionOutcome.REFUSED:
            return f"Ditolak {by}; penilaian tetap. Alasan: {one.answer}"
        predicate = NOTHING if one.predicate_after is None else PREDICATES[one.predicate_after]
        return f"Diterapkan {by}; predikat menjadi {predicate}."


def _person(people: PaperPeople, person_id: UUID) -> tuple[str, str, str]:
    one = people.person("", person_id)
    return f"{one.name}\nNIP {printed_nip(one.nip)}", one.position, one.unit


def _count(counts: dict[Predicate, int], predicate: Predicate) -> str:
    return str(counts.get(predicate, 0))
