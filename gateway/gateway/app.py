"""Identity: the application behind the edge that knows who is who."""

from flask import Flask

from chassis.http import create_app as create_chassis_app
from gateway.apidoc import Catalogue, read_documents
from gateway.dependencies import make_identity_services
from gateway.http import account_rules, accounts, clients, clock, second_factor, sessions, sign_in_rules
from gateway.http.edge_routes import add_edge_routes
from gateway.persistence.token_lookup import TokenLookup
from gateway.settings import SERVICE, Settings
from operations import operations_blueprint

LARGEST_BODY = 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the application; the clock's routes exist only where a clock file is configured."""
    blueprints = [sessions.blp, second_factor.blp, accounts.blp, account_rules.blp, sign_in_rules.blp]
    blueprints += [clients.blp, operations_blueprint]
    if settings.clock_file is not None:
        blueprints.append(clock.blp)
    app = create_chassis_app(settings, title="Suar identity", blueprints=blueprints, largest_body=LARGEST_BODY)
    app.extensions["suar_services"] = make_identity_services(settings)
    app.extensions["suar_token_lookup"] = TokenLookup(settings.database_url)
    add_edge_routes(app)
    documents = {**read_documents(settings.contracts_dir / "http"), SERVICE: app.extensions["suar_openapi"]()}
    app.extensions["suar_catalogue"] = Catalogue.of(documents)
    return app
