"""Who may call the routes, as data: roles, and relations in words.

Personal content is the assigned officer's alone; hr_officer and operator appear nowhere but at the holidays.
"""

PREFIX = "/api/v1/wellbeing"
OFFICER = ("wellbeing_officer",)
EVERYBODY = ("employee",)
READERS = ("employee", "wellbeing_officer", "unit_leader", "inspector")
CONDITION_READERS = ("employee", "wellbeing_officer", "unit_leader")
SUMMARY_READERS = ("wellbeing_officer", "unit_leader", "inspector")


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    OWN_TREE = "officer, inspector: all; leader: own tree; everybody: the whole, own unit, those above and beside"
    PLACE_READERS = "officer: all; leader: places in own tree, without the reporter; else what one reported or owns"
    HANDLER = (
        "the officer to whom the case is assigned; never who leads a unit, is reported, or stands in that person's line"
    )


NO_IDENTITY = "whoever answers or reports must not be known, so nobody signs in here"
# reasons of @not_idempotent
NO_CALLER = "the caller must stay unknown: a stored key and answer could be traced to a sender"
ISSUED_ONCE = "the answer is a secret: stored beside the account it would tie answers to a person"
CODE_SHOWN_ONCE = "the answer is a secret: stored beside the account it would tie a report to a person"
CASE_CONTENT = "the answer is about a personal case: a stored copy would outlive the handler's right to read it"
