"""A real stack of containers, under a project name and on ports of its own."""

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from chassis.waiting import wait_until_empty
from tests.compose.compose_files import ROOT, is_lasting, services

PROJECT = "suar-test"
OPERATOR = "operator@suar.example"
PASSWORD = "Mangga-Berduri-77-Kali"
LASTING = sorted(name for name, one in services().items() if is_lasting(one))


def command() -> list[str]:
    """docker-compose, or compose as the engine's plugin."""
    return ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]


@dataclass
class Stack:
    """The project's own files, with secrets made by `suar init` in a file of the test."""

    secrets: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def compose(self, *words: str, check: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
        files = ["-f", "docker-compose.yml", "-f", "docker-compose.demo.yml"]
        whole = [*command(), "-p", PROJECT, "--env-file", str(self.secrets), *files, *words]
        done = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False, **options)
        assert not check or done.returncode == 0, f"{' '.join(words)}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done

    def up(self, *words: str) -> None:
        self.compose("up", "-d", *words)
        self.wait_until_healthy()

    def containers(self, service: str | None = None) -> dict[str, dict[str, Any]]:
        """What runs, by name: docker's own description of each container."""
        wanted = ["--filter", f"label=com.docker.compose.project={PROJECT}"]
        wanted += ["--filter", f"label=com.docker.compose.service={service}"] if service else []
        ids = subprocess.run(["docker", "ps", "-q", *wanted], capture_output=True, text=True, check=True).stdout.split()
        found = []
        if ids:
            found = json.loads(subprocess.run(["docker", "inspect", *ids], capture_output=True, check=True).stdout)
        return {one["Name"].removeprefix("/"): one for one in found}

    def health(self) -> dict[str, str | None]:
        return {name: one["State"].get("Health", {}).get("Status") for name, one in self.containers().items()}

    def wait_until_healthy(self) -> None:
        def unhealthy() -> list[str]:
            health = self.health()
            missing = len(LASTING) - len(health)
            more = [f"{missing} not running"] if missing > 0 else []
            return more + [f"{name} {state}" for name, state in health.items() if state != "healthy"]

        wait_until_empty("containers", unhealthy)

    def kill(self, name: str) -> None:
        """As a crash would: the first process of the container dies, and nobody has asked for it."""
        os.kill(self.containers()[name]["State"]["Pid"], signal.SIGKILL)

    def inside(self, service: str, script: str) -> Any:
        """Run Python inside a running container, with what its process was told; gives what it printed as JSON."""
        done = self.compose("exec", "-T", service, "python", "-", input=script)
        return json.loads(done.stdout.splitlines()[-1])

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=40)
