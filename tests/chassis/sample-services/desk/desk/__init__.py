"""A library's loan desk: the smallest service that uses the whole chassis."""
