"""The commands of `./suar`: which package answers each, and what it is for.

Standard library only, like everything in this package: `./suar` reads this table before there is an environment.
"""

from dataclasses import dataclass

# each includes the one before: an operator's machine needs no embedded PostgreSQL, nginx or demo, nor does an
# auditor's, which has the rules of appraisal besides
NEEDS = ("operator", "auditor", "everything", "tools")


@dataclass(frozen=True)
class Verb:
    """One command. `module` has a table PARSERS of functions that add the command's arguments to a parser.

    `needs` is how much has to be installed for it, one of NEEDS.
    """

    module: str
    summary: str
    needs: str = "everything"


VERBS = {
    "demo": Verb("suar_demo.cli", "jalankan semuanya dan mainkan setahun sebuah kementerian contoh"),
    "init": Verb(
        "suar_operator.cli",
        "buat berkas rahasia (.env) bagi docker-compose; yang sudah ada tidak diubah",
        needs="operator",
    ),
    "up": Verb("suar_runner.cli", "jalankan semua layanan pada satu folder data"),
    "down": Verb("suar_runner.cli", "hentikan semua proses dengan tertib; data tetap ada"),
    "status": Verb("suar_runner.cli", "tampilkan keadaan tiap proses (0 sehat, 1 ada yang tidak siap, 3 berhenti)"),
    "logs": Verb("suar_runner.cli", "tampilkan catatan (log) semua proses atau satu proses"),
    "operator": Verb(
        "suar_operator.cli", "buat akun operator pertama pada sistem yang sedang berjalan", needs="operator"
    ),
    "events": Verb(
        "suar_operator.cli", "lihat dan tangani peristiwa antarlayanan: yang menunggu, gagal, hilang", needs="operator"
    ),
    "audit": Verb("suar_operator.cli", "periksa apakah jejak audit utuh", needs="operator"),
    "explain": Verb(
        "suar_auditor.cli", "hitung ulang penjelasan evaluasi dari berkasnya, tanpa server", needs="auditor"
    ),
    "sample": Verb("suar_sample.cli", "buat berkas contoh: pegawai, unit, kehadiran, kelas jabatan, dan lainnya"),
    "test": Verb(
        "suar_developer.cli", "periksa kode, lalu jalankan semua uji pada landasan terbaik yang ada", needs="tools"
    ),
    "check": Verb("suar_developer.cli", "periksa kode saja: ruff, mypy, batas impor", needs="tools"),
    "describe": Verb("suar_developer.cli", "tulis ulang deskripsi API (contracts/http) setelah rute berubah"),
    "new": Verb("suar_developer.cli", "buat kerangka: new service NAMA membuat layanan baru", needs="tools"),
}
