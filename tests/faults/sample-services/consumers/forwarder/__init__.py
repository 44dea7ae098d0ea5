"""The forwarder: consumes what the origin publishes, and publishes an event of its own for each."""
