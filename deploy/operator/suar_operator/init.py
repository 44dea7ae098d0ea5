"""`suar init`: the secrets that docker-compose asks for, made once, in a file that only its owner may read."""

import argparse
import base64
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from suar_cli.errors import RunnerError
from suar_operator.folder import write_atomically
from suar_operator.services import OWNERS

PRIVATE, PUBLIC = "AUTH_PRIVATE_KEY", "AUTH_PUBLIC_KEY"
HEADING = """\
# Rahasia pemasangan ini, dibuat oleh `./suar init`. Jangan dibagikan, jangan dimasukkan ke git.
# Simpan salinannya: tanpa berkas ini data yang ada tidak dapat dibuka lagi.
"""
SETTINGS_HEADING = """\
# Setelan yang boleh diubah. Yang tertulis adalah bawaannya: hapus tanda # di depan namanya, isi nilainya, lalu jalankan
# docker-compose up -d. Arti selengkapnya: deploy/README.md, "Settings".
"""


@dataclass(frozen=True)
class Setting:
    """A variable that the compose files read besides the secrets, with its default and its meaning."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("SUAR_ADDRESS", "127.0.0.1:8080", "alamat masuk di mesin ini"),
    Setting(
        "PUBLIC_BASE_URL", "http://localhost:8080", "alamat yang dibuka orang; dipakai dalam surel dan kode QR dokumen"
    ),
    Setting("PUBLIC_ORIGINS", "", "asal halaman kita yang lain, dipisah spasi; kosong: alamat yang dipanggil peramban"),
    Setting("EDGE_TRUSTED_PROXIES", "", "jaringan proksi di depan Suar yang alamat pengunjungnya dipercaya"),
    Setting("SMTP_URL", "", "smtp://pengguna:sandi@surel.contoh.go.id:587; kosong: tidak ada surel yang dikirim"),
    Setting("MAIL_SENDER", "tidak-dibalas@suar.invalid", "alamat pengirim surel"),
    Setting("WEBHOOK_ALLOW", "", "host dan jaringan dalam yang boleh dituju webhook, dipisah koma"),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING, atau ERROR"),
    Setting("SUAR_IMAGE", "suar", "nama dan tanda citra kontainer Suar"),
    *(
        Setting(f"{owner.upper()}_{kind}REPLICAS", "1", f"banyaknya kontainer {owner}{suffix}")
        for owner in OWNERS
        for kind, suffix in (("", ""), ("WORKER_", "-worker"))
    ),
    Setting("POSTGRES_MAX_CONNECTIONS", "500", "sambungan yang diterima PostgreSQL"),
    Setting("DATABASE_CONNECTIONS_PER_ROLE", "70", "sambungan yang boleh dibuka satu layanan"),
    Setting("RABBITMQ_MANAGEMENT_ADDRESS", "127.0.0.1:15672", "alamat halaman RabbitMQ di mesin ini"),
    Setting("TLS_DIR", "", "folder certificate.pem dan key.pem (deploy/compose/tls.yml)"),
    Setting("SUAR_TLS_ADDRESS", "0.0.0.0:443", "alamat TLS (deploy/compose/tls.yml)"),
    Setting("COMPOSE_FILE", "docker-compose.yml", "berkas compose yang dipakai, dipisah titik dua"),
    Setting("COMPOSE_PROFILES", "", "observability: metrik, dasbor, dan jejak ikut dijalankan"),
    Setting("PROMETHEUS_ADDRESS", "127.0.0.1:9090", "alamat Prometheus di mesin ini"),
    Setting("GRAFANA_ADDRESS", "127.0.0.1:3000", "alamat Grafana di mesin ini"),
    Setting("JAEGER_ADDRESS", "127.0.0.1:16686", "alamat Jaeger di mesin ini"),
    Setting("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel-collector:4318", "tujuan jejak (OTLP); kosong: tidak dikirim"),
    Setting("PROMETHEUS_IMAGE", "prom/prometheus:v3.5.0", "citra Prometheus"),
    Setting("GRAFANA_IMAGE", "grafana/grafana:12.1.0", "citra Grafana"),
    Setting("OTEL_COLLECTOR_IMAGE", "otel/opentelemetry-collector:0.131.0", "citra OpenTelemetry Collector"),
    Setting("JAEGER_IMAGE", "jaegertracing/jaeger:2.8.0", "citra Jaeger"),
)


class SecretsUnfit(RunnerError):
    """The file that holds the secrets cannot be completed without changing what it says."""

    exit_code = 10


@dataclass(frozen=True)
class Made:
    """What `init` did: the secrets it added, and the settings it listed as comments; both empty when all were there."""

    path: Path
    added: tuple[str, ...]
    listed: tuple[str, ...]
    is_new: bool


def makers() -> dict[str, Callable[[], str]]:
    """Every single secret, with how it is made. The signing keys come in a pair, and are made apart."""
    names = ["POSTGRES_PASSWORD", "RABBITMQ_PASSWORD", "GRAFANA_PASSWORD"]
    names += [f"{owner.upper()}_DATABASE_PASSWORD" for owner in OWNERS]
    names += [f"{service.upper()}_BUS_PASSWORD" for service in OWNERS]
    # no character that a URL, a shell or compose would read as something else
    return {name: lambda: secrets.token_hex(24) for name in names} | {
        "WEBHOOK_SECRET_KEYS": lambda: secrets.token_urlsafe(32),
        "SECOND_FACTOR_KEY": lambda: secrets.token_urlsafe(32),
    }


def make_secrets(path: Path) -> Made:
    """Write what is missing; what the file says already stays as it is."""
    try:
        text = path.read_text() if path.exists() else ""
        present = read_variables(text)
        added = {name: make() for name, make in makers().items() if not present.get(name)}
        added |= _keys(path, present)
        empty = [name for name in added if name in present]
        if empty:
            raise SecretsUnfit(
                f"{path}: {empty[0]} ada tetapi kosong. Hapus barisnya, lalu ulangi: ./suar init membuatkan nilainya."
            )
        listed = [setting for setting in SETTINGS if not _mentions(text, setting.name)]
        parts = [text.strip() or HEADING.strip(), "\n".join(f"{name}={value}" for name, value in added.items())]
        parts += [_as_comments(listed)] if listed else []
        if added or listed:
            write_atomically(path, "\n\n".join(part for part in parts if part) + "\n", mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise SecretsUnfit(f"{path} tidak dapat ditulisi ({error.strerror}).") from error
    return Made(path, tuple(added), tuple(setting.name for setting in listed), is_new=not text)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"^[#\s]*(?:export\s+)?{name}=", text, re.MULTILINE) is not None


def _as_comments(settings: Sequence[Setting]) -> str:
    return SETTINGS_HEADING + "\n".join(f"# {one.meaning}:\n# {one.name}={one.default}" for one in settings)


def read_variables(text: str) -> dict[str, str]:
    """The variables of an .env file, as compose reads them."""
    found = re.findall(r"^\s*(?:export\s+)?([A-Za-z_]\w*)=[ \t]*(.*?)[ \t]*$", text, re.MULTILINE)
    return {name: value.strip("'\"") for name, value in found}


def _keys(path: Path, present: Mapping[str, str]) -> dict[str, str]:
    from gateway.crypto import make_keys

    if present.get(PRIVATE) and present.get(PUBLIC):
        return {}
    if present.get(PRIVATE) or present.get(PUBLIC):
        lonely, missing = (PRIVATE, PUBLIC) if present.get(PRIVATE) else (PUBLIC, PRIVATE)
        raise SecretsUnfit(
            f"{path}: ada {lonely} tetapi tidak ada {missing}; keduanya berpasangan. "
            f"Kembalikan {missing}, atau hapus {lonely} supaya dibuatkan pasangan baru "
            "(permintaan dapat ditolak selama dua menit)."
        )
    with tempfile.TemporaryDirectory(prefix="suar-keys-") as folder:
        private, public = Path(folder) / "private.pem", Path(folder) / "public.pem"
        make_keys(private, public)
        return {
            name: base64.b64encode(file.read_bytes()).decode() for name, file in ((PRIVATE, private), (PUBLIC, public))
        }


def add_arguments(parser: argparse.ArgumentParser, folder: Path) -> None:
    standard = folder / ".env"
    parser.add_argument(
        "--out", type=Path, default=standard, metavar="BERKAS", help=f"berkas rahasia (bawaan: {standard})"
    )


def run(arguments: argparse.Namespace) -> int:
    made = make_secrets(arguments.out)
    if not made.added and not made.listed:
        print(f"{made.path} sudah lengkap; tidak ada yang diubah.")
        return 0
    what = "dibuat" if made.is_new else "dilengkapi"
    print(
        f"{made.path} {what}: {len(made.added)} rahasia, {len(made.listed)} setelan sebagai komentar; "
        "hanya terbaca oleh pemiliknya. Simpan salinannya."
    )
    print("Lanjutkan dengan: docker-compose up --build -d")
    print("Bila berhenti dengan `exited with code 1`, sebabnya ada di: docker-compose logs prepare")
    return 0
