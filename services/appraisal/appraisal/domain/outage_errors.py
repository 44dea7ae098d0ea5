"""The errors of outages, with a sentence for people."""

from chassis.errors import Conflict


class OutageWithdrawn(Conflict):
    code = "outage_withdrawn"
    title = "The outage has been withdrawn"
    sentence = "Catatan gangguan ini sudah dicabut. Catat gangguan baru bila perlu."


class OutageNotApplied(Conflict):
    code = "outage_not_applied"
    title = "The deadlines are still being moved"
    sentence = "Batas waktu akibat gangguan ini masih dihitung. Tunggu sampai selesai, lalu coba lagi."


class OutageUsed(Conflict):
    code = "outage_used"
    title = "Somebody has acted, or may still act, within the extended time"
    sentence = (
        "Gangguan ini tidak dapat dicabut: {people} batas waktu dan {windows} masa penilaian sudah atau sedang dipakai "
        "dalam waktu perpanjangannya."
    )
