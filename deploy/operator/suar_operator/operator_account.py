"""The first operator of an instance: somebody must be able to let the others in."""

import json
import os
import secrets
import subprocess
import sys

from suar_cli.errors import RunnerError
from suar_operator.folder import DataFolder


def create_operator(folder: DataFolder, username: str, agency: str) -> str:
    """Create the account in a running instance; gives the sentence to show, with the password unless one was given."""
    if folder.holder() is None:
        raise RunnerError(f"Belum berjalan. Jalankan dahulu: suar up --data {folder.path}")
    try:
        access = json.loads((folder.secrets / "access.json").read_text())
    except FileNotFoundError:
        raise RunnerError("Sistem masih disiapkan. Tunggu sampai siap, lalu ulangi.") from None
    given = os.environ.get("OPERATOR_PASSWORD")
    password = given or secrets.token_urlsafe(15)
    command = [sys.executable, "-m", "gateway", "bootstrap-operator", "--username", username, "--agency", agency]
    environment = {**access["environments"]["identity"], "OPERATOR_PASSWORD": password}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RunnerError(f"Akun operator tidak dapat dibuat:\n{(done.stderr or done.stdout).strip()}")
    if "exists already" in done.stdout:
        return f"Akun {username} sudah ada; tidak ada yang diubah."
    shown = "sandi dari OPERATOR_PASSWORD" if given else f"sandi: {password} (catat; tidak ditampilkan lagi)"
    return f"Akun operator {username} dibuat, {shown}"
