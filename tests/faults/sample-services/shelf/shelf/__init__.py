"""A shelf: consumes what the press publishes, and publishes an event of its own for each."""
