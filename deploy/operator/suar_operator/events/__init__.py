"""The operator's hands on the backbone: what waits, what failed and why, trying again, giving up, comparing."""
