"""`suar init`: the secrets that docker-compose asks for, made once, in a file that only its owner may read."""

import argparse
import base64
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from suar_cli.errors import RunnerError
from suar_operator.folder import write_atomically
from suar_operator.services import OWNERS, SERVICES

PRIVATE, PUBLIC = "AUTH_PRIVATE_KEY", "AUTH_PUBLIC_KEY"
HEADING = """\
# Rahasia pemasangan ini, dibuat oleh `./suar init`. Jangan dibagikan, jangan dimasukkan ke git.
# Simpan salinannya: tanpa berkas ini data yang ada tidak dapat dibuka lagi.
"""
OPTIONS = """
# Setelan yang boleh diubah:
# SUAR_ADDRESS=127.0.0.1:8080                    alamat pintu masuk di mesin ini
# PUBLIC_BASE_URL=https://kinerja.contoh.go.id   alamat yang dibuka orang
# SMTP_URL=smtp://pengguna:sandi@surel.contoh.go.id:587
# MAIL_SENDER=tidak-dibalas@contoh.go.id
"""


class SecretsUnfit(RunnerError):
    """The file that holds the secrets cannot be completed without changing what it says."""

    exit_code = 10


@dataclass(frozen=True)
class Made:
    """What `init` did: the names it added; none when everything was there already."""

    path: Path
    added: tuple[str, ...]
    is_new: bool


def makers() -> dict[str, Callable[[], str]]:
    """Every single secret, with how it is made. The signing keys come in a pair, and are made apart."""
    names = ["POSTGRES_PASSWORD", "RABBITMQ_PASSWORD", "GRAFANA_PASSWORD"]
    names += [f"{owner.upper()}_DATABASE_PASSWORD" for owner in OWNERS]
    names += [f"{service.upper()}_BUS_PASSWORD" for service in SERVICES]
    # no character that a URL, a shell or compose would read as something else
    return {name: lambda: secrets.token_hex(24) for name in names} | {
        "WEBHOOK_SECRET_KEYS": lambda: secrets.token_urlsafe(32)
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
        if added:
            lines = "".join(f"{name}={value}\n" for name, value in added.items())
            new = f"{text.rstrip()}\n\n{lines}" if text.strip() else f"{HEADING}\n{lines}{OPTIONS}"
            write_atomically(path, new, mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise SecretsUnfit(f"{path} tidak dapat ditulisi ({error.strerror}).") from error
    return Made(path, tuple(added), is_new=not text)


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
            f"Kembalikan {missing}, atau hapus {lonely} supaya dibuatkan pasangan baru (semua orang masuk ulang)."
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
    if not made.added:
        print(f"{made.path} sudah lengkap; tidak ada yang diubah.")
        return 0
    what = "dibuat" if made.is_new else "dilengkapi"
    print(f"{made.path} {what}: {len(made.added)} rahasia, hanya terbaca oleh pemiliknya. Simpan salinannya.")
    print("Lanjutkan dengan: docker-compose up --build -d")
    return 0
