"""Requests about runs of the allowance."""

from chassis.http import Schema
from chassis.http.fields import text
from incentive.http.fields import Month


class RunIn(Schema):
    month = Month(required=True)


class PaymentIn(Schema):
    payment_reference = text(100)
