"""Siti's suggestion: who may do what with it."""

from testkit.service import ServiceUnderTest
from tests.access.personas import Personas, deliver_directory
from tests.access.rows import Row, Scene, operations_rows

READERS = "owner hr inspector"
TABLE = [
    *operations_rows(),
    Row("GET /suggestions", READERS, finds="{suggestion_id}"),
    Row("GET /suggestions/{suggestion_id}", READERS),
]


def make_scene(service: ServiceUnderTest) -> Scene:
    scene = Scene(service, Personas(), "/api/v1/service_name")
    deliver_directory(service, scene.personas)
    scene.names["suggestion_id"] = scene.post("owner", "/suggestions", {"text": "Ruang baca"})["id"]
    return scene
