"""`./suar describe`: from the code to the published description, without a database or a key."""

import json

from chassis.bus.contracts import Contracts
from suar_cli.places import contracts_folder
from suar_developer.describe import describe


def test_a_description_is_written_in_place_and_is_the_published_one(tmp_path, monkeypatch):
    for name in ("TRAINING_DATABASE_URL", "AUTH_PUBLIC_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    published = contracts_folder()
    (tmp_path / "http").mkdir()
    for name in ("events", "subscriptions.toml"):
        (tmp_path / name).symlink_to(published / name)
    file = describe("training", tmp_path)
    assert file == tmp_path / "http" / "training.openapi.json"
    assert json.loads(file.read_text()) == json.loads((published / "http" / file.name).read_text())
    assert Contracts(tmp_path)
