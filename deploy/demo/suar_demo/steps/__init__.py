"""The steps of the scenario, one file each, in the order of the year."""

from collections.abc import Callable

from suar_demo.context import DemoContext
from suar_demo.steps import cycle, incentive, lives, notification, people, training, wellbeing

Step = Callable[[DemoContext], None]


def _pay_both(context: DemoContext, *months: int) -> None:
    """Pay months of the ministry, and those of the second agency that its stories need."""
    for month in months:
        incentive.pay_month(context, month)
        lives.pay_month(context, month)


PROGRAMME: tuple[tuple[str, Step], ...] = (
    ("2 Januari: kementerian terdaftar", people.register_ministry),
    ("Berkas unit dan pegawai diimpor", people.import_files),
    ("Atasan yang salah diperbaiki", people.correct_superiors),
    ("Setiap pegawai mendapat akun", people.open_accounts),
    ("Layanan lain mendengar", people.wait_for_projections),
    ("Instansi lain berlangganan", notification.subscribe_agency),
    ("Lembaga Contoh: instansi kedua, orang-orangnya berpindah", lives.open_agency),
    ("Katalog pelatihan dan perpustakaan", training.prepare_catalogue),
    ("Kebijakan tunjangan, saldo angka kredit", incentive.publish_policy),
    ("12 Januari: SKP disusun dari atas ke bawah", cycle.draft_plans),
    ("14 Januari: SKP disetujui", cycle.activate_plans),
    ("Lembaga Contoh: SKP disetujui", lives.agree_plans),
    ("Tunjangan Januari dan Februari", lambda context: incentive.pay_months(context, 1, 2)),
    ("Maret: progres dan umpan balik", cycle.work_through_the_year),
    ("Tunjangan Maret", lambda context: incentive.pay_months(context, 3)),
    ("6 April: triwulan 1", lambda context: cycle.evaluate_quarter(context, 1)),
    ("Lembaga Contoh: triwulan 1", lives.rate_first_quarter),
    ("Tunjangan April", lambda context: incentive.pay_months(context, 4)),
    ("Lembaga Contoh, 15 Mei: pindah unit dan kelas", lives.transfer),
    ("Tunjangan Mei dan Juni", lambda context: incentive.pay_months(context, 5, 6)),
    ("6 Juli: triwulan 2", lambda context: cycle.evaluate_quarter(context, 2)),
    ("Lembaga Contoh, 6 sampai 10 Juli: pelaksana harian menilai", lives.stand_in_for_a_week),
    ("8 Juli: kebutuhan pelatihan", training.answer_the_need),
    ("Tunjangan Juli", lambda context: _pay_both(context, 7)),
    ("Agustus: penerangan di meja kerja", wellbeing.improve_lighting),
    ("Agustus: survei denyut", wellbeing.pulse_survey),
    ("Agustus: pelatihan pertama selesai", lambda context: training.finish_training(context, 8)),
    ("Agustus: program kesejahteraan", wellbeing.join_programme),
    ("Tunjangan Agustus", lambda context: _pay_both(context, 8)),
    ("Lembaga Contoh, 1 September: pensiun tercatat dua bulan terlambat", lives.record_late_retirement),
    ("September: pelatihan berikutnya selesai", lambda context: training.finish_training(context, 9)),
    ("Tunjangan September", lambda context: _pay_both(context, 9)),
    ("Lembaga Contoh: kelebihan bayar ditagih dengan angsuran", lives.claim_back),
    ("6 Oktober: triwulan 3", lambda context: cycle.evaluate_quarter(context, 3)),
    ("Tunjangan Oktober", lambda context: incentive.pay_months(context, 10)),
    ("Lembaga Contoh, 2 November: pegawai baru", lives.welcome_newcomer),
    ("Tunjangan November dan Desember", lambda context: _pay_both(context, 11, 12)),
    ("Lembaga Contoh: tunjangan pegawai baru", lives.check_newcomer_pay),
    ("5 Januari: triwulan 4", lambda context: cycle.evaluate_quarter(context, 4)),
    ("Lembaga Contoh: triwulan 4 pegawai baru", lives.rate_newcomer),
    ("JP setahun", training.check_ledger),
    ("Tunjangan setahun", incentive.check_year),
    ("Predikat organisasi", cycle.set_unit_predicate),
    ("12 Januari: dokumen tahunan diterbitkan", cycle.issue_annual),
    ("Lembaga Contoh: dokumen tahunan pegawai baru", lives.finish_newcomers_year),
    ("Angka kredit sementara", incentive.check_credit_before),
    ("20 Januari: keberatan", cycle.object_to_result),
    ("22 Januari: tanggapan pejabat penilai", cycle.answer_objection),
    ("27 Januari: masa keberatan berakhir", cycle.let_windows_close),
    ("29 Januari: keberatan diputus", cycle.decide_objection),
    ("Angka kredit dan hak sesudah keputusan", incentive.check_credit_after),
    ("Lembaga Contoh: angka kredit dua bulan", lives.check_newcomers_credit),
    ("Penghargaan", incentive.grant_award),
    ("Pemberitahuan dan instansi lain", notification.check_messages),
)
