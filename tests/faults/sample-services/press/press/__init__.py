"""A press: prints issues of titles, and records an event of each in the transaction that prints it."""
