"""A toy service that publishes that something was noted."""
