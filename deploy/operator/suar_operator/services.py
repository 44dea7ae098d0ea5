"""The parts of the system that own data: the one list that preparing, running and inspecting go by."""

SERVICES = ("personnel", "appraisal", "training", "incentive", "wellbeing", "notification")
OWNERS = (*SERVICES, "identity")
BUS = "bus"
