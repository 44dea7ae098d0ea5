"""What comes in about preferences."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice
from notification.domain.templates import EmailMode


class ChoiceIn(Schema):
    inbox = ma.fields.Boolean(required=True)
    email = choice(EmailMode)
