"""The errors of corrections by order, with a sentence for people."""

from chassis.errors import Conflict


class ProposalLoweredByOrder(Conflict):
    code = "proposal_lowered_by_order"
    title = "One officer's order may not lower what the appraiser has proposed"
    sentence = (
        "Usulan pejabat penilai tidak dapat diturunkan dengan perintah seorang petugas. "
        "Selesaikan usulan itu, lalu ajukan koreksi, yang diputus petugas kedua."
    )


class CorrectionMoveRefused(Conflict):
    code = "correction_move_refused"
    title = "The correction order is not in a state that allows this"
    sentence = "Perintah koreksi berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."


class CorrectionWaiting(Conflict):
    code = "correction_waiting"
    title = "A correction order waits for this evaluation"
    sentence = "Perintah koreksi lain masih menunggu keputusan untuk evaluasi ini."


class CorrectionOutdated(Conflict):
    code = "correction_outdated"
    title = "The evaluation has changed since the order was proposed"
    sentence = (
        "Evaluasi kini revisi {revision}, sedangkan perintah ini mengoreksi revisi {seen}. "
        "Tolak atau tarik perintah ini, lalu ajukan yang baru."
    )


class CorrectionNotImpartial(Conflict):
    code = "correction_not_impartial"
    title = "This person may not correct the evaluation"
    sentence = (
        "Koreksi tidak boleh diusulkan atau diputus oleh pegawai itu sendiri, bawahannya, atau pejabat yang menilai "
        "dan menetapkannya. Minta petugas lain."
    )


class CorrectionProposerNotImpartial(Conflict):
    code = "correction_proposer_not_impartial"
    title = "Who proposed the order may not correct the evaluation any more"
    sentence = (
        "Yang mengusulkan perintah ini kini menjadi bawahan pegawai yang dinilai, sehingga perintahnya tidak dapat "
        "disetujui. Tolak perintah ini; pengelola kepegawaian lalu mengajukannya sendiri, dan petugas lain memutusnya."
    )


class SecondOfficerNeeded(Conflict):
    code = "second_officer_needed"
    title = "The order needs a second officer"
    sentence = (
        "Perintah koreksi diputus oleh petugas kedua, bukan oleh yang mengusulkan. Yang mengusulkan dapat menariknya."
    )
