"""Who may call the routes, as data: roles, and relations in words."""

EVERYBODY = ("employee", "hr_officer", "unit_leader", "inspector")
# an official from outside sees the records of the own people, and nobody's card
SUPERIORS_TOO = (*EVERYBODY, "external_official")
HR = ("hr_officer",)
OVERSIGHT = ("hr_officer", "inspector", "unit_leader")
HR_AND_INSPECTOR = ("hr_officer", "inspector")
OPERATOR = ("operator",)


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    RECORD = (
        "oneself, appraiser, reviewer, HR officer, inspector, or leader of a unit above; a colleague sees the card only"
    )
    NOT_OWN = "HR officer, never in a matter of one's own"
    OWN_ROWS = "HR officer; rows that would change the uploader stay out and are listed"
    NOT_OWN_UNIT = "HR officer who does not work in the unit"
    SUBSTITUTION = "HR officer, inspector, the substitute, the official"
    TEAM = "HR officer, inspector, members of the team"
    OTHER_SERVICES = "other services only, for a caller whom they have authorised: the edge does not lead here"
    LED_UNITS = "unit_leader: own unit and those below"


PREFIX = "/api/v1/personnel"
INTERNAL = "/internal/personnel"
