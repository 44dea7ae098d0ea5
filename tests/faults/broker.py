"""A RabbitMQ of the tests' own, beside any other on the machine: it may be stopped, killed and starved of memory."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

from chassis.waiting import wait_for
from testkit.parent_death import ending_with_us
from tests.ports import free_port

PLACES = ("/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin", "/usr/local/sbin", "/opt/homebrew/sbin")


def programs() -> Path | None:
    """The folder of RabbitMQ's own scripts (the packaged wrappers change user and forget the environment)."""
    return next((Path(one) for one in PLACES if Path(one, "rabbitmq-server").exists()), None)


class OwnRabbit:
    def __init__(self) -> None:
        found = programs()
        assert found is not None, "no RabbitMQ is installed"
        self.programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="suar-rabbit-"))
        self.port, distribution = free_port(), free_port()
        (self.folder / "plugins").write_text("[].")
        self.node = f"faults{uuid4().hex[:6]}@localhost"
        self.environ = {
            **os.environ,
            "HOME": str(self.folder),
            # its script then becomes the server, rather than a parent that would not end with us
            "RUNNING_UNDER_SYSTEMD": "true",
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            **{f"RABBITMQ_{one}_FILE": str(self.folder / "none") for one in ("CONFIG", "ADVANCED_CONFIG", "CONF_ENV")},
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        with (self.folder / "out").open("a") as out:
            command = ending_with_us([self.programs / "rabbitmq-server"])
            self.server = subprocess.Popen(command, env=self.environ, stdout=out, stderr=out, start_new_session=True)
        wait_for(f"RabbitMQ starts; see {self.folder}/out", self._answers)

    def stop(self, *, crash: bool = False) -> None:
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL if crash else signal.SIGTERM)
        self.server.wait(60)

    def alarm(self, *, on: bool) -> None:
        """The memory alarm, by which a broker blocks everybody who publishes."""
        self._control("set_vm_memory_high_watermark", "0.00001" if on else "0.4")

    def remove(self) -> None:
        if self.server is not None:
            self.stop(crash=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        command: list[str | Path] = [self.programs / "rabbitmqctl", "-n", self.node, *arguments]
        subprocess.run(command, env=self.environ, check=True, capture_output=True, timeout=60)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False
