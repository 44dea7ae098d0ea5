"""Create the first operator of an instance, who then creates the other accounts.

`./suar operator` makes the account in an instance that runs on this machine, `python -m suar_operator.operator_account`
in the container of the gateway. Both take the password from OPERATOR_PASSWORD, else from the standard input.
"""

import argparse
import getpass
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suar_cli.errors import RunnerError
from suar_cli.hints import command
from suar_cli.parser import Parser
from suar_operator.folder import DataFolder

HOME_AGENCY = "suar"
HELP = "Sandinya dari OPERATOR_PASSWORD, atau dari masukan standar; bila kosong, dibuatkan dan ditampilkan sekali."


@dataclass(frozen=True)
class Password:
    """A password and the words for where it came from."""

    value: str
    origin: str


def add_account_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", required=True, metavar="NAMA", help="nama masuk, misalnya alamat surel")
    parser.add_argument(
        "--agency",
        default=HOME_AGENCY,
        metavar="KODE",
        help=f"instansi tempat jejak auditnya (bawaan: {HOME_AGENCY})",
    )


def read_password() -> Password:
    """Return OPERATOR_PASSWORD, else a line of the standard input, else a new random one."""
    given = os.environ.get("OPERATOR_PASSWORD")
    if given:
        return Password(given, "sandi dari OPERATOR_PASSWORD")
    if sys.stdin.isatty():
        given = getpass.getpass("Sandi operator baru (kosong: dibuatkan): ")
    else:
        given = sys.stdin.readline().rstrip("\n")
    return Password(given, "sandi dari masukan standar") if given else new_password()


def new_password() -> Password:
    made = secrets.token_urlsafe(15)
    return Password(made, f"sandi: {made} (catat; tidak ditampilkan lagi)")


def create_operator(folder: DataFolder, username: str, agency: str, password: Password) -> str:
    """Create the account in a running instance and return the sentence to show."""
    if folder.holder() is None:
        raise RunnerError(f"Belum berjalan. Jalankan dahulu: {command('up', '--data', folder.path)}")
    try:
        access = json.loads((folder.secrets / "access.json").read_text())
    except FileNotFoundError:
        raise RunnerError("Sistem masih disiapkan. Tunggu sampai siap, lalu ulangi.") from None
    return create_account(access["environments"]["identity"], username, agency, password)


def create_account(environ: Mapping[str, str], username: str, agency: str, password: Password) -> str:
    """Create the account where `environ` says, and return the sentence to show."""
    bootstrap = [sys.executable, "-m", "gateway", "bootstrap-operator", "--username", username, "--agency", agency]
    environment = {**environ, "OPERATOR_PASSWORD": password.value}
    done = subprocess.run(bootstrap, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RunnerError(f"Akun operator tidak dapat dibuat:\n{(done.stderr or done.stdout).strip()}")
    if "exists already" in done.stdout:
        return f"Akun {username} sudah ada; tidak ada yang diubah."
    return f"Akun operator {username} dibuat, {password.origin}"


def main(words: Sequence[str] | None = None) -> None:
    """Create the account in the container: the environment of this process is the gateway's own."""
    parser = Parser(prog="operator", description=f"Buat akun operator pertama. {HELP}")
    add_account_options(parser)
    arguments = parser.parse_args(words)
    try:
        sentence = create_account(os.environ, arguments.username, arguments.agency, read_password())
    except RunnerError as error:
        sys.exit(f"suar: {error}")
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
