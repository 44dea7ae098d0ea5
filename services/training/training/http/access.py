"""Who may call the routes, as data: roles, and relations in words."""

PREFIX = "/api/v1/training"
EVERYBODY = ("employee", "hr_officer", "unit_leader", "inspector")
HR = ("hr_officer",)
PERSON_OR_HR = ("employee", "hr_officer")
READERS = ("employee", "hr_officer", "inspector")
OWN_READERS = (*READERS, "former_employee")
OVERSIGHT = ("hr_officer", "inspector", "unit_leader")


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    PERSON_READERS = (
        "oneself, appraiser, HR officer, inspector; lists without a person show one's own, or all to the latter"
    )
    PERSON_ACTORS = "oneself, appraiser, HR officer"
    APPRAISER_OR_HR = "the person's appraiser, or HR officer; nobody for oneself"
    NEED_CLOSERS = "the person's appraiser, or HR officer; oneself for a need that only oneself asked for"
    DRAFTERS = "oneself, HR officer"
    AGREERS = "the person's appraiser; HR officer where no appraiser is known; nobody for oneself"
    TRAINERS = "HR officer, or the session's trainer"
    PARTICIPANT_READERS = "HR officer, inspector, or the session's trainer"
    NOT_OWN = "HR officer, never for one's own record"
    PROPOSED = "from an employee's account; carried out once another person approves it"
    PROPOSED_NOT_OWN = "never for one's own record or one's line; carried out once another person approves it"
    VERIFIERS = "HR officer, never for one's own record or one's line, nor what they have submitted themselves"
    LED_UNITS = "unit_leader: own unit and those below"
