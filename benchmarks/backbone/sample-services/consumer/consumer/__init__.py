"""A sample service that keeps what was noted."""
