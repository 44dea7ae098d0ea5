"""Who may call the routes, as data: roles, and relations in words."""

PREFIX = "/api/v1/incentive"
EVERYBODY = ("employee", "hr_officer", "inspector")
OWN_READERS = (*EVERYBODY, "former_employee")
HR = ("hr_officer",)
OVERSIGHT = ("hr_officer", "inspector")
NOMINATORS = ("employee", "unit_leader", "hr_officer")
LEADERS = ("unit_leader", "hr_officer", "inspector")


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    OWN = "oneself; HR officer and inspector anybody in the agency; every read is audited"
    OWN_OR_ALL = "oneself when employee_id is one's own; HR officer and inspector anybody, or all"
    NOT_OWN = "HR officer, never in a matter of one's own"
    OWN_ROWS = "HR officer; rows about the uploader stay out and are listed"
    LED_UNIT = "unit_leader: the own unit only, groups that disclose nobody; never a person's amount"
    PROPOSED = "from an employee's account; carried out once another person approves it"
    PROPOSED_NOT_OWN = "never in a matter of one's own or of one's line; carried out once another person approves it"
    PROPOSED_ROWS = "from an employee's account; then a second person; rows about either stay out and are listed"
    NOMINATORS = "HR officer, the superior, or the leader of the unit or of one above it; never oneself"
