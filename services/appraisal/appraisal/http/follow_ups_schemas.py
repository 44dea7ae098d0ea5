"""What comes in with a follow-up."""

import marshmallow as ma

from appraisal.domain.follow_up import ActionKind, FollowUpOutcome
from appraisal.domain.values import FollowUpKind, FollowUpState
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import choice


class FollowUpsQuery(PageQuery):
    state = choice(FollowUpState, load_default=None)
    kind = choice(FollowUpKind, load_default=None)


class NoteIn(Schema):
    text = fields.text()


class ActionIn(Schema):
    kind = choice(ActionKind)
    text = fields.text(longest=2000)
    due_on = ma.fields.Date(load_default=None, allow_none=True)


class ActionDoneIn(Schema):
    done_on = ma.fields.Date(required=True)


class AssigneeIn(Schema):
    assigned_to = ma.fields.UUID(required=True)


class CloseFollowUpIn(Schema):
    outcome = choice(FollowUpOutcome)
