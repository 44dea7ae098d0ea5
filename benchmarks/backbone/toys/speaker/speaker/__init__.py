"""A toy service that says that something was noted."""
