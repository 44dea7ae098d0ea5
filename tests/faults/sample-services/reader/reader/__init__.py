"""A reader: consumes what the press and the shelf publish."""
