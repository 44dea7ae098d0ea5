"""What comes in and goes out, people and units; unknown fields are refused."""

from datetime import date

import marshmallow as ma
from flask_smorest.fields import Upload
from webargs.fields import DelimitedList

from chassis.http import PageArgs, Schema
from personnel.domain.values import (
    HIGHEST_JOB_CLASS,
    LOWEST_JOB_CLASS,
    EmployeeStatus,
    EmploymentType,
    PositionKind,
    PositionLevel,
    TimeZone,
)

f, v = ma.fields, ma.validate
EARLIEST, LATEST = date(1940, 1, 1), date(2100, 12, 31)
MOST_IDS = 200


def plausible(day: date) -> None:
    """A day that a civil servant's papers can bear."""
    if not EARLIEST <= day <= LATEST:
        raise ma.ValidationError(f"Isi tanggal antara {EARLIEST} dan {LATEST}.")


def _text(longest: int, **options: object) -> ma.fields.String:
    return f.String(validate=v.Length(1, longest), **options)  # type: ignore[arg-type]


def _one_of(words: type, **options: object) -> ma.fields.String:
    return f.String(validate=v.OneOf([str(one) for one in words]), **options)  # type: ignore[arg-type,attr-defined]


def _day(**options: object) -> ma.fields.Date:
    return f.Date(validate=plausible, **options)  # type: ignore[arg-type]


class AgencyIn(Schema):
    id = f.String(
        required=True, validate=v.Regexp(r"^[a-z][a-z0-9-]{1,40}$"), metadata={"description": "slug, such as kemcontoh"}
    )
    name = _text(200, required=True)
    time_zone = _one_of(TimeZone, required=True)


class AgencyPatch(Schema):
    name = _text(200)
    time_zone = _one_of(TimeZone)


class AgencyOut(Schema):
    id = f.String(required=True, attribute="agency_id")
    name = f.String(required=True)
    time_zone = f.String(required=True)
    version = f.Integer(required=True)


class UnitOut(Schema):
    unit_id = f.UUID(required=True)
    parent_id = f.UUID(required=True, allow_none=True)
    code = f.String(required=True)
    name = f.String(required=True)
    leader_id = f.UUID(required=True, allow_none=True)
    active = f.Boolean(required=True)
    version = f.Integer(required=True)
    depth = f.Integer(required=True, metadata={"description": "0 at the top of what was asked for"})
    path = f.List(f.String(), required=True, metadata={"description": "codes from the top to this unit"})


class UnitQuery(PageArgs):
    below = f.UUID(metadata={"description": "start at this unit"})
    as_of = _day(metadata={"description": "the tree as it was on a day"})
    inactive = f.Boolean(load_default=False, metadata={"description": "show units that are closed, too"})


class UnitIn(Schema):
    code = _text(60, required=True)
    name = _text(250, required=True)
    parent_id = f.UUID(load_default=None, allow_none=True)
    leader_id = f.UUID(load_default=None, allow_none=True)


class UnitPatch(Schema):
    code = _text(60)
    name = _text(250)
    parent_id = f.UUID(allow_none=True)
    leader_id = f.UUID(allow_none=True)
    active = f.Boolean()


class CardOut(Schema):
    employee_id = f.UUID(required=True)
    name = f.String(required=True)
    position_title = f.String(required=True)
    unit_id = f.UUID(required=True)
    unit_name = f.String(required=True)


class CardsOut(Schema):
    items = f.List(f.Nested(CardOut), required=True)


class CardQuery(Schema):
    ids = DelimitedList(
        f.UUID(), validate=v.Length(1, MOST_IDS), metadata={"description": f"up to {MOST_IDS} ids, by comma"}
    )
    name = f.String(validate=v.Length(3, 100), metadata={"description": "a part of the name"})


class EmployeeQuery(PageArgs):
    name = f.String(validate=v.Length(1, 100), metadata={"description": "a part of the name"})
    nip = f.String(validate=v.Length(1, 40), metadata={"description": "a present or former number, whole"})
    unit_id = f.UUID(metadata={"description": "this unit and those below"})
    status = _one_of(EmployeeStatus)
    employment_type = _one_of(EmploymentType)
    without_superior = f.Boolean(load_default=False)


class ListedEmployeeOut(Schema):
    employee_id = f.UUID(required=True)
    nip = f.String(required=True)
    name = f.String(required=True)
    employment_type = f.String(required=True)
    status = f.String(required=True)
    grade = f.String(required=True)
    position_code = f.String(required=True)
    position_title = f.String(required=True)
    position_kind = f.String(required=True)
    position_level = f.String(required=True, allow_none=True)
    job_class = f.Integer(required=True)
    unit_id = f.UUID(required=True)
    unit_code = f.String(required=True)
    unit_name = f.String(required=True)
    appraiser_id = f.UUID(required=True, allow_none=True)
    reviewer_id = f.UUID(required=True, allow_none=True)


class EmployeeOut(ListedEmployeeOut):
    email = f.String(required=True, allow_none=True)
    grade_since = f.Date(required=True)
    service_start = f.Date(required=True)
    position_since = f.Date(required=True)
    superior_since = f.Date(required=True, allow_none=True)
    assignment_effective_from = f.Date(required=True)
    version = f.Integer(required=True)
    appraiser = f.Nested(CardOut, required=True, allow_none=True)
    reviewer = f.Nested(CardOut, required=True, allow_none=True)
    relation = f.String(required=True, metadata={"description": "how the caller stands to this person"})


class MeOut(Schema):
    account_id = f.UUID(required=True)
    agency_id = f.String(required=True)
    agency_name = f.String(required=True, allow_none=True)
    time_zone = f.String(required=True, allow_none=True)
    today = f.Date(required=True)
    roles = f.List(f.String(), required=True)
    employee = f.Nested(EmployeeOut, required=True, allow_none=True)
    subordinates = f.Integer(required=True)


class _Recorded(Schema):
    effective_from = f.Date(required=True)
    recorded_at = f.DateTime(required=True)
    recorded_by = f.UUID(required=True, allow_none=True)
    source = f.String(required=True, metadata={"description": "IMPORT, HAND, MOVE or CORRECTION"})
    reason = f.String(required=True, allow_none=True)


class PositionPeriodOut(_Recorded):
    unit_id = f.UUID(required=True)
    unit_name = f.String(required=True)
    position_code = f.String(required=True)
    position_title = f.String(required=True)
    position_kind = f.String(required=True)
    position_level = f.String(required=True, allow_none=True)
    job_class = f.Integer(required=True)
    until = f.Date(required=True, allow_none=True)
    replaced = f.Boolean(required=True, metadata={"description": "set aside by a later recording"})


class SuperiorPeriodOut(_Recorded):
    superior_id = f.UUID(required=True, allow_none=True)
    superior_name = f.String(required=True, allow_none=True)
    until = f.Date(required=True, allow_none=True)
    replaced = f.Boolean(required=True)


class EmploymentStateOut(_Recorded):
    employment_type = f.String(required=True)
    status = f.String(required=True)
    grade = f.String(required=True)
    grade_since = f.Date(required=True)
    service_start = f.Date(required=True)


class IdentifierOut(Schema):
    type = f.String(required=True)
    value = f.String(required=True)
    valid_from = f.Date(required=True)
    valid_to = f.Date(required=True, allow_none=True)


class HistoryOut(Schema):
    employee_id = f.UUID(required=True)
    positions = f.List(f.Nested(PositionPeriodOut), required=True)
    superiors = f.List(f.Nested(SuperiorPeriodOut), required=True)
    employment = f.List(f.Nested(EmploymentStateOut), required=True)
    identifiers = f.List(f.Nested(IdentifierOut), required=True)


class SuperiorIn(Schema):
    superior_id = f.UUID(allow_none=True)
    superior_nip = f.String(validate=v.Length(1, 40))
    effective_from = _day(required=True)
    reason = _text(500, required=True)

    @ma.validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        if ("superior_id" in data) == ("superior_nip" in data):
            raise ma.ValidationError(
                "Isi salah satu: superior_id (boleh null bila tanpa atasan) atau superior_nip.", "superior_id"
            )


class AssignmentIn(Schema):
    unit_id = f.UUID(required=True)
    position_code = _text(60, required=True)
    position_title = _text(250, required=True)
    position_kind = _one_of(PositionKind, required=True)
    position_level = _one_of(PositionLevel, load_default=None, allow_none=True)
    job_class = f.Integer(required=True, strict=True, validate=v.Range(LOWEST_JOB_CLASS, HIGHEST_JOB_CLASS))
    effective_from = _day(required=True)
    reason = _text(500, required=True)
    replaces_later = f.Boolean(
        load_default=True, metadata={"description": "false: fills a gap in the past, later records stay"}
    )


class ChangeOut(Schema):
    employee_id = f.UUID(required=True)
    takes_effect = f.String(required=True, metadata={"description": "NOW, LATER or PAST_ONLY"})
    people_told = f.Integer(required=True, metadata={"description": "people whose assignment was told anew"})
    version = f.Integer(required=True)


class EmployeePatch(Schema):
    name = _text(200)
    email = f.Email(allow_none=True)
    employment_type = _one_of(EmploymentType)
    status = _one_of(EmployeeStatus)
    grade = _text(10)
    grade_since = _day()
    service_start = _day()
    effective_from = _day(metadata={"description": "since when; today if it is left out"})
    reason = _text(500, required=True)


class IdentifierIn(Schema):
    value = _text(40, required=True)
    valid_from = _day(required=True)
    reason = _text(500, required=True)


class CorrectionIn(Schema):
    field = _text(60, required=True, metadata={"description": "what is wrong, such as name, unit, superior, grade"})
    wanted = _text(500, required=True)
    note = f.String(load_default="", validate=v.Length(0, 2000))


class CorrectionOut(Schema):
    id = f.UUID(required=True)
    employee_id = f.UUID(required=True)
    field = f.String(required=True)
    wanted = f.String(required=True)
    note = f.String(required=True)
    status = f.String(required=True)
    version = f.Integer(required=True)
    created_at = f.DateTime(required=True)
    resolved_at = f.DateTime(required=True, allow_none=True)
    answer = f.String(required=True, allow_none=True)


class CorrectionQuery(PageArgs):
    status = f.String(validate=v.OneOf(["OPEN", "ACCEPTED", "REJECTED"]))


class ResolutionIn(Schema):
    outcome = f.String(required=True, validate=v.OneOf(["ACCEPTED", "REJECTED"]))
    answer = _text(2000, required=True)


class ImportFile(Schema):
    file = Upload(required=True, metadata={"description": "CSV (comma or semicolon, UTF-8) or XLSX"})


class NipsIn(Schema):
    nips = f.List(f.String(validate=v.Length(1, 40)), required=True, validate=v.Length(1, 500))


class ResolvedNip(Schema):
    nip = f.String(required=True)
    employee_id = f.UUID(required=True)


class ResolvedOut(Schema):
    items = f.List(f.Nested(ResolvedNip), required=True)


class SummaryQuery(Schema):
    unit_id = f.UUID(metadata={"description": "this unit and those below"})


class CountOut(Schema):
    value = f.String(required=True)
    count = f.Integer(required=True)


class UnitCountOut(Schema):
    unit_id = f.UUID(required=True)
    code = f.String(required=True)
    name = f.String(required=True)
    count = f.Integer(required=True)


class SummaryOut(Schema):
    as_of = f.Date(required=True)
    total = f.Integer(required=True)
    active = f.Integer(required=True)
    without_superior = f.Integer(required=True)
    by_employment_type = f.List(f.Nested(CountOut), required=True)
    by_status = f.List(f.Nested(CountOut), required=True)
    by_position_kind = f.List(f.Nested(CountOut), required=True)
    by_unit = f.List(f.Nested(UnitCountOut), required=True)
