"""The operator's routes of every service over its events, replays and audit chain."""

from operations import audit_routes, routes
from operations.blueprint import operations_blueprint

# Importing a module of routes adds its views to the blueprint.
__all__ = ["audit_routes", "operations_blueprint", "routes"]
