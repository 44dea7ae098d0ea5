"""Identity: the application behind the edge that knows who is who."""

from pathlib import Path

from flask import Flask

from chassis.http import create_app as create_chassis_app
from gateway.apidoc import Catalogue, read_documents
from gateway.house import make_house
from gateway.http import accounts, clients, clock, sessions
from gateway.http.edge_routes import add_edge_routes
from gateway.persistence.door import Door
from gateway.settings import SERVICE, Settings
from operations import operations_blueprint

DOCS = Path(__file__).parent / "static" / "docs"
LARGEST_BODY = 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Wire identity; the clock's routes exist only where a clock can be turned."""
    blueprints = [sessions.blp, accounts.blp, clients.blp, operations_blueprint]
    if settings.clock_file is not None:
        blueprints.append(clock.blp)
    app = create_chassis_app(settings, title="Suar identity", blueprints=blueprints, largest_body=LARGEST_BODY)
    app.extensions["suar_house"] = make_house(settings)
    app.extensions["suar_door"] = Door(settings.database_url)
    app.extensions["suar_docs"] = DOCS
    add_edge_routes(app)
    documents = {**read_documents(settings.contracts_dir / "http"), SERVICE: app.extensions["suar_openapi"]()}
    app.extensions["suar_catalogue"] = Catalogue.of(documents)
    return app
