"""The one blueprint of the operator's routes; the chassis fills in the name of the service that registers it."""

from chassis.http import ServiceBlueprint

OPERATOR = "operator"
operations_blueprint = ServiceBlueprint("operations", url_prefix="/api/v1/{service}", description="Operations")
