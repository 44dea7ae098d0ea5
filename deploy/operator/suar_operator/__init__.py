"""What an operator needs against any running system: secrets, databases and broker users, events, the audit trail."""
