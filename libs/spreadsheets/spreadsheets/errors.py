"""Why an uploaded table is refused as a whole, each with what was found and what is the limit."""

from chassis.errors import AppError, Kind


class ImportFileEmpty(AppError):
    code = "import_file_empty"
    kind = Kind.INVALID
    title = "The file holds no rows"
    sentence = "Berkas tidak berisi baris data. Isi judul kolom pada baris pertama dan data mulai baris kedua."


class ImportFileTooLarge(AppError):
    code = "import_file_too_large"
    kind = Kind.TOO_LARGE
    title = "The file is too large"
    sentence = (
        "Berkas berukuran {found_mb} MB; paling besar {limit_mb} MB. Bagi menjadi beberapa berkas, misalnya per unit."
    )


class ImportUnpacksTooLarge(AppError):
    code = "import_unpacks_too_large"
    kind = Kind.TOO_LARGE
    title = "The spreadsheet is too large once it is unpacked"
    sentence = (
        "Isi lembar kerja setelah dibuka {found_mb} MB; paling besar {limit_mb} MB. "
        "Bagi menjadi beberapa berkas, atau simpan sebagai 'CSV UTF-8'."
    )


class ImportNotSpreadsheet(AppError):
    code = "import_not_spreadsheet"
    kind = Kind.UNSUPPORTED_MEDIA
    title = "The file is neither CSV nor XLSX"
    sentence = "Berkas ini bukan CSV atau XLSX. Simpan dari lembar kerja sebagai 'CSV UTF-8' atau '.xlsx'."


class ImportWrongEncoding(AppError):
    code = "import_wrong_encoding"
    kind = Kind.UNSUPPORTED_MEDIA
    title = "The CSV file is not UTF-8"
    sentence = "Huruf pada baris {row} bukan UTF-8. Simpan ulang berkas sebagai 'CSV UTF-8', lalu unggah lagi."


class ImportColumnsMissing(AppError):
    code = "import_columns_missing"
    kind = Kind.INVALID
    title = "Columns are missing or unknown"
    sentence = "Judul kolom pada baris pertama belum sesuai. Perbaiki kolom yang disebut."


class ImportTooManyRows(AppError):
    code = "import_too_many_rows"
    kind = Kind.TOO_LARGE
    title = "The file holds too many rows"
    sentence = "Berkas berisi {rows} baris; paling banyak {limit}. Bagi menjadi beberapa berkas."


class ImportTooManyColumns(AppError):
    code = "import_too_many_columns"
    kind = Kind.TOO_LARGE
    title = "The file holds too many columns"
    sentence = "Baris {row} terisi sampai kolom ke-{columns}; paling banyak {limit}. Hapus isi di luar kolom templat."
