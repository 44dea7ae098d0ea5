"""A sample service that publishes that something was noted."""
