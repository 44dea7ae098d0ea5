"""Requests and answers about sign-in and sessions. Passwords have no further checks here, so that none is echoed."""

from marshmallow import fields, validate

from chassis.http import Schema
from gateway.http.accounts_schemas import AccountOut


class SignInIn(Schema):
    username = fields.String(
        required=True, validate=validate.Length(1, 254), metadata={"description": "NIP or e-mail address"}
    )
    password = fields.String(required=True, metadata={"format": "password"})


class RedeemIn(Schema):
    code = fields.String(required=True, metadata={"example": "7K2M-9QXA-4TZP"})
    password = fields.String(required=True, metadata={"format": "password"})


class PasswordIn(Schema):
    old_password = fields.String(required=True, metadata={"format": "password"})
    new_password = fields.String(required=True, metadata={"format": "password"})


class OpenedSessionOut(Schema):
    session_id = fields.UUID(required=True)
    token = fields.String(required=True, metadata={"description": "opaque; send it as Authorization: Bearer"})
    token_type = fields.Constant("Bearer", required=True)
    csrf_token = fields.String(
        required=True, metadata={"description": "send it as X-CSRF-Token where the cookie is used without Origin"}
    )
    idle_until = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    account = fields.Nested(AccountOut, required=True)


class SessionOut(Schema):
    session_id = fields.UUID(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    idle_until = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    address = fields.String(required=True)
    agent = fields.String(required=True)
    current = fields.Boolean(required=True)


class SessionsOut(Schema):
    items = fields.List(fields.Nested(SessionOut), required=True)


class EndedOut(Schema):
    ended = fields.Integer(required=True)


class NoticeOut(Schema):
    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True, metadata={"example": "account.code_issued"})
    sentence = fields.String(required=True, metadata={"description": "in Indonesian: who did what"})


class MeOut(Schema):
    account_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["person", "client"]))
    username = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    agency_id = fields.String(required=True)
    employee_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    must_change_password = fields.Boolean(required=True)
    session_id = fields.UUID(required=True, allow_none=True)
    session_expires_at = fields.AwareDateTime(required=True, allow_none=True)
    csrf_token = fields.String(required=True, allow_none=True)
    notices = fields.List(
        fields.Nested(NoticeOut),
        required=True,
        metadata={"description": "what others did to this account in the last 90 days, the newest first"},
    )
