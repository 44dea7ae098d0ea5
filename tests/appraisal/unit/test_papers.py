"""What papers say in words, and the national codes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest

from appraisal.domain.decision_paper import around
from appraisal.domain.document import Document, DocumentKind, DocumentStage, DocumentSubject, Standing, new_code
from appraisal.domain.errors import DocumentNotYet
from appraisal.domain.national_codes import national_codes
from appraisal.domain.paper_people import OfficeOfDay, PaperName, PaperPeople
from appraisal.domain.paper_words import days_in_words, number_in_words, period_in_words, rank_in_words, signed
from appraisal.domain.periods import Period
from appraisal.domain.plan_content import Indicator
from appraisal.domain.plan_paper import target_in_words
from appraisal.domain.rating import predicate_of
from appraisal.domain.rules import RuleKind
from appraisal.domain.values import Capacity, PlanState, RatingLevel
from appraisal.persistence.rules import national_rules
from directory.performance import Predicate
from tests.documents.samples import a_paper

ABOVE, MEETS, BELOW = RatingLevel
MATRIX = next(one for one in national_rules() if one.kind is RuleKind.PREDICATE_MATRIX).value


@pytest.mark.parametrize(
    ("work_result", "behaviour", "codes"),
    [
        (ABOVE, ABOVE, (1, 1, 1)),
        (ABOVE, MEETS, (1, 2, 2)),
        (ABOVE, BELOW, (1, 3, 4)),
        (MEETS, ABOVE, (2, 1, 2)),
        (MEETS, MEETS, (2, 2, 2)),
        (MEETS, BELOW, (2, 3, 4)),
        (BELOW, ABOVE, (3, 1, 3)),
        (BELOW, MEETS, (3, 2, 3)),
        (BELOW, BELOW, (3, 3, 5)),
    ],
)
def test_each_of_the_nine_cells_has_its_national_codes(work_result, behaviour, codes):
    from appraisal.domain.rating import PredicateMatrix

    predicate = predicate_of(PredicateMatrix.parse(MATRIX), work_result, behaviour)
    assert national_codes(work_result, behaviour, predicate) == codes


def test_every_code_of_every_word_has_its_national_number():
    assert {national_codes(MEETS, MEETS, one)[2] for one in Predicate} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("number", "words"),
    [("120", "120"), ("1E+3", "1.000"), ("1234567.50", "1.234.567,5"), ("-0.25", "-0,25"), ("0", "0")],
)
def test_numbers_are_written_as_in_indonesia(number, words):
    assert number_in_words(Decimal(number)) == words


def test_periods_and_days_have_their_names():
    assert period_in_words(Period.of(2026, quarter=3)) == "Triwulan III 2026"
    assert period_in_words(Period.of(2026, month=3)) == "Maret 2026"
    assert period_in_words(Period.of(2026)) == "Tahun 2026"
    assert days_in_words(date(2026, 1, 1), date(2026, 3, 31)) == "1 Januari – 31 Maret 2026"
    assert days_in_words(date(2025, 12, 1), date(2026, 1, 31)) == "1 Desember 2025 – 31 Januari 2026"


def test_ranks_are_those_of_pns_and_a_pppk_has_a_grade():
    assert rank_in_words("IV/e") == "Pembina Utama (IV/e)"
    assert rank_in_words("IX") == "Golongan IX"


def test_a_target_is_a_number_with_its_unit_or_its_own_words():
    assert target_in_words(Indicator("x", target_number=Decimal(1200), unit="usul")) == "1.200 usul"
    assert target_in_words(Indicator("x", target_text="paling lambat 5 hari", unit="hari")) == "paling lambat 5 hari"
    assert target_in_words(Indicator("x")) == "–"


def test_a_signature_says_as_whom_where_it_was_not_in_the_own_office():
    moment = "12 Januari 2026 pukul 09.00 WIB"
    assert signed("Disetujui", moment, Capacity.APPRAISER) == f"Disetujui secara elektronik pada {moment}"
    assert signed("Dinilai", moment, Capacity.HR).endswith("selaku pengelola kepegawaian dengan surat keputusan")


def test_a_person_is_named_as_far_as_is_known():
    siti, governor, nobody = uuid4(), uuid4(), uuid4()
    names = {
        siti: PaperName("Siti", "Analis", "Biro SDM", "199004172019032005", "ASDM-1"),
        governor: PaperName("Gubernur", "Gubernur", "Provinsi Contoh"),
    }
    people = PaperPeople(names, {siti: OfficeOfDay("ASDM-1", "III/b", "Subbagian")})
    found = people.person("Pegawai", siti)
    assert (found.position, found.rank, found.unit) == ("Analis", "Penata Muda Tk. I (III/b)", "Subbagian")
    outside = people.person("Pejabat", governor)
    assert (outside.nip, outside.rank, outside.unit) == ("–", "–", "Provinsi Contoh")
    assert set(vars(people.person("Atasan", nobody)).values()) == {"Atasan", "belum tercatat"}
    assert people.person("Atasan", None).name == "–"


def test_a_position_of_another_time_is_shown_by_its_title_or_where_nobody_knows_that_by_its_code():
    siti, then = uuid4(), OfficeOfDay("ASDM-1", "III/b", "U")
    now = PaperName("Siti", "Analis Ahli Muda", "Biro", "1", "ASDM-2")
    named = replace(now, titles={"ASDM-1": "Analis Ahli Pertama", "ASDM-2": "Analis Ahli Muda"})
    assert PaperPeople({siti: named}, {siti: then}).person("x", siti).position == "Analis Ahli Pertama"
    assert PaperPeople({siti: now}, {siti: then}).person("x", siti).position == "ASDM-1"


def test_codes_are_random_and_easy_to_type():
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 26 and set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for code in codes)


def test_a_paper_holds_until_its_subject_has_another_revision_or_none():
    subject = DocumentSubject(DocumentKind.ANNUAL_EVALUATION, uuid4(), 1, DocumentStage.FINAL)
    document = Document.made(subject, a_paper(), uuid4(), datetime(2027, 1, 29, tzinfo=UTC))
    later = DocumentSubject(subject.kind, subject.subject_id, 2, DocumentStage.FINAL)
    assert [document.standing(now) for now in ([subject], [later], [])] == list(Standing)


def test_there_is_no_paper_of_a_plan_that_nobody_agreed():
    with pytest.raises(DocumentNotYet) as refused:
        DocumentSubject.of_plan(SimpleNamespace(active_version=None, state=PlanState.DRAFT))
    assert "SKP berstatus konsep" in refused.value.detail


def test_a_decision_stands_between_the_ratings_around_it():
    day = datetime(2027, 1, 12, tzinfo=UTC)
    first, decided, corrected = (SimpleNamespace(at=day + timedelta(days=days)) for days in (0, 17, 40))
    assert around([first, decided, corrected], decided.at) == (first, decided)
    assert around([first, corrected], decided.at) == (first, first)
