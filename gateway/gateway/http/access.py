"""Who may call the routes, as data: roles, and relations in words."""

from gateway.domain.roles import EXTERNAL, FORMER, INCOMPLETE, MUST_CHANGE

PERSONS = ("employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer", "operator")
# A person whose password is due may read the own account, change the password and sign out; so may who has left
# service, an official from outside, and whose account is not complete.
ANY_PERSON = (*PERSONS, FORMER, EXTERNAL, MUST_CHANGE, INCOMPLETE)
ANYBODY = (*ANY_PERSON, "subscriber")
MANAGERS = ("hr_officer", "operator")
HR = ("hr_officer",)
OPERATOR = ("operator",)


class Relation:
    """Prose for the description of the API; the rule stands in authorisation.py, where the use case asks."""

    SECOND = "of the account's agency, or an operator; neither who asked for the code nor whose account it is"
    MANAGED = "accounts and clients of the own agency; an operator's reach is every agency"
