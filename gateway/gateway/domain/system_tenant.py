"""The tenant of look-ups that are made before the caller's agency is known."""

# No agency can have this id (agency ids begin with a letter). Row-level security shows it the tables of sign-in only.
SYSTEM_TENANT = "-"
