from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from suar_edge.cli import main
from suar_edge.configuration import Edge, Limits, Tls, prepare, render
from suar_edge.data import edge_data
from suar_edge.upstreams import parse_upstreams
from suar_runner.nginx import find_nginx


def an_edge(tmp_path, **changes):
    values = {
        "upstreams": {"identity": ["unix:/tmp/identity.sock"], "personnel": ["127.0.0.1:9001", "127.0.0.1:9002"]},
        "state_dir": tmp_path / "edge",
        "listen": (f"unix:{tmp_path}/edge.sock",),
        "error_log": str(tmp_path / "error.log"),
        "access_log": str(tmp_path / "access.log"),
    }
    return Edge(**{**values, **changes})


def nginx_accepts(edge):
    prepare(edge)
    configuration = edge.state_dir / "edge.conf"
    configuration.write_text(render(edge))
    tried = subprocess.run(
        [find_nginx().program, "-t", "-p", edge.state_dir, "-c", configuration],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    return configuration.read_text()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    make_certificate(folder / "edge.crt", folder / "edge.key")
    return Tls(folder / "edge.crt", folder / "edge.key")


def make_certificate(certificate, key_file):
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(built.public_bytes(Encoding.PEM))
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def test_nginx_accepts_the_plain_configuration(tmp_path):
    text = nginx_accepts(an_edge(tmp_path))
    assert "server 127.0.0.1:9001 max_fails" in text
    assert 'Strict-Transport-Security "max-age' not in text


def test_nginx_accepts_names_that_are_asked_again(tmp_path):
    upstreams = {"identity": ["identity:8000"], "appraisal": ["appraisal:8000", "10.0.0.7:8000"]}
    text = nginx_accepts(an_edge(tmp_path, upstreams=upstreams, resolver="127.0.0.11"))
    assert "resolver 127.0.0.11 valid=5s" in text
    assert "server appraisal:8000 resolve " in text
    assert "server 10.0.0.7:8000 max_fails" in text


def test_nginx_accepts_tls_with_redirection_and_trusted_proxies(tmp_path, certificate):
    text = nginx_accepts(
        an_edge(
            tmp_path, tls=certificate, redirect_listen=(f"unix:{tmp_path}/plain.sock",), trusted_proxies=("10.0.0.0/8",)
        )
    )
    assert 'Strict-Transport-Security "max-age=31536000' in text
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in text


def test_nginx_accepts_the_demos_generous_limits(tmp_path):
    nginx_accepts(an_edge(tmp_path, limits=Limits.generous()))


def test_every_repeated_header_block_has_all_security_headers(tmp_path):
    text = render(an_edge(tmp_path))
    wanted = ("nosniff", "X-Frame-Options DENY", "Referrer-Policy", "Content-Security-Policy", "X-Request-Id $rid")
    blocks = [block for block in re.split(r"\n        (?=location )", text) if "add_header" in block]
    assert len(blocks) > 5
    for block in blocks:
        for header in wanted:
            assert header in block, block[:80]


def test_the_problems_are_json_with_stable_codes_and_one_per_status():
    found = edge_data().problems
    statuses = [status for problem in found for status in problem.on]
    assert len(statuses) == len(set(statuses))
    assert {401, 404, 413, 429, 502, 503, 504} <= set(statuses)
    for problem in found:
        text = problem.body(body="1m", import_body="64m", open_body="64k")
        body = json.loads(text)
        assert set(body) == {"type", "title", "status", "code", "detail", "errors", "request_id"}
        assert body["code"].startswith("edge_")
        assert "'" not in text + "".join(problem.headers.values())
        assert text.count("$") == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"upstreams": {"personnel": ["a:1"]}}, "identity is missing"),
        ({"upstreams": {"identity": ["a:1"], "Bad Name": ["a:1"]}}, "'Bad Name' is not a service name"),
        ({"upstreams": {"identity": ["a:1"], "e-learning2": ["a:1"]}}, "'e-learning2' is not a service name"),
        ({"upstreams": {"identity": ["a:1"], "personnel": []}}, "personnel has no address"),
        ({"upstreams": {"identity": ["a:1; evil"]}}, "neither unix:/path nor host:port"),
        ({"upstreams": {"identity": ["localhost"]}}, "neither unix:/path nor host:port"),
        ({"listen": ("8080; include /etc/passwd",)}, "may not hold blanks"),
        ({"state_dir": Path("/tmp/a b")}, "may not hold blanks"),
    ],
)
def test_what_nginx_could_misread_is_refused(tmp_path, changes, message):
    with pytest.raises(ValueError, match=message):
        render(an_edge(tmp_path, **changes))


def test_upstreams_are_read_from_one_line():
    assert parse_upstreams("identity=unix:/run/i.sock,appraisal=a:8000, appraisal=b:8000") == {
        "identity": ["unix:/run/i.sock"],
        "appraisal": ["a:8000", "b:8000"],
    }
    with pytest.raises(ValueError, match="'nonsense' is not of the form"):
        parse_upstreams("nonsense")


def test_the_command_writes_a_configuration(tmp_path, capsys):
    target = tmp_path / "edge.conf"
    command = ["--upstreams", "identity=identity:8000", "--state", str(tmp_path / "state")]
    main([*command, "--out", str(target), "--resolver", "127.0.0.11"])
    assert "server identity:8000 resolve" in target.read_text()
    main(command)
    assert "server identity:8000 max_fails" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no upstreams"):
        main([])
    with pytest.raises(SystemExit, match="TLS needs both"):
        main([*command, "--key", "x"])
