"""Who may do what, as data: roles by route; the relations are checked by the use cases."""

EVERYBODY = ("employee", "hr_officer", "unit_leader", "inspector")
HR = ("hr_officer",)
OVERSIGHT = ("hr_officer", "inspector", "unit_leader")
OPERATOR = ("operator",)
RECORD = (
    "oneself, appraiser, reviewer, HR officer, inspector, or leader of a unit above; a colleague sees the card only"
)
NOT_OWN = "HR officer, never in a matter of one's own"
OWN_ROWS = "HR officer; rows that would change the uploader stay out and are listed"
LED_UNITS = "unit_leader: own unit and those below"
PREFIX = "/api/v1/personnel"
