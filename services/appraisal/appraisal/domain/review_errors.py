"""The errors of reviews, with a sentence for people."""

from chassis.errors import Conflict


class EvaluationInReview(Conflict):
    code = "evaluation_in_review"
    title = "The evaluation is being reviewed"
    sentence = (
        "Evaluasi periode {period} sedang ditinjau oleh atasan pejabat penilai, jadi penilaiannya "
        "tidak dapat diubah. Tunggu sampai dikonfirmasi atau dikembalikan."
    )


class ReviewReturnedBefore(Conflict):
    code = "review_returned_before"
    title = "The same rating has been returned once"
    sentence = (
        "Penilaian yang sama sudah pernah dikembalikan, dan pejabat penilai tetap pada penilaiannya dengan alasan "
        "tambahan. Konfirmasikan dengan catatan Anda; pegawai membaca alasan kedua belah pihak."
    )


class ReviewerNotImpartial(Conflict):
    code = "reviewer_not_impartial"
    title = "This person may not review the evaluation"
    sentence = (
        "Evaluasi tidak dapat ditinjau oleh pegawai itu sendiri, bawahannya, pejabat yang menilainya, atau petugas "
        "yang menunjuk peninjau. Tunjuk pejabat lain."
    )


class ReviewerNotAbove(Conflict):
    code = "reviewer_not_above"
    title = "The reviewer must stand above who rated"
    sentence = (
        "Peninjau harus lebih tinggi jabatannya daripada pejabat penilai, berada di atasnya dalam garis atasan, atau "
        "pejabat dari luar instansi yang tercatat. Tunjuk pejabat yang memenuhi salah satunya."
    )


class ReviewHasReviewer(Conflict):
    code = "review_has_reviewer"
    title = "Somebody can review the evaluation, and the review is not late"
    sentence = (
        "Evaluasi ini sudah mempunyai peninjau, dan batas waktunya {until} belum lewat. Peninjau lain dapat ditunjuk "
        "bila tidak ada yang dapat meninjau, atau setelah batas waktu itu."
    )
