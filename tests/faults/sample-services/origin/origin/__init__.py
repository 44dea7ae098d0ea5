"""The origin: numbers the items of series, and records an event of each in the transaction that inserts it."""
