"""The commands of `./suar`: which package answers each, and what it is for.

Standard library only, like everything in this package: `./suar` reads this table before there is an environment.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """One command. `module` has a table PARSERS of functions that add the command's arguments to a parser."""

    module: str
    summary: str
    needs_tools: bool = False


VERBS = {
    "demo": Verb("suar_demo.cli", "jalankan semuanya dan mainkan setahun sebuah kementerian contoh"),
    "init": Verb("suar_operator.cli", "buat berkas rahasia (.env) bagi docker-compose; yang sudah ada tidak diubah"),
    "up": Verb("suar_runner.cli", "jalankan semua layanan pada satu folder data"),
    "down": Verb("suar_runner.cli", "hentikan semua proses dengan tertib; data tetap ada"),
    "status": Verb("suar_runner.cli", "tampilkan keadaan tiap proses (0 sehat, 1 ada yang tidak siap, 3 berhenti)"),
    "logs": Verb("suar_runner.cli", "tampilkan catatan (log) semua proses atau satu proses"),
    "operator": Verb("suar_operator.cli", "buat akun operator pertama pada sistem yang sedang berjalan"),
    "events": Verb("suar_operator.cli", "lihat dan tangani peristiwa antarlayanan: yang menunggu, gagal, hilang"),
    "audit": Verb("suar_operator.cli", "periksa apakah jejak audit utuh"),
    "sample": Verb("suar_sample.cli", "buat berkas contoh: pegawai, unit, kehadiran, kelas jabatan, dan lainnya"),
    "test": Verb(
        "suar_developer.cli", "periksa kode, lalu jalankan semua uji pada landasan terbaik yang ada", needs_tools=True
    ),
    "check": Verb("suar_developer.cli", "periksa kode saja: ruff, mypy, batas impor", needs_tools=True),
    "describe": Verb("suar_developer.cli", "tulis ulang deskripsi API (contracts/http) setelah rute berubah"),
}
