"""What comes in and goes out at the door. Secrets come in without further checks here, so that none is echoed."""

from marshmallow import fields, validate

from chassis.http import PageArgs, Schema

AGENCY = validate.Regexp(r"^[a-z][a-z0-9-]{1,40}$")
LONGEST_NAME = 200


def _agency(**options: object) -> fields.String:
    described = {"description": "only an operator may name another agency than their own"}
    return fields.String(validate=AGENCY, load_default=None, metadata=described, **options)  # type: ignore[arg-type]


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


class AccountOut(Schema):
    account_id = fields.UUID(required=True)
    agency_id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    employee_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(["INVITED", "ACTIVE", "DISABLED", "CLOSED"]))
    must_change_password = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)


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


class NewAccountIn(Schema):
    username = fields.String(required=True, validate=validate.Length(1, 254))
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), load_default=lambda: ["employee"], validate=validate.Length(1, 10))
    employee_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class NewAccountsIn(Schema):
    agency_id = _agency()
    accounts = fields.List(fields.Nested(NewAccountIn), required=True, validate=validate.Length(1, 1000))


class RowOutcomeOut(Schema):
    row = fields.Integer(required=True, metadata={"description": "place in the list sent, from 0"})
    username = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["CREATED", "EXISTS", "REFUSED"]))
    account_id = fields.UUID(required=True, allow_none=True)
    activation_code = fields.String(
        required=True, allow_none=True, metadata={"description": "shown this once; hand it to the person"}
    )
    code = fields.String(required=True, allow_none=True, metadata={"description": "why the row was refused"})
    expected = fields.String(
        required=True, allow_none=True, metadata={"description": "in Indonesian: what would be right"}
    )


class NewAccountsOut(Schema):
    items = fields.List(fields.Nested(RowOutcomeOut), required=True)


class AccountArgs(PageArgs):
    agency_id = _agency()
    username = fields.String(load_default=None, validate=validate.Length(1, 254))
    employee_id = fields.UUID(load_default=None)
    role = fields.String(load_default=None, validate=validate.Length(1, 40))


class AccountChangeIn(Schema):
    name = fields.String(validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), validate=validate.Length(1, 10))
    employee_id = fields.UUID(allow_none=True)
    unit_id = fields.UUID(allow_none=True)
    disabled = fields.Boolean()
    must_change_password = fields.Boolean()


class IssuedCodeOut(Schema):
    account_id = fields.UUID(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(["ACTIVATION", "RESET"]))
    code = fields.String(required=True, metadata={"description": "shown this once; hand it to the person"})
    expires_at = fields.AwareDateTime(required=True)


class NewClientIn(Schema):
    agency_id = _agency()
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    roles = fields.List(fields.String(), load_default=lambda: ["subscriber"], validate=validate.Length(1, 5))


class ClientArgs(PageArgs):
    agency_id = _agency()


class ClientOut(Schema):
    client_id = fields.UUID(required=True)
    agency_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(["ACTIVE", "REVOKED"]))
    created_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True, allow_none=True)


class ClientSecretOut(Schema):
    client = fields.Nested(ClientOut, required=True)
    client_secret = fields.String(required=True, metadata={"description": "shown this once"})
    old_secret_until = fields.AwareDateTime(required=True, allow_none=True)


class RotateIn(Schema):
    keep_old_hours = fields.Integer(
        load_default=0, validate=validate.Range(0, 168), metadata={"description": "how long the old secret stays good"}
    )


class TokenForm(Schema):
    grant_type = fields.String(required=True, validate=validate.OneOf(["client_credentials"]))
    client_id = fields.UUID(required=True)
    client_secret = fields.String(required=True, metadata={"format": "password"})


class TokenOut(Schema):
    access_token = fields.String(required=True)
    token_type = fields.Constant("Bearer", required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})


class ClockIn(Schema):
    now = fields.AwareDateTime(required=True)


class ClockOut(Schema):
    now = fields.AwareDateTime(required=True)
