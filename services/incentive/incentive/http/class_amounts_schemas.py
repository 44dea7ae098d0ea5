"""Requests about amounts per job class."""

from approvals.routes import ProposedIn
from chassis.http import Schema
from chassis.http.fields import text
from incentive.http.fields import Day


class DayQuery(Schema):
    on = Day(load_default=None)


class AdoptIn(ProposedIn):
    name = text(100)
    effective_from = Day(required=True)
