"""The lay-out of NIP and NI PPPK, with the published shapes and every way to get it wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.domain.nip import DEFAULT_RULE, NipKind, NipOutcome, NipRule, check_nip, clean_nip, mask_nip

TODAY = date(2026, 1, 2)


@pytest.mark.parametrize(
    ("nip", "kind"),
    [
        ("199004172019032005", NipKind.PNS),
        ("199211032024211017", NipKind.PPPK),
        ("19900417 201903 2 005", NipKind.PNS),
        ("'199004172019032005", NipKind.PNS),
    ],
)
def test_the_examples_are_accepted(nip, kind):
    check = check_nip(nip, today=TODAY)
    assert (check.outcome, check.kind, check.findings) == (NipOutcome.ACCEPTED, kind, ())
    assert check.rule_version == DEFAULT_RULE.version


@pytest.mark.parametrize(
    ("nip", "code"),
    [
        ("", "nip_missing"),
        ("19900417201903200", "nip_not_18_digits"),
        ("1990041720190320055", "nip_not_18_digits"),
        ("19900417201903200O", "nip_not_18_digits"),
        ("1.99004172019032E+17", "nip_saved_as_number"),
        ("1,99004E+17", "nip_saved_as_number"),
        ("199013172019032005", "nip_birth_date_wrong"),
        ("199002302019032005", "nip_birth_date_wrong"),
        ("000004172019032005", "nip_birth_date_wrong"),
        ("199004172019002005", "nip_month_wrong"),
        ("199004172019132005", "nip_month_wrong"),
        ("199004172019202005", "nip_month_wrong"),
        ("199004172019302005", "nip_month_wrong"),
        ("199004172019033005", "nip_sex_wrong"),
        ("199004172019030005", "nip_sex_wrong"),
        ("199004172019032000", "nip_sequence_wrong"),
        ("200504172019032005", "nip_age_impossible"),
        ("194004172019032005", "nip_age_impossible"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(nip, code):
    check = check_nip(nip, today=TODAY)
    assert check.outcome is NipOutcome.REFUSED
    assert [one.code for one in check.findings] == [code]
    assert check.findings[0].expected.endswith(".")


@pytest.mark.parametrize(
    ("nip", "more", "code"),
    [
        ("197504172019032005", {}, "nip_age_unusual"),
        ("199004172026072005", {}, "nip_start_in_future"),
        ("199004172019032005", {"born": date(1990, 4, 18)}, "nip_birth_date_differs"),
        ("199004172019032005", {"sex": "1"}, "nip_sex_differs"),
        ("199004172019032005", {"employment_type": "PPPK"}, "nip_kind_differs"),
        ("199211032024211017", {"employment_type": "PNS"}, "nip_kind_differs"),
    ],
)
def test_what_disagrees_is_only_doubtful_because_official_data_hold_errors(nip, more, code):
    check = check_nip(nip, today=TODAY, **more)
    assert check.outcome is NipOutcome.DOUBTFUL
    assert [one.code for one in check.findings] == [code]
    assert "tetap diimpor" in check.findings[0].expected


def test_a_part_time_number_with_mark_24_is_a_contract_number():
    assert check_nip("199211032025241017", today=TODAY, employment_type="PPPK_PW").kind is NipKind.PPPK


def test_the_unverified_limits_can_be_replaced():
    rule = NipRule(version="nip-test", oldest_start=30)
    assert check_nip("198004172019032005", today=TODAY, rule=rule).outcome is NipOutcome.REFUSED


def test_a_number_is_shown_by_its_last_four_digits_only():
    assert mask_nip("199004172019032005") == "**************2005"
    assert mask_nip("12") == "**"


@given(st.text(max_size=40))
def test_any_text_gets_a_check_and_never_an_exception(text):
    check = check_nip(text, today=TODAY)
    assert check.outcome in NipOutcome
    assert clean_nip(clean_nip(text)) == clean_nip(text)
