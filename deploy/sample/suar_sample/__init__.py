"""Files that an agency would export: believable, synthetic, and the same for the same seed."""
