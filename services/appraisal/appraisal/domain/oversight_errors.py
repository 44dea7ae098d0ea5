"""The errors of oversight: anomalies and samples, with a sentence for people."""

from chassis.errors import Conflict, Forbidden, RuleViolation


class AnomalyMoveRefused(Conflict):
    code = "anomaly_move_refused"
    title = "The anomaly is not in a state that allows this"
    sentence = "Anomali berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."


class SampleMoveRefused(Conflict):
    code = "sample_move_refused"
    title = "The sample is not in a state that allows this"
    sentence = (
        "Sampel ini berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}. "
        "Bila masih perlu membaca penilaian, tarik sampel baru dengan alasannya."
    )


class NothingToSample(Conflict):
    code = "nothing_to_sample"
    title = "No finished evaluation of this period is there to be drawn"
    sentence = "Belum ada penilaian {period} yang selesai dan dapat Anda tarik sebagai sampel pada unit itu."


class SampleTooLarge(RuleViolation):
    code = "sample_too_large"
    title = "The sample would be larger than what it is drawn from, or than a sample may be"
    sentence = "Sampel {wanted} penilaian terlalu besar: paling banyak {most} dari {population} penilaian yang ada."


class InspectorWithoutEmployee(Forbidden):
    code = "inspector_without_employee"
    title = "The inspector's account belongs to no employee"
    sentence = (
        "Pengawasan dicatat atas nama pegawai, dan akun Anda tidak terhubung dengan data pegawai, sehingga tidak dapat "
        "diketahui data mana yang menyangkut diri Anda sendiri. Minta operator sistem menghubungkan akun Anda."
    )
