"""The reader: consumes what the origin and the forwarder publish."""
