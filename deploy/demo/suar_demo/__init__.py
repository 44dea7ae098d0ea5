"""The demo: a fictional ministry plays its year through the public API, and every figure is checked."""
