"""`suar events` and `suar audit`: the operator's command line for the operations routes of every service."""
