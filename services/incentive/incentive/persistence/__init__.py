"""Tables and their queries, and the default reference data."""
