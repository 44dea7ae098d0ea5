"""The errors of changing a rule: by kind of refusal, with a sentence for people."""

from chassis.errors import Conflict, Forbidden, OwnAffair


class OfficerWithoutEmployee(Forbidden):
    code = "officer_without_employee"
    title = "The officer's account belongs to no employee"
    sentence = (
        "Langkah ini dicatat atas nama pegawai, dan akun Anda tidak terhubung dengan data pegawai. "
        "Minta operator sistem menghubungkannya, atau minta pengelola kepegawaian yang terdaftar sebagai pegawai."
    )


class ProposalNeedsSecondOfficer(Forbidden):
    code = "proposal_needs_second_officer"
    title = "Nobody approves or rejects their own proposal"
    sentence = (
        "Usulan Anda disetujui atau ditolak oleh petugas kedua, bukan oleh Anda. Bila instansi baru mempunyai satu "
        "petugas, minta operator sistem memberi peran pengelola kepegawaian (hr_officer) kepada seorang pegawai lain; "
        "pegawai itulah yang menyetujuinya."
    )


class ProposalOfAnother(Forbidden):
    code = "proposal_of_another"
    title = "A proposal is withdrawn by who made it"
    sentence = "Usulan ini dibuat petugas lain, jadi hanya petugas itu yang dapat menariknya. Anda dapat menolaknya."


class RuleOfOwnCase(OwnAffair):
    code = "rule_of_own_case"
    title = "The rule would have an effect on a running case of the officer's own"
    sentence = (
        "Aturan {kind} menyentuh perkara {whose} sendiri yang masih berjalan ({cases}). Mintalah petugas lain yang "
        "tidak sedang berperkara untuk mengusulkan atau menyetujuinya."
    )


class ProposalMoveRefused(Conflict):
    code = "proposal_move_refused"
    title = "The proposal is not in a state that allows this"
    sentence = "Usulan berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."


class RuleChangedMeanwhile(Conflict):
    code = "rule_changed_meanwhile"
    title = "The kind of rule has another version since the proposal"
    sentence = (
        "Sejak usulan ini dibuat, aturan {kind} mendapat versi lain ({versions}). Tolak atau tarik usulan ini, lalu "
        "ajukan usulan baru yang memperhitungkan versi itu."
    )
