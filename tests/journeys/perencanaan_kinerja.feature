# language: id
Fitur: Perencanaan kinerja
  SKP disusun dari yang sudah ada, disetujui sebagaimana dibaca, dan dapat diubah tanpa menghentikan yang berlaku.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan SKP Siti tahun 2026 sudah disetujui Bambang

  Skenario: Salin SKP tahun lalu, revisi, batal revisi
    Ketika hari berganti menjadi 4 Januari 2027
    Dan Siti menyalin SKP tahun lalu menjadi SKP tahun 2027
    Maka rancangan SKP Siti memuat hasil kerja tahun lalu dengan id yang baru
    Ketika Siti mengajukan SKP itu dan Bambang menyetujui yang diajukan
    Dan Siti membuka perubahan SKP itu dan menyisakan satu hasil kerja
    Maka Bambang membaca SKP yang berlaku dengan dua hasil kerja, dan rancangan perubahan dengan satu
    Dan Tari membaca SKP yang berlaku tanpa rancangan
    Dan Siti mencatat kemajuan pada hasil kerja yang tidak lagi ada dalam rancangan
    Ketika Siti membatalkan perubahan SKP itu
    Maka SKP Siti berlaku seperti yang disetujui, dengan sidik yang sama

  Skenario: Yang sudah berubah tidak disetujui tanpa dibaca
    Ketika hari berganti menjadi 4 Januari 2027
    Dan Siti menyalin SKP tahun lalu menjadi SKP tahun 2027
    Dan Bambang membaca SKP yang diajukan Siti
    Dan Siti menarik SKP itu, menyisakan satu hasil kerja, dan mengajukannya lagi
    Dan Bambang menyetujui SKP sebagaimana dibacanya
    Maka permintaan itu ditolak dengan penjelasan "sudah diubah orang lain"
    Dan penolakan itu menyebut apa yang dilakukan Siti sejak itu

  Skenario: Satu templat menjadi rancangan SKP beberapa orang
    Dengan Wati menawarkan templat SKP "Analis SDM" untuk semua jabatan
    Ketika hari berganti menjadi 4 Januari 2027
    Maka Siti menemukan templat "Analis SDM" untuk jabatannya
    Ketika Bambang menyusun rancangan SKP tahun 2027 dari templat itu untuk Siti dan Ratna
    Maka rancangan SKP Siti berisi hasil kerja templat itu, dan untuk Ratna ditolak karena bukan bawahannya
    Ketika Siti mengajukan SKP itu dan Bambang menyetujui yang diajukan
    Maka SKP Siti berlaku dengan hasil kerja templat itu

  Skenario: Sebelum batas waktu pegawai diingatkan, dan yang lewat tetap terlihat dengan jalan keluarnya
    Ketika Bambang membaca antreannya, dan belum ada yang lewat batas waktunya
    Dan hari berganti menjadi 26 Januari 2026
    Maka Budi mendapat pesan "Pengingat: 1 hal menunggu Anda, paling lambat 31 Januari 2026"
    Ketika hari berganti menjadi 2 Februari 2026
    Maka Budi mendapat pesan "Terlambat: 1 hal sudah lewat batas waktunya"
    Ketika Budi mengajukan SKP tahun 2026
    Maka antrean Bambang memuat SKP Budi yang lewat batas waktunya, dan masih dapat dikerjakan
    Dan Siti tidak pernah diingatkan
