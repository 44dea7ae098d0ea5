"""The parts of the system that own data: the one list that preparing, running and inspecting go by."""

SERVICES = ("personnel", "appraisal", "training", "incentive", "wellbeing", "notification")
# databases and API paths are named after what a component is about, which for the gateway is identity
OWNERS = (*SERVICES, "identity")
COMPONENTS = (*SERVICES, "gateway")
BUS = "bus"
