"""What may be wrong with a proposal, or with who would make or decide it."""

from chassis.errors import Conflict, Forbidden, InvalidInput


class AccountOfNobody(Forbidden):
    code = "approval_account_of_nobody"
    title = "The account is of no employee, so nobody could know whose matter is one's own"
    sentence = (
        "Akun Anda tidak tertaut pada seorang pegawai, sehingga tidak dapat diketahui apakah urusan ini menyangkut "
        "diri Anda. Mintalah operator menautkan akun Anda pada pegawai, atau pakai akun kepegawaian Anda sendiri."
    )


class SecondPersonNeeded(Forbidden):
    code = "approval_second_person_needed"
    title = "Who proposed an action does not decide on it, from whatever account"
    sentence = (
        "Usulan ini Anda ajukan sendiri (juga bila lewat akun lain); keputusannya harus diambil petugas lain. Bila "
        "instansi hanya mempunyai satu petugas, mintalah operator memberi peran itu kepada pegawai kedua."
    )


class ActionInOwnLine(Forbidden):
    code = "approval_own_line"
    title = "Nobody proposes or approves an action about their superior or about those below them"
    sentence = (
        "Urusan ini menyangkut atasan langsung atau bawahan Anda. Mintalah petugas di luar garis atasan itu "
        "untuk melakukannya."
    )


class ProposalNotOpen(Conflict):
    code = "approval_proposal_not_open"
    title = "The proposal is decided, withdrawn or lapsed"
    sentence = "Usulan ini sudah {state}; hanya usulan yang masih menunggu dapat diputuskan atau ditarik."


class ProposalOfSomebodyElse(Forbidden):
    code = "approval_proposal_of_another"
    title = "Only who proposed an action takes the proposal back"
    sentence = "Usulan ini diajukan orang lain; hanya pengusulnya yang dapat menariknya. Anda dapat menolaknya."


class ProposalAltered(Conflict):
    code = "approval_proposal_altered"
    title = "What is stored is not what was proposed"
    sentence = "Isi usulan yang tersimpan berbeda dari yang diajukan. Laporkan kepada operator, lalu usulkan lagi."


class ActionUnknown(InvalidInput):
    code = "approval_action_unknown"
    title = "No action of this name needs two people here"
    sentence = "Tindakan {action} tidak dikenal. Yang ada: {actions}."
