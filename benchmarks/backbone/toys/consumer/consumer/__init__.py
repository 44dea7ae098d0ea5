"""A toy service that keeps what was noted."""
