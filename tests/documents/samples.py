"""A paper about Siti, as an agency would file it."""

from dataclasses import replace
from datetime import date
from typing import Any

from documents.papers import Column, Paper, Person, Seal, Section, Signature, Table

CODE = "K7QX3M9RTV2WZP4NHB6CJD8FGA"
SEAL = Seal("a3" * 32, CODE, f"https://suar.contoh.go.id/api/v1/appraisal/documents/{CODE}")
SITI = Person(
    "Pegawai yang dinilai",
    "Siti Rahmania, S.A.P.",
    "199004172019032005",
    "Penata Muda Tk. I (III/b)",
    "Analis SDM Aparatur Ahli Pertama",
    "Subbagian Mutasi dan Kepangkatan",
)
HEAD = Person(
    "Pejabat penilai kinerja",
    "Bambang Prasetyo",
    "197508121999031002",
    "Penata Tk. I (III/d)",
    "Kepala Subbagian Mutasi",
    "Subbagian Mutasi dan Kepangkatan",
)
CHIEF = Person(
    "Atasan pejabat penilai",
    "Dr. Ratna Dewi",
    "belum tercatat",
    "Pembina Utama Muda (IV/c)",
    "Kepala Biro SDM",
    "Biro SDM",
)


def a_paper(**changes: Any) -> Paper:
    return replace(
        Paper(
            title="Evaluasi Kinerja Pegawai",
            agency="Kementerian Contoh",
            period="1 Januari – 31 Desember 2026",
            status="Final",
            day=date(2027, 1, 29),
            people=(SITI, HEAD, CHIEF),
            sections=(
                Section(
                    "Hasil kerja",
                    tables=(
                        Table(
                            "Utama",
                            (
                                Column("No.", 1),
                                Column("Rencana hasil kerja", 5),
                                Column("Indikator", 4),
                                Column("Target", 3),
                            ),
                            (
                                ("1", "Layanan kenaikan pangkat selesai tepat waktu", "usul selesai", "120 usul"),
                                (
                                    "1",
                                    "Layanan kenaikan pangkat selesai tepat waktu",
                                    "durasi layanan",
                                    "paling lambat 5 hari",
                                ),
                                ("2", "Data kepegawaian mutakhir", "data diperbarui", "1.000 data"),
                            ),
                            merged=2,
                        ),
                    ),
                ),
                Section(
                    "Catatan",
                    text="Waktu layanan membaik sejak triwulan III.",
                    points=("akses SIASN", "laporan bulanan"),
                ),
            ),
            signatures=(
                Signature(
                    "Pegawai yang dinilai", "Diterima secara elektronik pada 12 Januari 2027", SITI.name, SITI.nip
                ),
                Signature(
                    "Pejabat penilai kinerja", "Ditetapkan secara elektronik pada 12 Januari 2027", HEAD.name, HEAD.nip
                ),
            ),
            remarks=("Dokumen ini dibuat oleh sistem dari data yang tersimpan.",),
        ),
        **changes,
    )
