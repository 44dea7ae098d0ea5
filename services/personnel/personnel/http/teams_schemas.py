"""What comes in about teams."""

from typing import Any

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, text
from personnel.domain.team import TeamMember, TeamRole
from personnel.http.fields import day

MOST_MEMBERS = 500


class TeamsQuery(PageQuery):
    employee_id = ma.fields.UUID(metadata={"description": "teams of which this person is a member on any day"})


class TeamMemberIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    role = choice(TeamRole)
    first_day = day(required=True)
    last_day = day(load_default=None, allow_none=True)

    @ma.post_load
    def _member(self, data: dict[str, Any], **_: object) -> TeamMember:
        return TeamMember(**data)


class TeamIn(Schema):
    name = text(200)
    order_number = text(100)
    members = ma.fields.List(
        ma.fields.Nested(TeamMemberIn), required=True, validate=ma.validate.Length(1, MOST_MEMBERS)
    )
