"""A shelf: hears what the press has printed, puts it up, and tells of that."""
