"""What the checker says of whole files: cells, matrices of agencies, reasons, officers, zones, deadlines."""

import copy
import json
from itertools import product

import pytest

from appraisal.domain.canonical import digest_of
from suar_auditor.findings import Result
from suar_auditor.reading import parse
from suar_auditor.verify import verify
from tests.auditor.files import (
    HEAD,
    MATRIX,
    OBJECTIONS,
    WORDS_OF_RIGHTS,
    a_lowered_year,
    a_quarter,
    a_year,
    basis,
    considered,
    explained,
    in_file,
    revision,
    rights,
    seal,
    sealed,
)

LEVELS = ("ABOVE", "MEETS", "BELOW")
CELLS = dict(
    zip(
        product(LEVELS, LEVELS),
        ("VERY_GOOD", "GOOD", "POOR_MISCONDUCT", "GOOD", "GOOD", "POOR_MISCONDUCT",
         "NEEDS_IMPROVEMENT", "NEEDS_IMPROVEMENT", "VERY_POOR"),
        strict=True,
    )
)  # fmt: skip
PREDICATES = ("VERY_GOOD", "GOOD", "NEEDS_IMPROVEMENT", "POOR_MISCONDUCT", "VERY_POOR")
OWN = {"rule_version": "kementerian-contoh/2026-01-01/abcdef", "legal_source": "Peraturan Menteri Contoh 1/2026"}


def checks(file):
    return list(verify(parse(json.dumps(seal(file)).encode())))


def differing(file):
    return {one.code for one in checks(file) if one.result is Result.DIFFERS}


def check(file, code):
    return next(one for one in checks(file) if one.code == code)


@pytest.mark.parametrize(("levels", "right"), CELLS.items(), ids="-".join)
def test_each_cell_has_one_right_predicate(levels, right):
    file = a_quarter(*levels)
    assert differing(file) == set()
    for predicate in PREDICATES:
        explanation = copy.deepcopy(file["explanation"])
        explanation["predicate"] = explanation["matrix_cell"]["predicate"] = predicate
        explanation["history"][0]["predicate"] = predicate
        wanted = set() if predicate == right else {"predicate"}
        assert differing({**file, "explanation": explanation}) == wanted


def with_matrix(matrix, *levels, **fields):
    """A quarter that was rated by a matrix of the agency's own."""
    rule = {**in_file(MATRIX), **OWN, "effective_from": "2026-01-01", "value": matrix, **fields}
    file = a_quarter(*levels)
    explanation = file["explanation"]
    named = {name: rule[name] for name in ("rule_version", "effective_from", "legal_source", "verified")}
    explanation["rule"] = {**named, "text": "", "matrix": matrix}
    explanation["history"][0]["rule_version"] = rule["rule_version"]
    predicate = matrix[levels[0]][levels[1]]
    explanation["predicate"] = explanation["matrix_cell"]["predicate"] = predicate
    explanation["history"][0]["predicate"] = predicate
    return {**file, "rules": [in_file(MATRIX), rule]}


def changed_matrix(row, column, predicate):
    matrix = copy.deepcopy(MATRIX.value)
    matrix[row][column] = predicate
    return matrix


def test_an_agencys_own_matrix_within_the_limits_is_right_and_named_as_such():
    file = with_matrix(changed_matrix("MEETS", "ABOVE", "VERY_GOOD"), "MEETS", "ABOVE")
    assert differing(file) == set()
    own = [one for one in checks(file) if one.code == "rule"][-1]
    assert own.subject == "Aturan PREDICATE_MATRIX kementerian-contoh/2026-01-01/abcdef"
    assert own.stated == "aturan milik instansi, dalam batas nasional"
    predicate = check(file, "predicate")
    assert predicate.stated == "Sangat Baik (VERY_GOOD)"
    assert "kementerian-contoh/2026-01-01/abcdef" in predicate.right


@pytest.mark.parametrize(
    ("cell", "predicate", "words"),
    [
        (
            ("BELOW", "ABOVE"),
            "GOOD",
            "value.BELOW.ABOVE GOOD melampaui batas nasional: paling banyak NEEDS_IMPROVEMENT",
        ),
        (("MEETS", "MEETS"), "NEEDS_IMPROVEMENT", "melampaui batas nasional: paling sedikit GOOD"),
        (("ABOVE", "ABOVE"), "GOOD", ""),
        (("BELOW", "BELOW"), "POOR_MISCONDUCT", ""),
        (("MEETS", "MEETS"), "VERY_GOOD", "tidak dapat dipakai (ABOVE.MEETS: tidak lebih rendah daripada MEETS.MEETS)"),
    ],
)
def test_an_own_matrix_beyond_the_national_limits_is_a_difference(cell, predicate, words):
    file = with_matrix(changed_matrix(*cell, predicate), *cell)
    assert ("rule" in differing(file)) == bool(words)
    assert words in [one for one in checks(file) if one.code == "rule"][-1].stated


def test_a_matrix_is_the_agencys_that_made_the_file_and_holds_by_the_end_of_the_period():
    matrix = changed_matrix("MEETS", "ABOVE", "VERY_GOOD")
    foreign = with_matrix(matrix, "MEETS", "ABOVE", rule_version="kementerian-lain/2026-01-01/abcdef")
    assert differing(foreign) == {"rule"}
    assert differing(with_matrix(matrix, "MEETS", "ABOVE", effective_from="2026-07-01")) == {"rule_day"}
    national = with_matrix(matrix, "MEETS", "ABOVE", rule_version=MATRIX.rule_version)
    assert {"rule", "predicate"} <= differing(national)
    unnamed = with_matrix(matrix, "MEETS", "ABOVE")
    assert differing({**unnamed, "rules": [in_file(MATRIX)]}) == {"rule_named", "predicate"}


def test_a_basis_that_was_never_made_is_noted_and_no_fault():
    file = a_quarter()
    (noted,) = [one for one in checks(file) if one.result is Result.NOTED]
    assert (noted.code, noted.subject, noted.stated) == ("basis_missing", "Dasar revisi 1", "tidak dibekukan")


def test_a_basis_is_of_one_revision_of_the_history_once():
    explanation = a_year()["explanation"]
    for bases in ([*explanation["bases"], explanation["bases"][0]],
                  [basis({**explanation["history"][0], "revision": 7}, explanation["inputs"], [])]):  # fmt: skip
        assert "basis_revision" in differing(sealed({**explanation, "bases": bases}))


def test_a_basis_that_suar_found_changed_is_a_difference():
    explanation = a_year()["explanation"]
    explanation["bases"][0]["intact"] = False
    assert differing(sealed(explanation)) == {"basis_intact"}


def test_what_an_annual_rating_considered_is_what_its_basis_has():
    explanation = a_year()["explanation"]
    explanation["inputs"]["periodic_evaluations"].insert(0, considered(2, "ABOVE", "MEETS"))
    assert differing(sealed(explanation)) == {"inputs_in_basis"}
    explanation["inputs"]["periodic_evaluations"].append(considered(1, "ABOVE", "MEETS"))
    assert differing(sealed(explanation)) == {"inputs_in_basis", "considered"}


@pytest.mark.parametrize("levels", [("BELOW", "MEETS"), ("MEETS", "BELOW"), ("ABOVE", "ABOVE")])
def test_an_extreme_level_needs_its_reason(levels):
    explanation = a_quarter(*levels)["explanation"]
    for shown in (explanation["history"][0], explanation["inputs"]):
        shown |= {"work_result_note": " ", "behaviour_note": ""}
    assert differing(sealed(explanation, rules=[in_file(MATRIX)])) == {"notes"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"capacity": "REVIEWER"}, {"capacity"}),
        ({"capacity": "DESIGNATED"}, {"capacity"}),
        ({"capacity": "HR"}, {"capacity"}),
        ({"capacity": "HR", "order_reference": "SK-9"}, set()),
        ({"capacity": "ACTING"}, set()),
        ({"revision": 2}, {"revisions"}),
        ({"at": "2027-03-03T03:00:00Z"}, {"order_of_time"}),
    ],
)
def test_a_first_rating_is_by_who_appraises_or_by_hr_with_an_order(fields, codes):
    explanation = a_quarter()["explanation"]
    explanation["history"][0] |= fields
    one = explanation["history"][0]
    explanation["decided_by"] = {"employee_id": HEAD, "capacity": one["capacity"], "at": one["at"]}
    assert differing(sealed(explanation, rules=[in_file(MATRIX)])) == codes


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({}, Result.AGREES),
        ({"capacity": "HR", "order_reference": "SK-9"}, Result.AGREES),
        ({"capacity": "HR", "order_reference": " "}, Result.DIFFERS),
        ({"capacity": "HR", "order_reference": None}, Result.NOTED),
        ({"capacity": "REVIEWER"}, Result.DIFFERS),
    ],
)
def test_a_proposal_is_finished_by_who_appraises_or_by_hr_with_an_order(fields, result):
    explanation = a_quarter()["explanation"]
    explanation["finished"] |= fields
    found = checks(sealed(explanation, rules=[in_file(MATRIX)]))
    assert [one.result for one in found if one.code == "finished"] == [result]


def test_a_later_rating_has_its_reason():
    first = revision(1, "MEETS", "MEETS", at="2026-07-06T03:00:00Z")
    second = revision(2, "ABOVE", "MEETS", at="2026-07-07T03:00:00Z")
    explanation = {**a_quarter()["explanation"], "history": [first, second], "predicate": "GOOD"}
    inputs = {name: second[name] for name in ("work_result", "behaviour", "work_result_note", "behaviour_note")}
    explanation["inputs"] |= inputs
    explanation["matrix_cell"] = {name: second[name] for name in ("work_result", "behaviour", "predicate")}
    explanation["decided_by"] = {"employee_id": HEAD, "capacity": "APPRAISER", "at": second["at"]}
    assert differing(sealed(explanation, rules=[in_file(MATRIX)])) == {"capacity"}


def test_a_lowering_has_two_officers_or_is_noted_where_the_file_has_none():
    file = a_lowered_year()
    file["explanation"]["orders"][0]["proposed_by"] = file["explanation"]["orders"][0]["approved_by"]
    assert differing(file) == {"two_officers"}
    file["explanation"]["orders"] = []
    for one in file["explanation"]["bases"]:
        one["content"]["correction_order_id"] = None
    explanation = {**file["explanation"], "bases": [], "frozen": False}
    found = checks(sealed(explanation))
    assert [one.code for one in found if one.result is Result.DIFFERS] == []
    assert "two_officers" in [one.code for one in found if one.result is Result.NOTED]


ZONES = [("Asia/Jakarta", "WIB", 16), ("Asia/Makassar", "WITA", 15), ("Asia/Jayapura", "WIT", 14)]


def in_zone(zone, name, hour, filed_at):
    """A year whose objection was filed in the last second of its window, or later."""
    until = f"2027-01-26T{hour}:59:59Z"
    text = WORDS_OF_RIGHTS.format(zone=name, until=f"26 Januari 2027 pukul 23.59 {name}")
    own = rights(text=text, objection_until=until, moved=[], filed_at=filed_at, outcome=None,
                 decide_by=f"2027-02-09T{hour}:59:59Z")  # fmt: skip
    history = [revision(1, "BELOW", "MEETS", at="2027-01-12T03:00:00Z")]
    return sealed(explained(history, own, zone, state="OBJECTED", is_final=False), zone)


@pytest.mark.parametrize(("zone", "name", "hour"), ZONES)
def test_the_last_second_counts_in_each_zone_and_the_next_one_does_not(zone, name, hour):
    last = in_zone(zone, name, hour, f"2027-01-26T{hour}:59:59.999999Z")
    assert differing(last) == set()
    assert check(last, "filed_in_time").right == f"paling lambat 26 Januari 2027 pukul 23.59.59 {name}"
    late = in_zone(zone, name, hour, f"2027-01-26T{hour + 1}:00:00Z")
    # filed a second later it is another day there: the decision has a day more
    assert differing(late) == {"filed_in_time", "deadline"}


@pytest.mark.parametrize(("zone", "name", "hour"), ZONES)
def test_a_deadline_of_another_zone_is_found(zone, name, hour):
    for other, other_name, other_hour in ZONES:
        file = in_zone(zone, other_name, other_hour, "2027-01-20T03:00:00Z")
        file["explanation"]["rights"]["decide_by"] = f"2027-02-03T{other_hour}:59:59Z"
        assert differing(file) == (set() if other == zone else {"deadline", "rights_text"})


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC", "", "../etc/passwd", "Asia/Jakarta\n"])
def test_a_zone_that_is_none_of_indonesias_is_a_difference(zone):
    assert "time_zone" in differing(in_zone(zone, "WIB", 16, "2027-01-20T03:00:00Z"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"due_after": "2027-01-28T16:59:59Z"}, "seharusnya berakhir 28 Januari 2027 pukul 23.59.59 WIB"),
        ({"due_after": "2027-01-29T12:00:00Z"}, "langkah tidak berakhir pada akhir hari"),
        ({"due_before": "2027-01-25T16:59:59Z"}, "langkah mulai dari 25 Januari 2027 pukul 23.59.59 WIB"),
        ({"cause": "WITHDRAWAL"}, "pencabutan gangguan tidak memindahkan ke arah itu"),
        ({"cause": "GRANT"}, "perpanjangan perorangan tidak berasal dari gangguan"),
        ({"set_at": "2027-03-05T03:00:00Z"}, "langkah sesudah berkas dibuat"),
        ({"deadline": "DECISION"}, "26 Januari 2027 pukul 23.59.59 WIB"),
    ],
)
def test_a_moved_deadline_follows_from_its_steps(change, words):
    file = a_year()
    moved = check(file, "deadline")
    assert "dipindahkan oleh gangguan sistem ke 29 Januari 2027 pukul 23.59.59 WIB" in moved.right
    file["explanation"]["rights"]["moved"][0] |= change
    assert "deadline" in differing(file)
    assert words in check(file, "deadline").right


def test_silence_is_receipt_only_where_the_rule_of_the_day_says_so():
    file = a_year()
    file["explanation"]["rights"]["receipt"] = "DEEMED"
    assert differing(file) == {"receipt"}
    own = {**file["rules"][-1], "rule_version": "kementerian-contoh/2027-01-01/abcdef", "effective_from": "2027-01-01"}
    own["value"] = {**own["value"], "deemed_receipt_days": 7}
    assert differing({**file, "rules": [*file["rules"], own]}) == set()


@pytest.mark.parametrize("outcome", ["KEPT", None])
def test_an_outcome_agrees_with_the_revisions(outcome):
    file = a_year()
    file["explanation"]["rights"]["outcome"] = outcome
    assert "outcome" in differing(file)


def test_a_rule_is_written_once_so_that_nobody_reads_another_value_than_was_used():
    file = a_year()
    own = {**in_file(OBJECTIONS), **OWN}
    longer = {**own, "value": {**own["value"], "objection_days": own["value"]["objection_days"] + 7}}
    file["explanation"]["rights"]["rule"] = {name: own[name] for name in file["explanation"]["rights"]["rule"]}
    assert differing({**file, "rules": [*file["rules"], own]}) == set()
    assert differing({**file, "rules": [*file["rules"], longer, own]}) == {"rule_once"}


@pytest.mark.parametrize(
    "quantities", [("sNaN", "1"), ("Infinity", "-Infinity"), ("9E+999999", "9E+999999"), ("1E+999999999999", "1")]
)
def test_numbers_that_have_no_sum_are_a_difference_and_no_crash(quantities):
    file = a_year()
    found = file["explanation"]["bases"][-1]
    entry = found["content"]["progress"][0]
    found["content"]["progress"] = [{**entry, "quantity": one} for one in quantities]
    found["sha256"] = digest_of(found["content"])
    assert differing(file) == {"inputs_in_basis"}
