"""Who may call what at the door."""

from gateway.domain.roles import MUST_CHANGE

PERSONS = ("employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer", "operator")
# Somebody whose password is due may look at themselves, change it, and leave.
ANY_PERSON = (*PERSONS, MUST_CHANGE)
ANYBODY = (*ANY_PERSON, "subscriber")
MANAGERS = ("hr_officer", "operator")
MANAGED = "accounts and clients of the own agency; an operator's reach is every agency"
