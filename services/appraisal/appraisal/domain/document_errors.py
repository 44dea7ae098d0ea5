"""The errors of documents made in bulk, with a sentence for people."""

from uuid import UUID

from chassis.errors import Conflict, FieldError, Forbidden


class NothingToPrint(Conflict):
    code = "nothing_to_print"
    title = "No evaluation of the selection has been issued"
    sentence = "Belum ada evaluasi {period} yang terbit pada pilihan ini, jadi tidak ada dokumen yang dapat dibuat."


class TooManyToPrint(Conflict):
    code = "too_many_to_print"
    title = "The selection is larger than one batch may be"
    sentence = "Pilihan ini memuat lebih dari {most} evaluasi. Buatlah per unit kerja dengan mengisi unit_id."


class DocumentBatchRunning(Conflict):
    code = "document_batch_running"
    title = "Another batch of documents of this agency is running"
    sentence = "Pembuatan dokumen lain masih berjalan. Tunggu sampai selesai, atau batalkan lebih dahulu."

    @classmethod
    def of(cls, batch_id: UUID | None) -> "DocumentBatchRunning":
        """Return the error; it names the batch unless that has ended meanwhile."""
        if batch_id is None:
            return cls()
        return cls(errors=[FieldError("batch_id", cls.code, str(batch_id), "pembuatan dokumen yang sudah berakhir")])


class DocumentBatchEnded(Conflict):
    code = "document_batch_ended"
    title = "The batch has ended"
    sentence = "Pembuatan dokumen ini sudah {state}, jadi tidak dapat dibatalkan."


class DocumentBatchNotResumed(Conflict):
    code = "document_batch_not_resumed"
    title = "Only a batch that has failed is resumed"
    sentence = (
        "Pembuatan dokumen ini {state}, jadi tidak dapat dilanjutkan. Yang dapat dilanjutkan hanya yang gagal, "
        "selama berkasnya belum dihapus. Mintalah pembuatan baru bila perlu."
    )


class DocumentBatchNotReady(Conflict):
    code = "document_batch_not_ready"
    title = "The batch has no files to download"
    sentence = (
        "Pembuatan dokumen ini {state} ({done} dari {total}), jadi tidak ada berkas yang dapat diunduh. "
        "Berkas dapat diunduh setelah selesai, selama belum dihapus."
    )


class DocumentBatchOfAnother(Forbidden):
    code = "document_batch_of_another"
    title = "Only who has asked for a batch downloads it"
    sentence = "Berkas ini hanya dapat diunduh petugas yang memintanya. Buatlah permintaan Anda sendiri."


class NamesChangedMeanwhile(Conflict):
    code = "names_changed_meanwhile"
    title = "The paper names somebody who was not known when the batch was asked for"
    sentence = "Evaluasi ini berubah setelah dokumen diminta. Unduh dokumennya satu per satu, atau minta lagi."


class DocumentNotMade(Conflict):
    code = "document_not_made"
    title = "The document could not be made"
    sentence = "Dokumen ini tidak dapat dibuat. Laporkan kepada operator dengan pengenal pekerjaan ini."
