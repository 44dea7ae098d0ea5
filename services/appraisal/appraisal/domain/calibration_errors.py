"""The errors of calibration, with a sentence for people."""

from chassis.errors import Conflict


class NothingToCalibrate(Conflict):
    code = "nothing_to_calibrate"
    title = "The unit has no proposals of this period"
    sentence = "Belum ada usulan penilaian {period} pada unit ini, jadi belum ada yang dikalibrasi."


class CalibrationIsOpen(Conflict):
    code = "calibration_open"
    title = "A calibration of the unit and the period is open"
    sentence = "Kalibrasi {period} pada unit ini masih terbuka sampai {until}. Pakai yang itu, atau tutup lebih dahulu."


class CalibrationMoveRefused(Conflict):
    code = "calibration_move_refused"
    title = "The calibration is not in a state that allows this"
    sentence = "Kalibrasi berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."


class NotInCalibration(Conflict):
    code = "not_in_calibration"
    title = "The evaluation is no proposal of this unit and period"
    sentence = "Penilaian ini bukan usulan {period} pada unit yang dikalibrasi, atau sudah diselesaikan."


class SuggestionAnswered(Conflict):
    code = "suggestion_answered"
    title = "The suggestion has been answered"
    sentence = "Saran ini sudah dijawab pejabat penilai: {outcome}."
