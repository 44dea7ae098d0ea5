"""docker-compose.yml says what it must: every component, one database each, health, limits, no default secret."""

import importlib.util
import ipaddress
import re
import subprocess
from urllib.parse import urlsplit

import pytest
import yaml

from suar_operator.init import PRIVATE, PUBLIC, SETTINGS, makers
from suar_operator.services import OWNERS, SERVICES
from tests.compose.command_lines import faults, in_comments, in_document, services_of
from tests.compose.compose_files import (
    FILE,
    OVERRIDES,
    ROOT,
    VARIABLE,
    conditions,
    environment,
    is_lasting,
    is_ours,
    packages,
    services,
)

ALL = services()
OURS = {name: one for name, one in ALL.items() if is_ours(one)}
PROCESSES = {name: one for name, one in OURS.items() if one["command"][0] in {"api", "worker", "migrate"}}
DONE = "service_completed_successfully"
DOCUMENTS = [
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "README.md",
    ROOT / "deploy" / "README.md",
    FILE,
    *OVERRIDES,
]


def owner_of(name):
    return name.removesuffix("-worker").removesuffix("-migrate")


@pytest.mark.parametrize(("owner", "package"), sorted(packages().items()))
def test_every_component_has_its_api_its_worker_and_its_migration(owner, package):
    assert ALL[owner]["command"] == ["api", package]
    assert ALL[f"{owner}-worker"]["command"] == ["worker", package]
    assert ALL[f"{owner}-migrate"]["command"] == ["migrate", package]


def test_nothing_else_is_there_but_the_backends_and_the_edge():
    assert set(ALL) - set(PROCESSES) == {"postgres", "rabbitmq", "prepare", "edge-config", "edge"}
    assert {owner_of(name) for name in PROCESSES} == set(packages()) == set(OWNERS)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_verb_exists(name):
    entrypoint = (ROOT / "deploy" / "entrypoint").read_text()
    verbs = {word for line in re.findall(r"^  ([a-z |]+)\)", entrypoint, re.MULTILINE) for word in line.split(" | ")}
    verb, *rest = OURS[name]["command"]
    assert verb in verbs
    if name in PROCESSES:
        assert importlib.util.find_spec(rest[0])
    if "healthcheck" in OURS[name]:
        assert OURS[name]["healthcheck"]["test"][:3] == ["CMD", "/app/deploy/entrypoint", "health"]
        assert OURS[name]["healthcheck"]["test"][3] == verb


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_each_process_knows_one_database_and_its_own_user_of_the_bus(name):
    owner, told = owner_of(name), environment(ALL[name])
    (variable,) = [one for one in told if one.endswith("DATABASE_URL")]
    assert variable == f"{owner.upper()}_DATABASE_URL"
    url = urlsplit(VARIABLE.sub("x", told[variable]))
    assert (url.username, url.path) == (owner, f"/{owner}")
    assert f"${{{owner.upper()}_DATABASE_PASSWORD}}" in told[variable]
    assert urlsplit(VARIABLE.sub("x", told["BUS_URL"])).username == owner
    assert f"${{{owner.upper()}_BUS_PASSWORD}}" in told["BUS_URL"]
    assert told["BUS_DECLARE"] == "false"


def test_only_prepare_and_the_servers_know_the_administrators_passwords():
    for administrator in ("POSTGRES_PASSWORD", "RABBITMQ_PASSWORD"):
        knowing = {name for name, one in ALL.items() if f"{{{administrator}" in str(environment(one))}
        assert knowing - {"prepare"} == {administrator.removesuffix("_PASSWORD").lower()}
    knowing = {name for name, one in ALL.items() if "AUTH_PRIVATE_KEY:" in str(environment(one))}
    assert {owner_of(name) for name in knowing} == {"identity"}


def test_prepare_is_given_the_password_of_every_owner():
    told = environment(ALL["prepare"])
    wanted = {f"{owner.upper()}_DATABASE_PASSWORD" for owner in OWNERS}
    wanted |= {f"{service.upper()}_BUS_PASSWORD" for service in OWNERS}
    assert wanted <= set(told)


@pytest.mark.parametrize("file", [FILE, *OVERRIDES], ids=lambda file: file.name)
def test_no_secret_has_a_default_and_init_makes_every_one(file):
    made = {*makers(), PRIVATE, PUBLIC}
    for service, one in services(file).items():
        for name, value in environment(one).items():
            where = f"{file.name}: {service}: {name}"
            for variable, kind, _ in VARIABLE.findall(value):
                if variable in made:
                    assert kind in {"?", ""}, f"{where}: {variable} has a default"
            is_secret = re.search(r"PASSWORD|PASS$|SECRET|_KEY$", name) and not name.startswith("PASSWORD_HASH")
            is_secret = is_secret and not value.startswith("/")
            password = (
                urlsplit(VARIABLE.sub(lambda found: f"VAR_{found[1]}", value)).password if "://" in value else None
            )
            if is_secret:
                assert VARIABLE.fullmatch(value), f"{where}: a secret stands in the file"
                assert VARIABLE.fullmatch(value)[1] in made, f"{where}: init does not make it"
            if password:
                assert password.startswith("VAR_"), f"{where}: a password stands in the file"
                assert password.removeprefix("VAR_") in made, f"{where}: init does not make it"


def test_every_secret_is_required_once_with_its_own_name_in_the_message():
    required = [
        (variable, message)
        for file in (FILE, *OVERRIDES)
        for variable, kind, message in VARIABLE.findall(file.read_text())
        if kind == "?"
    ]
    for variable, message in required:
        cure = "isi dengan folder sertifikat" if variable == "TLS_DIR" else "jalankan ./suar init"
        assert message == f"{variable} belum ada; {cure}"
    names = [variable for variable, _ in required]
    assert len(names) == len(set(names))
    assert {*makers(), PRIVATE, PUBLIC} == set(names) - {"TLS_DIR"}


def test_init_lists_every_other_variable_with_its_default():
    found = {}
    for file in (FILE, *OVERRIDES):
        for variable, kind, rest in VARIABLE.findall(file.read_text()):
            if kind == "-":
                found.setdefault(variable, rest)
    listed = {setting.name: setting.default for setting in SETTINGS}
    assert {name: listed.get(name) for name in found} == found
    assert set(listed) - set(found) == {"TLS_DIR", "COMPOSE_FILE", "COMPOSE_PROFILES"}


def test_the_readme_explains_every_setting_with_its_default():
    text = (ROOT / "deploy" / "README.md").read_text()
    rows = re.findall(r"^\| `([A-Z_]+)`(?:, `[A-Z_]+`)? \| (?:`([^`]*)`)? *\|", text, re.MULTILINE)
    expected = {setting.name: setting.default for setting in SETTINGS if not setting.name.endswith("_REPLICAS")}
    table = {name: default for name, default in rows if name in {*expected, "NAME_REPLICAS"}}
    assert table == expected | {"NAME_REPLICAS": "1"}
    for owner in OWNERS:
        assert f"`{owner.upper()}`" in text


@pytest.mark.parametrize("owner", sorted(OWNERS))
def test_replicas_stand_in_the_environment_so_that_a_plain_up_keeps_them(owner):
    assert ALL[owner]["scale"] == f"${{{owner.upper()}_REPLICAS:-1}}"
    assert ALL[f"{owner}-worker"]["scale"] == f"${{{owner.upper()}_WORKER_REPLICAS:-1}}"
    assert "scale" not in ALL[f"{owner}-migrate"]


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_both_versions_of_compose_accept_what_is_documented(page):
    read = in_document if page.suffix == ".md" else in_comments
    for words in read(page.read_text()):
        assert faults(words) == [], f"docker-compose {' '.join(words)}"
        assert set(services_of(words)) <= set(ALL), f"docker-compose {' '.join(words)}"


def test_an_option_that_one_version_does_not_know_is_found():
    for line, fault in [
        ("logs --since 15m training", "logs --since: unknown to v1"),
        ("up -d --wait training", "up --wait: unknown to v1"),
        ("down -t 5 --force", "down --force: unknown to v1"),
        ("--verbose ps", "docker-compose --verbose: unknown to v2"),
        ("watch training", "watch: not a listed command"),
    ]:
        assert fault in faults(line.split())
    assert faults(["-f", "docker-compose.yml", "exec", "-T", "postgres", "psql", "-U", "postgres", "--anything"]) == []
    assert services_of(["logs", "--tail", "2000", "training", "edge"]) == ["training", "edge"]


def test_maps_that_are_merged_never_hold_the_same_key():
    """Readers of YAML differ in which map of a merged list wins."""
    raw = yaml.compose(FILE.read_text())
    waiting = [raw]
    while waiting:
        node = waiting.pop()
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        for key, value in pairs:
            waiting.append(value)
            if key.value == "<<" and isinstance(value, yaml.SequenceNode):
                keys = [inner.value for merged in value.value for inner in _keys_of(merged)]
                assert len(keys) == len(set(keys)), sorted(keys)


def _keys_of(node):
    for key, value in node.value:
        if key.value == "<<":
            yield from _keys_of(value)
        else:
            yield key


def test_what_init_makes_is_used():
    used = {variable for file in (FILE, *OVERRIDES) for variable, _, _ in VARIABLE.findall(file.read_text())}
    assert {*makers(), PRIVATE, PUBLIC} <= used


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_container_is_limited_and_what_lasts_is_watched_and_restarted(name):
    service = ALL[name]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["logging"]["options"]["max-size"]
    if is_lasting(service):
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["stop_grace_period"]
    else:
        assert service["restart"] == "no"


@pytest.mark.parametrize("name", sorted([*OURS, "edge"]))
def test_our_containers_can_write_nowhere_and_do_nothing_as_root(name):
    service = ALL[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["tmpfs"] == ["/tmp"]
    assert service["stop_grace_period"] == "10s"
    assert "privileged" not in service
    if name == "edge":
        assert service["user"].split(":")[0] not in {"0", "root"}


def test_the_image_ends_as_somebody_who_is_not_root():
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    (user,) = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert int(user.split(":")[0]) > 0
    assert sum(line.startswith("FROM ") for line in lines) == 2, "what builds it stays behind"


@pytest.mark.parametrize("owner", sorted(packages()))
def test_migrations_run_once_and_before(owner):
    assert conditions(ALL[owner])[f"{owner}-migrate"] == DONE
    assert conditions(ALL[f"{owner}-worker"])[f"{owner}-migrate"] == DONE
    assert conditions(ALL[f"{owner}-migrate"])["prepare"] == DONE
    assert conditions(ALL["prepare"]) == {"postgres": "service_healthy", "rabbitmq": "service_healthy"}


def test_the_image_is_built_once():
    assert [name for name, one in ALL.items() if "build" in one] == ["prepare"]
    assert len({one["image"] for one in OURS.values()}) == 1


def test_the_edge_knows_every_api_and_readiness_asks_every_service():
    behind = dict(pair.split("=") for pair in environment(ALL["edge-config"])["EDGE_UPSTREAMS"].split())
    assert behind == {owner: f"{owner}:8000" for owner in packages()}
    asked = dict(pair.split("=") for pair in environment(ALL["identity"])["READINESS_TARGETS"].split())
    assert asked == {service: f"{service}:8000" for service in SERVICES}


def test_servers_cannot_be_reached_from_the_edge_or_the_network():
    networks = {name: set(one.get("networks", [])) for name, one in ALL.items()}
    assert networks["edge"] == {"front"}
    assert "front" not in networks["postgres"] | networks["rabbitmq"]
    assert {name for name, one in ALL.items() if "ports" in one} == {"edge", "rabbitmq"}
    for name in ("edge", "rabbitmq"):
        ((_, kind, address),) = VARIABLE.findall(ALL[name]["ports"][0])
        assert kind == "-"
        assert ipaddress.ip_address(address.rpartition(":")[0]).is_loopback
    assert {name for name, found in networks.items() if "outside" in found} == {"notification-worker"}


def test_it_is_production_unless_the_demonstrations_file_is_named():
    for name, one in PROCESSES.items():
        told = environment(one)
        assert told["SUAR_MODE"] == "production", name
        assert "CLOCK_FILE" not in told, name
    demo = services(ROOT / "docker-compose.demo.yml")
    for name, one in PROCESSES.items():
        if one["command"][0] != "migrate":
            assert environment(demo[name])["SUAR_MODE"] == "demo"
            writable = "clock:/clock" in demo[name]["volumes"]
            assert writable == (name == "identity"), "one turns the clock, the others read it"


@pytest.mark.parametrize("file", OVERRIDES, ids=lambda file: file.name)
def test_overrides_change_what_exists_or_bring_a_whole_service(file):
    for name, one in services(file).items():
        assert name in ALL or "image" in one, f"{name} is neither in {FILE.name} nor complete"


def test_a_service_on_its_own_server_leaves_the_common_one():
    override = services(ROOT / "deploy" / "compose" / "own-database.yml")
    kept = environment(override["prepare"])["PREPARE_DATABASES"].split()
    moved = environment(override["appraisal-prepare"])["PREPARE_DATABASES"].split()
    assert sorted([*kept, *moved]) == sorted(OWNERS)
    for name in ("appraisal", "appraisal-worker", "appraisal-migrate"):
        assert "@appraisal-postgres:" in environment(override[name])["APPRAISAL_DATABASE_URL"]


def test_what_goes_into_the_image_is_listed_and_secrets_are_not_among_it():
    lines = (ROOT / ".dockerignore").read_text().split()
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert "*" in lines
    assert {"contracts", "gateway", "libs", "services", "uv.lock", "pyproject.toml"} <= allowed
    assert {line for line in allowed if line.startswith("deploy")} == {
        "deploy/cli",
        "deploy/operator",
        "deploy/entrypoint",
    }
    assert not allowed & {".env", ".git", "tests"}
    ignored = subprocess.run(["git", "check-ignore", "-q", ".env"], cwd=ROOT, check=False)
    assert ignored.returncode in {0, 128}, ".env can be committed"
