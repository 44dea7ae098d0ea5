"""Who may call what. Personal content is the assigned officer's alone; hr_officer and operator appear nowhere."""

PREFIX = "/api/v1/wellbeing"
OFFICER = ("wellbeing_officer",)
EVERYBODY = ("employee",)
READERS = ("employee", "wellbeing_officer", "unit_leader", "inspector")
CONDITION_READERS = ("employee", "wellbeing_officer", "unit_leader")
SUMMARY_READERS = ("wellbeing_officer", "unit_leader", "inspector")

OWN_TREE = "officer, inspector: all; leader: own tree; everybody: the whole, own unit, those above and beside"
PLACE_READERS = "officer: all; leader: places in own tree, without the reporter; else what one reported or owns"
HANDLER = (
    "the officer to whom the case is assigned; never who leads a unit, is reported, or stands in that person's line"
)
NO_IDENTITY = "whoever answers or reports must not be known, so nobody signs in here"
