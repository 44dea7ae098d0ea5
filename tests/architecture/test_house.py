"""Habits of the house that no linter knows."""

import importlib
import pkgutil
import re

from chassis.errors import AppError
from tests.architecture.house import COMPONENTS, ROOT, SERVICES


def every_error():
    for component in ("chassis", *COMPONENTS):
        package = importlib.import_module(component)
        for module in pkgutil.walk_packages(package.__path__, f"{component}."):
            if "testing" in module.name or module.name.endswith(("__main__", "entrypoint")):
                continue
            importlib.import_module(module.name)
    seen = []
    waiting = [AppError]
    while waiting:
        for child in waiting.pop().__subclasses__():
            if child.__module__.split(".")[0] in {"chassis", *COMPONENTS}:
                seen.append(child)
            waiting.append(child)
    return seen


def test_every_error_has_a_code_of_its_own_and_a_sentence_that_helps():
    codes = {}
    for error in every_error():
        assert re.fullmatch(r"[a-z][a-z0-9_]+", error.code), error
        assert codes.setdefault(error.code, error) is error, f"{error} and {codes[error.code]} share {error.code}"
        assert error.code == "error" or error.sentence != AppError.sentence, f"{error} has no sentence of its own"


def test_the_chassis_knows_no_service():
    for path in (ROOT / "chassis/chassis").rglob("*.py"):
        words = set(re.findall(r"[a-z]+", path.read_text().lower()))
        # PostgreSQL too sends notifications
        assert not words & ({*SERVICES, "skp", "predicate", "tukin"} - {"notification"}), path


def test_no_path_of_a_workplace_and_no_secret_stands_in_the_tree():
    pattern = re.compile(r"BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}")
    for path in ROOT.rglob("*"):
        if (
            path.suffix in {".py", ".md", ".yml", ".toml", ".conf", ".sh"}
            and ".venv" not in path.parts
            and "tests" not in path.parts
        ):
            assert not pattern.search(path.read_text(errors="ignore")), path
