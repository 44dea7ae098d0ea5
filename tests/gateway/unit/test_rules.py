from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.ids import new_id
from gateway.authorisation import agency_for, require_manageable
from gateway.domain.account import Account, NewAccount
from gateway.domain.backoff import PER_SOURCE, Backoff, FailureCount, require_no_block
from gateway.domain.client import ApiClient, RegisterClient
from gateway.domain.errors import AccountClosed, AccountProtected, ClientRevoked, SignInThrottled
from gateway.domain.one_time_code import ALPHABET, OneTimeCode, make_code, normalise_code
from gateway.domain.passwords import PasswordPolicy, same_password
from gateway.domain.roles import RoleBook
from gateway.domain.usernames import is_username, normalise_username

ROLES = Path(__file__).parents[3] / "contracts/roles.toml"


@pytest.mark.parametrize(
    ("typed", "normal", "good"),
    [
        ("199004172019032005", "199004172019032005", True),
        ("19900417 201903 2 005", "199004172019032005", True),
        (" Siti@Contoh.GO.id ", "siti@contoh.go.id", True),
        ("１９９００４１７２０１９０３２００５", "199004172019032005", True),
        ("19900417201903200", "19900417201903200", False),
        ("siti", "siti", False),
        ("siti@contoh", "siti@contoh", False),
        ("siti @contoh.go.id", "siti @contoh.go.id", False),
    ],
)
def test_a_username_has_one_spelling(typed, normal, good):
    assert normalise_username(typed) == normal
    assert is_username(normal) is good


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("kopi-hujan-sepeda-41", set()),
        ("sebelas char", set()),
        ("", {"too_short", "too_uniform", "holds_username"}),
        ("sebelaschar", {"too_short"}),
        ("aaaaaaaaaaaaaaaa", {"too_uniform", "too_guessable"}),
        ("Password2026!!", {"too_guessable"}),
        ("Indonesia123456", {"too_guessable"}),
        ("123456789012", {"too_guessable"}),
        ("abcdefghijklmnop", {"too_guessable"}),
        ("rahasiarahasia", {"too_guessable"}),
        ("199004172019032005", {"holds_username", "too_guessable"}),
        ("x199004172019032005x", {"holds_username"}),
        ("bukit-sikawan-9", {"too_guessable"}),
        ("x" * 150 + "yzab" * 20, {"too_long", "too_guessable"}),
        ("kementerian contoh", set()),
        ("trustno1trustno1", {"too_guessable"}),
        ("michael123456", {"too_guessable"}),
        ("P@ssw0rd2026!", {"too_guessable"}),
        ("P@ssw0rd2026!!!", {"too_guessable"}),
        ("liverpool2026", {"too_guessable"}),
        ("rahasia2026!", {"too_guessable"}),
        ("operator2026!!!", {"too_guessable"}),
        ("1234567890!@#$%^&*()", {"too_guessable"}),
        ("8361-9274-5508", set()),
        ("gerimis/pagi/rindu", set()),
    ],
)
def test_the_password_policy(password, codes):
    policy = PasswordPolicy(refused=frozenset({"bukit-sikawan"}))
    faults = policy.faults(password, "199004172019032005")
    assert {fault.code for fault in faults} == codes
    assert all(fault.value is None for fault in faults)


def test_a_password_may_not_hold_the_local_part_of_an_address():
    assert [f.code for f in PasswordPolicy().faults("aku-siti.rahmania-77", "siti.rahmania@contoh.go.id")] == [
        "holds_username"
    ]


@pytest.mark.parametrize(
    "password", ["Siti.Rahmania77", "siti rahmania 1990", "ContohAgency2026", "2026-contoh-agency"]
)
def test_a_password_is_not_made_of_the_persons_name_or_agency(password):
    personal = ("Siti Rahmania", "contoh-agency")
    assert [f.code for f in PasswordPolicy().faults(password, "199004172019032005", personal=personal)] == [
        "too_guessable"
    ]


def test_the_words_of_one_account_do_not_count_for_another():
    PasswordPolicy().faults("kelapa-sawit-0", "a@b.id", personal=("Beringin Rindang Tua",))
    assert PasswordPolicy().faults("Beringin-Rindang-7", "199004172019032005", personal=("Siti",)) == []
    assert PasswordPolicy().faults("Beringin-Rindang-7", "199004172019032005", personal=("Beringin Rindang",)) != []


def test_a_long_password_is_estimated_by_its_beginning():
    assert PasswordPolicy().faults("kopi-hujan-sepeda-41" * 9, "199004172019032005") == []
    assert [f.code for f in PasswordPolicy().faults("rahasia" * 25, "199004172019032005")] == ["too_guessable"]


def test_a_change_to_the_same_password_is_none():
    assert [fault.code for fault in same_password("a", "a")] == ["unchanged"]
    assert same_password("a", "b") == []


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (8, 0), (9, 15), (10, 30), (11, 60), (14, 480), (15, 900), (16, 900), (10**6, 900)],
)
def test_the_wait_doubles_up_to_its_limit(failures, seconds):
    assert PER_SOURCE.wait(failures) == timedelta(seconds=seconds)


def test_no_number_of_failures_overflows():
    backoff = Backoff(free=0, first=timedelta(days=1), longest=timedelta(days=2), expires_after=timedelta())
    assert {backoff.wait(failures) for failures in range(2, 200)} == {timedelta(days=2)}


def test_a_code_survives_being_read_aloud_and_typed():
    code = make_code(random.Random(7).choice)
    assert len(code) == 14
    assert set(code) <= set(ALPHABET) | {"-"}
    assert normalise_code(code) == normalise_code(f" {code.lower().replace('-', ' ')} ")
    assert normalise_code("o0i1-lL") == "001111"


def actor(*roles, agency="kemcontoh"):
    return Principal(new_id(), agency, frozenset(roles))


def test_only_an_operator_names_another_agency():
    assert agency_for(actor("hr_officer"), None) == "kemcontoh"
    assert agency_for(actor("hr_officer"), "kemcontoh") == "kemcontoh"
    assert agency_for(actor("operator"), "lain") == "lain"
    with pytest.raises(Forbidden):
        agency_for(actor("hr_officer"), "lain")


NOW = datetime(2026, 7, 6, 9, tzinfo=UTC)
BOOK = RoleBook.read(tomllib.loads(ROLES.read_text()))


@pytest.mark.parametrize("role", ["operator", "hr_officer", "inspector", "wellbeing_officer", "raja"])
def test_who_may_not_grant_a_role_may_not_manage_its_holder(role):
    require_manageable(BOOK, actor("operator"), ["employee", role])
    with pytest.raises(AccountProtected) as caught:
        require_manageable(BOOK, actor("hr_officer"), ["employee", role])
    assert "hanya dapat dikelola oleh Operator sistem" in caught.value.detail


def test_plain_employees_and_unit_leaders_are_in_the_hands_of_hr():
    require_manageable(BOOK, actor("hr_officer"), ["employee", "unit_leader"])
    assert BOOK.not_grantable(["employee", "unit_leader", "subscriber"], frozenset({"hr_officer"})) == []


def test_nobody_grants_their_own_role_but_an_operator():
    own = {name for name, role in BOOK.roles.items() if name in role.granted_by}
    assert own == {"operator"}


def an_account():
    new = NewAccount("siti@contoh.go.id", "Siti Rahmania", ("unit_leader", "employee", "employee"))
    return Account.invited(new_id(), "kemcontoh", new, NOW, "bootstrap")


def test_an_account_is_invited_active_disabled_or_closed():
    invited = an_account()
    active = invited.with_password("hash", NOW)
    assert (invited.state, active.state, active.disabled(NOW).state) == ("INVITED", "ACTIVE", "DISABLED")
    assert active.disabled(NOW).enabled() == active
    closed = active.closed(NOW)
    assert (closed.state, closed.password_hash, closed.disabled_at) == ("CLOSED", None, NOW)


def test_a_code_activates_an_account_or_resets_its_password_but_never_opens_a_closed_one():
    invited = an_account()
    assert invited.code_purpose == "ACTIVATION"
    assert invited.with_password("hash", NOW).code_purpose == "RESET"
    with pytest.raises(AccountClosed):
        OneTimeCode.issued(b"", invited.closed(NOW), NOW, NOW, "x")
    code = OneTimeCode.issued(b"", invited, NOW, NOW + timedelta(days=1), "x")
    assert code.is_usable("ACTIVATION", NOW)
    assert not code.is_usable("RESET", NOW)
    assert not code.is_usable("ACTIVATION", NOW + timedelta(days=1))


def test_while_a_password_is_due_no_role_counts():
    account = an_account()
    assert account.effective_roles == ("employee", "unit_leader")
    due = replace(account, must_change_password=True)
    assert due.effective_roles == ("must_change_password",)
    assert due.with_password("hash", NOW).effective_roles == ("employee", "unit_leader")


def test_the_old_secret_of_a_client_is_good_for_the_time_it_was_left():
    command = RegisterClient("SIMPEG", ("subscriber",))
    client = ApiClient.registered(new_id(), "kemcontoh", command, b"first", NOW, "x")
    hour = timedelta(hours=1)
    rotated = client.rotated(b"second", hour, NOW)
    assert rotated.accepts(b"second", NOW + 2 * hour)
    assert rotated.accepts(b"first", NOW)
    assert not rotated.accepts(b"first", NOW + hour)
    assert not client.rotated(b"second", timedelta(), NOW).accepts(b"first", NOW)
    revoked = rotated.revoked(NOW)
    assert not revoked.accepts(b"second", NOW)
    with pytest.raises(ClientRevoked):
        revoked.rotated(b"third", hour, NOW)


def test_failures_in_a_row_block_and_old_ones_do_not_count():
    count = FailureCount(0, NOW, None)
    for _ in range(PER_SOURCE.free):
        count = count.with_attempt(PER_SOURCE, NOW)
    assert count.remaining_block(NOW) is None
    blocked = count.with_attempt(PER_SOURCE, NOW)
    assert blocked.remaining_block(NOW) == timedelta(seconds=15)
    assert blocked.remaining_block(NOW + timedelta(seconds=15)) is None
    assert blocked.with_attempt(PER_SOURCE, NOW + timedelta(hours=2)).failures == 1
    with pytest.raises(SignInThrottled) as caught:
        require_no_block(blocked.remaining_block(NOW + timedelta(milliseconds=100)))
    assert caught.value.params["seconds"] == 15


def test_the_list_of_roles_may_say_who_holds_and_who_grants():
    book = RoleBook.read(
        {
            "employee": {"label": "Pegawai", "granted_by": ["operator", "hr_officer"]},
            "hr_officer": {"label": "Pengelola kepegawaian"},
            "operator": {"label": "Operator sistem"},
            "subscriber": {},
            "auditor": {"holders": ["person"], "granted_by": ["operator"]},
        }
    )
    assert book.of("person") == ["auditor", "employee", "hr_officer", "operator"]
    assert book.of("client") == ["subscriber"]
    assert book.unknown(["employee", "subscriber", "raja"], "person") == ["raja", "subscriber"]
    assert book.not_grantable(["auditor", "employee", "operator"], frozenset({"hr_officer"})) == ["auditor", "operator"]
    assert book.not_grantable(["auditor", "operator"], frozenset({"operator"})) == []
    assert book.granters(["employee"]) == "Pengelola kepegawaian, Operator sistem"
    assert book.granters(["auditor", "employee"]) == "Operator sistem"
