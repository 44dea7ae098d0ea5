"""Who may call the routes, as data: roles, and relations in words, and what calls to subscribers need."""

from typing import cast

from flask import current_app

from notification.clients.outbound import OutboundClients

PREFIX = "/api/v1/notification"
OFFICES = ("hr_officer", "unit_leader", "inspector", "operator", "wellbeing_officer")
PERSON = ("employee", "external_official")
# who has left service still reads what was written to them
PEOPLE = (*PERSON, *OFFICES, "former_employee")
GRANTERS = ("hr_officer", "operator")
CLIENT = ("subscriber",)
CLIENT_AND_OFFICERS = (*CLIENT, *GRANTERS)


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    OWN_MESSAGES = "the caller's own messages, and those of the offices held"
    OWN_CHOICES = "the caller's own choices"
    OWN_OR_OFFICER = "the client's own, or an officer of the agency whose data it is"
    OWN = "the client's own"
    UNDER_GRANT = "under a grant of the agency"


CALLED_ANEW = "each test is a call of its own, made outside any transaction"
OUTBOUND = "notification_outbound"


def outbound() -> OutboundClients:
    return cast("OutboundClients", current_app.extensions[OUTBOUND])
