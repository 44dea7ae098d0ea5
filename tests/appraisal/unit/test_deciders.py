"""Who may decide an objection: impartial, and above who rated by rank, by the line, or from outside."""

from datetime import date
from types import SimpleNamespace

import pytest

from appraisal.domain.deciders import (
    Lines,
    Matter,
    Standing,
    require_designated,
    require_impartial,
    reviewer_who_decides,
)
from appraisal.domain.errors import DeciderBelowParty, DeciderIsDesignator, DeciderNotAbove, DeciderNotAllowed
from appraisal.domain.rank import outranks
from chassis.ids import new_id
from directory.answers import Capacity, NotKnownYet, Superior
from directory.timelines import Stretch

OBJECTOR, APPRAISER, STAND_IN, REVIEWER, TOP, OFFICER, CLERK, OTHER = (new_id() for _ in range(8))
MATTER = Matter(OBJECTOR, APPRAISER, frozenset({APPRAISER, STAND_IN}))
POST = {"position_level": None, "job_class": 9, "employment_type": "PNS", "status": "ACTIVE", "grade": "III/d"}


def post(kind, level=None):
    days = {"first_day": date(2024, 1, 1), "last_day": None, "grade_since": date(2024, 1, 1), "position_code": "X"}
    return Stretch(
        **{**POST, **days, "position_kind": kind, "position_level": level}, unit_id=new_id(), superior_id=None
    )


def superior(holder, acting=None):
    who = acting or holder
    return Superior(who, Capacity.ACTING if acting else Capacity.SUPERIOR, True, holder, True, None, None)


def lines(**changes):
    """Objector > appraiser > reviewer > top; the officer under the top, with a clerk below."""
    above = {OBJECTOR: APPRAISER, APPRAISER: REVIEWER, REVIEWER: TOP, OFFICER: TOP, CLERK: OFFICER, OTHER: TOP}
    found = {one: superior(holder) for one, holder in above.items()} | {TOP: None}
    return Lines(found | changes.get("superiors", {}), changes.get("missing", {}))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("JPT_MADYA",), ("JPT_PRATAMA",), True),
        (("JPT_PRATAMA",), ("JPT_PRATAMA",), False),
        (("PENGAWAS",), ("ADMINISTRATOR",), False),
        (("PENGAWAS",), ("PELAKSANA",), True),
        (("JF", "AHLI_MADYA"), ("JF", "AHLI_MUDA"), True),
        (("JF", "PENYELIA"), ("JF", "TERAMPIL"), True),
        (("JF", "AHLI_PERTAMA"), ("JF", "PENYELIA"), None),
        (("JPT_UTAMA",), ("JF", "AHLI_PERTAMA"), None),
        (("JF", "AHLI_UTAMA"), ("PELAKSANA",), None),
        (("JF", None), ("JF", "AHLI_MUDA"), None),
        (("STAF_KHUSUS",), ("STAF_KHUSUS",), None),
    ],
)
def test_rank_is_compared_on_one_ladder_and_else_not_known(one, other, expected):
    assert outranks(post(*one), post(*other)) is expected


def test_nothing_is_known_of_the_rank_of_an_official_from_outside():
    assert outranks(None, post("PENGAWAS")) is None
    assert outranks(post("JPT_UTAMA"), None) is None


@pytest.mark.parametrize(
    ("official", "error"),
    [
        (OBJECTOR, DeciderNotAllowed),
        (APPRAISER, DeciderNotAllowed),
        (STAND_IN, DeciderNotAllowed),
    ],
)
def test_no_party_decides(official, error):
    with pytest.raises(error):
        require_impartial(MATTER, official, lines())


@pytest.mark.parametrize(
    "superiors",
    [
        {REVIEWER: superior(OBJECTOR)},
        {REVIEWER: superior(TOP, acting=OBJECTOR)},
        {REVIEWER: superior(OTHER), OTHER: superior(OFFICER), OFFICER: superior(OBJECTOR)},
        {REVIEWER: superior(OTHER), OTHER: superior(TOP, acting=OBJECTOR)},
    ],
    ids=["directly", "acting", "two below", "below who is acting"],
)
def test_nobody_decides_below_the_objector_at_any_depth(superiors):
    moved = lines(superiors=superiors)
    with pytest.raises(DeciderBelowParty, match="pegawai yang mengajukan keberatan"):
        require_impartial(MATTER, REVIEWER, moved)
    assert reviewer_who_decides(MATTER, REVIEWER, moved) is None


def test_an_objection_goes_to_the_reviewer_unless_they_are_a_party():
    assert reviewer_who_decides(MATTER, REVIEWER, lines()) == REVIEWER
    for nobody in (None, OBJECTOR, STAND_IN):
        assert reviewer_who_decides(MATTER, nobody, lines()) is None


def test_a_line_that_is_not_known_yet_keeps_nobody_from_objecting_and_lets_nobody_decide():
    unknown = lines(superiors={TOP: superior(OTHER)}, missing={TOP: OTHER})
    assert reviewer_who_decides(MATTER, REVIEWER, unknown) == REVIEWER
    with pytest.raises(NotKnownYet):
        require_impartial(MATTER, REVIEWER, unknown)


def test_a_circle_of_superiors_is_walked_once():
    assert lines(superiors={TOP: superior(REVIEWER)}).above(REVIEWER) == {TOP, REVIEWER}


def standing(official, kind, appraiser="PENGAWAS", *, superiors=None, outside=()):
    posts = {official: None if kind is None else post(*kind), APPRAISER: post(appraiser)}
    return Standing(lines(superiors=superiors or {}), posts, outside)


@pytest.mark.parametrize(
    ("official", "found", "error"),
    [
        (TOP, standing(TOP, ("JPT_MADYA",)), None),
        (OTHER, standing(OTHER, ("ADMINISTRATOR",)), None),
        (OTHER, standing(OTHER, ("PENGAWAS",)), DeciderNotAbove),
        (OTHER, standing(OTHER, ("JF", "AHLI_UTAMA")), DeciderNotAbove),
        (REVIEWER, standing(REVIEWER, ("JF", "AHLI_MADYA")), None),
        (OTHER, standing(OTHER, ("JF", "AHLI_MUDA"), superiors={APPRAISER: superior(REVIEWER, acting=OTHER)}), DeciderNotAbove),
        (OFFICER, standing(OFFICER, ("JPT_PRATAMA",)), DeciderIsDesignator),
        (CLERK, standing(CLERK, ("JPT_UTAMA",)), DeciderBelowParty),
        (OBJECTOR, standing(OBJECTOR, ("JPT_UTAMA",)), DeciderNotAllowed),
        (STAND_IN, standing(STAND_IN, ("JPT_UTAMA",)), DeciderNotAllowed),
        (OTHER, standing(OTHER, ("JPT_UTAMA",), superiors={OTHER: superior(OBJECTOR)}), DeciderBelowParty),
        (OTHER, standing(OTHER, None, superiors={OTHER: None}, outside={OTHER}), None),
    ],
    ids=[
        "line and rank", "rank", "same rank", "rank not known", "line", "acting in the line", "the officer",
        "below the officer", "the objector", "who stood in and rated", "below the objector", "from outside",
    ],
)  # fmt: skip
def test_hr_designates_who_is_impartial_and_above_who_rated(official, found, error):
    if error is None:
        require_designated(MATTER, official, OFFICER, found)
    else:
        with pytest.raises(error):
            require_designated(MATTER, official, OFFICER, found)


def test_the_matter_names_everybody_who_has_rated_or_finished():
    named = {"employee_id": OBJECTOR, "appraiser_id": APPRAISER, "rated_by": STAND_IN, "finished_by": None}
    evaluation = SimpleNamespace(**named, order_proposed_by=None, order_approved_by=None)
    matter = Matter.of(evaluation, [SimpleNamespace(decided_by=OFFICER)])
    assert matter.parties == {OBJECTOR, APPRAISER, STAND_IN, OFFICER}
