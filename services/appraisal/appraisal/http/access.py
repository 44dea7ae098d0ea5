"""Who may call the routes, as data: roles, and relations in words."""

PREFIX = "/api/v1/appraisal"
EVERYBODY = ("employee", "hr_officer", "unit_leader", "inspector", "external_official")
PERSON = ("employee",)
APPRAISERS = ("employee", "external_official")
EXAMINERS = (*APPRAISERS, "hr_officer")
FORMER = ("former_employee",)
OWN_READERS = (*PERSON, *FORMER)
HR = ("hr_officer",)
PERSON_OR_OFFICER = (*APPRAISERS, *HR, "inspector")
INSPECTORS = ("inspector",)
OVERSIGHT = ("hr_officer", "inspector", "unit_leader")
SETTERS = ("hr_officer", "unit_leader")
WINDOW_EXTENDERS = ("hr_officer", "operator")
PROPOSAL_READERS = ("hr_officer", "inspector")
OUTAGE_READERS = ("hr_officer", "operator", "inspector")


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    OWNER = "the plan's employee"
    OWNER_OR_HR = "the plan's employee, or HR on their behalf"
    STUDYING = "the employee on study leave"
    DRAFTER = "oneself; the appraiser or who stands in for them today; HR"
    APPRAISER = "the appraiser, or who stands in for them today; nobody who has left or is away"
    APPRAISER_OR_ORDER = APPRAISER + "; HR by an order with its number"
    PLAN_READERS = "employee, appraiser, reviewer, HR, inspector, leader of the unit or one above"
    LOG_READERS = "employee, appraiser, reviewer, HR, inspector; a leader sees the plan, not what is written along it"
    EVALUATION_READERS = (
        "employee, appraiser, reviewer or designated decider, who reviews it, HR, inspector; who has left service, the "
        "own ones only"
    )
    OBJECTION_READERS = "employee; appraiser and decider, or who stands in for them; HR, inspector"
    CALIBRATION_READERS = (
        "the unit's appraisers, leader of the unit above, HR, inspector; nobody what is suggested about themselves"
    )
    EVALUATED = "the evaluated employee"
    DESIGNATORS = "HR officer, never in a matter of one's own"
    DEADLINE_READERS = "who owes it, who awaits it, the employee whom it is about, HR, inspector"
    CORRECTOR = "the reviewer, or HR; never the employee, their subordinates, or who rated or finished"
    SECOND_CORRECTOR = CORRECTOR + "; and never who proposed the order"
    DECIDER = (
        "the reviewer, or the official whom HR designated; never the employee, who rated or finished, who designated, "
        "or who stands below the employee"
    )
    ANSWERING = "the appraiser, or who stands in for them today"
    EXAMINING = "the decider, or HR on their behalf; never in a matter of one's own"
    REVIEWING = (
        "the next level above the appraiser, who stands in for them, or whom HR designated; never the employee, who is "
        "below them, or who rated"
    )
    CASE_PARTIES = (
        "coaching: employee and appraiser; counselling: employee and the assigned counsellor; HR without words"
    )
    OBLIGATION_READERS = (
        "HR, inspector: all; unit_leader: own unit and those below; else what the caller owes, and what is about them"
    )
    NOT_OWN = "HR officer, never in a matter of one's own"
    NOT_OWN_CASE = "HR officer, as long as no running case of their own would be touched"
    SECOND_OFFICER = "HR officer who has not proposed it, as long as no running case of their own would be touched"
    WHO_ASKED = "the HR officer who has asked for it"
    PROPOSER = "the HR officer who has proposed it"
    INSPECTOR = "inspector; never what is about themselves"
    LED_UNITS = "unit_leader: own unit and those below"
