"""What a process in production loads, and what it does not."""

import os
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.architecture.layout import ROOT

NOT_LOADED = ("pgmq", "orjson", "openpyxl", "testkit", "chassis.bus.embedded")
PROGRAM = f"""
import sys
from chassis.commands import settings_of
from chassis.bus.topology import connect
settings = settings_of("personnel")
if sys.argv[1] == "api":
    import chassis.http.server, personnel.app
    personnel.app.create_app(settings)
else:
    import personnel.worker
    worker = personnel.worker.create_worker(settings)
    worker._loops()
connect(settings.bus_url)
print([name for name in {NOT_LOADED} if name in sys.modules])
"""


@pytest.mark.parametrize("process", ["api", "worker"])
def test_a_process_with_rabbitmq_loads_neither_the_embedded_bus_nor_test_helpers(tmp_path, process):
    public = Ed25519PrivateKey.generate().public_key()
    key = tmp_path / "public.pem"
    key.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    environment = {
        "PATH": os.environ["PATH"],
        "PERSONNEL_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "BUS_URL": "amqp://guest:guest@127.0.0.1:1//",
        "AUTH_PUBLIC_KEY_FILE": str(key),
        "CONTRACTS_DIR": str(ROOT / "contracts"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, process], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


COLLECTING = """
import argparse, gc, sys
from types import ModuleType, SimpleNamespace
gc.disable()
import chassis.http.server
from chassis import commands
commands.require_current_schema = lambda *_: None
sample, app, worker = ModuleType("sample"), ModuleType("sample.app"), ModuleType("sample.worker")
answer = lambda *_, **options: print(gc.isenabled(), gc.get_freeze_count() > 0)
worker.create_worker = lambda settings: SimpleNamespace(run=answer)
app.create_app, chassis.http.server.serve = (lambda settings: None), answer
sys.modules.update({"sample": sample, "sample.app": app, "sample.worker": worker})
arguments = argparse.Namespace(verb=sys.argv[1], component="sample", bind="", workers=1)
commands.run_verb(arguments, SimpleNamespace(database_url=""))
"""


@pytest.mark.parametrize("process", ["api", "worker"])
def test_a_process_that_was_loaded_without_the_collector_runs_with_it(process):
    done = subprocess.run([sys.executable, "-c", COLLECTING, process], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["True", "True"]), done.stderr
