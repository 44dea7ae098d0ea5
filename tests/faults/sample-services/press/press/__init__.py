"""A press: prints issues of titles, and tells of each in the transaction that prints it."""
