"""When e-mail is sent: a table of moments in Jakarta."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from notification.domain.quiet_hours import DEFAULT, MailTimes, QuietHours
from notification.domain.templates import EmailMode, Quiet, Template, Words, fill

JAKARTA = ZoneInfo("Asia/Jakarta")


def held(moment, mode="IMMEDIATE", quiet="NIGHT", hours=()):
    now = datetime.fromisoformat(moment).replace(tzinfo=JAKARTA).astimezone(UTC)
    until = MailTimes(hours, "Asia/Jakarta", now).held_until(EmailMode(mode), Quiet(quiet))
    return None if until is None else f"{until.astimezone(JAKARTA):%a %d %H:%M}"


@pytest.mark.parametrize(
    ("moment", "mode", "quiet", "until"),
    [
        ("2027-03-01 19:59:59", "IMMEDIATE", "NIGHT", None),
        ("2027-03-01 20:00:00", "IMMEDIATE", "NIGHT", "Tue 02 06:00"),
        ("2027-03-02 05:59:59", "IMMEDIATE", "NIGHT", "Tue 02 06:00"),
        ("2027-03-02 06:00:00", "IMMEDIATE", "NIGHT", None),
        ("2027-03-01 23:00:00", "IMMEDIATE", "NEVER", None),
        ("2027-03-06 12:00:00", "IMMEDIATE", "NIGHT", None),
        ("2027-03-06 12:00:00", "IMMEDIATE", "NIGHT_AND_WEEKEND", "Mon 08 06:00"),
        ("2027-03-05 20:00:00", "IMMEDIATE", "NIGHT_AND_WEEKEND", "Mon 08 06:00"),
        ("2027-03-07 23:59:59", "IMMEDIATE", "NIGHT_AND_WEEKEND", "Mon 08 06:00"),
        ("2027-03-01 08:00:00", "DAILY", "NIGHT", None),
        ("2027-03-05 08:00:00", "DAILY", "NIGHT", None),
        ("2027-03-05 08:00:00", "DAILY", "NIGHT_AND_WEEKEND", "Mon 08 07:00"),
        ("2027-03-01 06:59:59", "WEEKLY", "NIGHT", "Mon 01 07:00"),
        ("2027-03-01 07:00:00", "WEEKLY", "NIGHT", "Mon 08 07:00"),
        ("2027-03-03 21:00:00", "WEEKLY", "NEVER", "Mon 08 07:00"),
    ],
)
def test_it_waits_until_nothing_is_quiet(moment, mode, quiet, until):
    assert held(moment, mode, quiet) == until


@pytest.mark.parametrize(
    ("moment", "mode", "deadline", "sent"),
    [
        ("2027-03-03 08:00:00", "WEEKLY", None, ("WEEKLY", "Mon 08 07:00")),
        ("2027-03-03 08:00:00", "WEEKLY", "2027-03-08 23:59:59", ("WEEKLY", "Mon 08 07:00")),
        ("2027-03-03 08:00:00", "WEEKLY", "2027-03-05 23:59:59", ("DAILY", None)),
        ("2027-03-03 08:00:00", "WEEKLY", "2027-03-03 23:59:59", ("IMMEDIATE", None)),
        ("2027-03-03 04:00:00", "WEEKLY", "2027-03-03 06:30:00", ("IMMEDIATE", "Wed 03 06:00")),
        ("2027-03-05 08:00:00", "DAILY", "2027-03-08 23:59:59", ("DAILY", "Mon 08 07:00")),
        ("2027-03-05 08:00:00", "DAILY", "2027-03-07 23:59:59", ("IMMEDIATE", None)),
        ("2027-03-04 21:00:00", "DAILY", "2027-03-05 06:30:00", ("IMMEDIATE", "Fri 05 06:00")),
        ("2027-03-06 07:00:00", "IMMEDIATE", "2027-03-08 23:59:59", ("IMMEDIATE", "Mon 08 06:00")),
        ("2027-03-06 07:00:00", "IMMEDIATE", "2027-03-07 23:59:59", ("IMMEDIATE", None)),
        ("2027-03-03 22:00:00", "IMMEDIATE", "2027-03-03 23:59:59", ("IMMEDIATE", None)),
        ("2027-03-03 22:00:00", "IMMEDIATE", "2027-03-04 06:00:00", ("IMMEDIATE", "Thu 04 06:00")),
    ],
)
def test_what_would_come_after_its_deadline_is_sent_sooner(moment, mode, deadline, sent):
    now, until = (one and datetime.fromisoformat(one).replace(tzinfo=JAKARTA) for one in (moment, deadline))
    times = MailTimes((), "Asia/Jakarta", now.astimezone(UTC))
    found, held_until = times.in_time(EmailMode(mode), Quiet.NIGHT_AND_WEEKEND, until)
    assert (found, held_until and f"{held_until.astimezone(JAKARTA):%a %d %H:%M}") == sent


def test_hours_within_a_day_and_none_at_all_and_those_of_the_day_count():
    noon = QuietHours(date(2027, 3, 1), time(12), time(13), weekends=False)
    never = QuietHours(date(2027, 3, 3), time(0), time(0), weekends=False)
    hours = [noon, never]
    assert held("2027-02-28 21:00:00", hours=hours) == "Mon 01 06:00", "the default until then"
    assert held("2027-03-01 12:30:00", hours=hours) == "Mon 01 13:00"
    assert held("2027-03-01 23:00:00", hours=hours) is None
    assert held("2027-03-03 00:00:00", hours=hours) is None
    assert MailTimes(hours, "Asia/Jakarta", datetime.now(UTC)).in_force_on(date(2027, 2, 1)) == DEFAULT


def test_a_digest_waits_where_seven_is_still_quiet():
    late = [QuietHours(date(2027, 1, 1), time(18), time(8, 30), weekends=False)]
    assert held("2027-03-01 12:00:00", "DAILY", hours=late) == "Tue 02 08:30"


def test_numbers_by_kind_are_written_out_with_the_day_where_the_agency_is():
    template = Template("k", "e", "EMPLOYEE", "t", "{n} hal", "{near:due}\n{gone:overdue}", "/antrean", 1)
    words = {"PLAN": Words("SKP sendiri", "SKP bawahan"), "OTHER": Words("lain", "lain")}
    due = "2027-01-31T16:59:59+00:00"
    near = [{"kind": "PLAN", "own": own, "count": count, "due_at": due} for own, count in ((True, 1), (False, 3))]
    near.append({"kind": "NEW", "own": False, "count": 2, "due_at": due})
    found = fill(template, {"n": 6, "near": near, "gone": []}, "Asia/Jakarta", words)
    assert found.body.splitlines() == [
        "- 1 SKP sendiri, paling lambat 31 Januari 2027",
        "- 3 SKP bawahan, paling lambat 31 Januari 2027",
        "- 2 lain, paling lambat 31 Januari 2027",
        "- tidak ada",
    ]
    there = fill(template, {"n": 1, "near": near[:1], "gone": []}, "Asia/Jayapura", words)
    assert "1 Februari 2027" in there.body
