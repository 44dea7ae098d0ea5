"""The acts of the story, one file each, in the order of the year."""

from collections.abc import Callable

from suar_demo.context import World
from suar_demo.steps import cycle, incentive, outside, people, training, wellbeing

Act = Callable[[World], None]

PROGRAMME: tuple[tuple[str, Act], ...] = (
    ("2 Januari: kementerian terdaftar", people.register_ministry),
    ("Berkas unit dan pegawai diimpor", people.import_files),
    ("Atasan yang salah diperbaiki", people.correct_superiors),
    ("Setiap pegawai mendapat akun", people.open_accounts),
    ("Layanan lain mendengar", people.wait_for_projections),
    ("Instansi lain berlangganan", outside.subscribe_agency),
    ("Katalog pelatihan dan perpustakaan", training.prepare_catalogue),
    ("Kebijakan tunjangan, saldo angka kredit", incentive.publish_policy),
    ("12 Januari: SKP disusun dari atas ke bawah", cycle.draft_plans),
    ("14 Januari: SKP disetujui", cycle.activate_plans),
    ("Tunjangan Januari dan Februari", lambda world: incentive.pay_months(world, 1, 2)),
    ("Maret: progres dan umpan balik", cycle.work_through_the_year),
    ("Tunjangan Maret", lambda world: incentive.pay_months(world, 3)),
    ("6 April: triwulan 1", lambda world: cycle.evaluate_quarter(world, 1)),
    ("Tunjangan April sampai Juni", lambda world: incentive.pay_months(world, 4, 5, 6)),
    ("6 Juli: triwulan 2", lambda world: cycle.evaluate_quarter(world, 2)),
    ("8 Juli: kebutuhan pelatihan", training.answer_the_need),
    ("Tunjangan Juli", lambda world: incentive.pay_months(world, 7)),
    ("Agustus: penerangan di meja kerja", wellbeing.light_at_the_desk),
    ("Agustus: survei denyut", wellbeing.pulse_survey),
    ("Agustus: pelatihan pertama selesai", lambda world: training.finish_training(world, 8)),
    ("Agustus: program kesejahteraan", wellbeing.join_programme),
    ("Tunjangan Agustus", lambda world: incentive.pay_months(world, 8)),
    ("September: pelatihan berikutnya selesai", lambda world: training.finish_training(world, 9)),
    ("Tunjangan September", lambda world: incentive.pay_months(world, 9)),
    ("6 Oktober: triwulan 3", lambda world: cycle.evaluate_quarter(world, 3)),
    ("Tunjangan Oktober sampai Desember", lambda world: incentive.pay_months(world, 10, 11, 12)),
    ("5 Januari: triwulan 4", lambda world: cycle.evaluate_quarter(world, 4)),
    ("JP setahun", training.check_ledger),
    ("Tunjangan setahun", incentive.check_year),
    ("Predikat organisasi", cycle.set_unit_predicate),
    ("12 Januari: dokumen tahunan diterbitkan", cycle.issue_annual),
    ("Angka kredit sementara", incentive.check_credit_before),
    ("20 Januari: keberatan", cycle.object_to_result),
    ("27 Januari: masa keberatan berakhir", cycle.let_windows_close),
    ("29 Januari: keberatan diputus", cycle.decide_objection),
    ("Angka kredit dan hak sesudah keputusan", incentive.check_credit_after),
    ("Penghargaan", incentive.grant_award),
    ("Pemberitahuan dan instansi lain", outside.check_messages),
)
