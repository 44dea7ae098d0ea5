"""Tables, their queries, and the rows of law that are shipped."""
