"""What an auditor recomputes from a file and the rules alone: no server, no database, no network."""
