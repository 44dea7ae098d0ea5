# language: id
Fitur: Transparansi penilaian kinerja
  Setiap pegawai tahu apa yang diharapkan darinya, melihat hasil penilaiannya beserta alasannya,
  dan dapat berkeberatan. Hasil yang sudah final tidak berubah diam-diam.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan SKP Siti tahun 2026 sudah disetujui Bambang

  Skenario: Pegawai melihat kriteria, hasil, dan penjelasan yang dapat diperiksa ulang
    Ketika pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku di atas ekspektasi
    Maka Siti membaca di SKP-nya dua hasil kerja, masing-masing dengan indikator dan target
    Dan predikat triwulan 1 Siti adalah "Baik"
    Dan penjelasannya menyebut penilai, penilaian kedua unsur, matriks, dan dasar hukumnya
    Dan siapa pun yang memakai matriks itu mendapat predikat yang sama

  Skenario: Penilaian hanya terbuka bagi yang berkepentingan
    Ketika pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka penilaian Siti dapat dibaca oleh Siti, Bambang, Ratna, Tari
    Tetapi penilaian Siti tidak dapat dibaca oleh Budi, Dewi, Joko

  Garis-Besar Skenario: Keberatan dapat diajukan sampai detik terakhir hari ke-14
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Ketika tepat pada <saat> Siti mengajukan keberatan
    Maka <akibat>

    Contoh:
      | saat                               | akibat                                                                         |
      | 26 Januari 2027 pukul 23.59.59     | permintaan itu diterima                                                        |
      | 27 Januari 2027 pukul 00.00.00     | permintaan itu ditolak dengan penjelasan "Batas waktu keberatan berakhir pada" |

  Skenario: Diam sampai batas waktu berarti menerima
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Tetapi evaluasi tahunan Siti belum final
    Ketika hari berganti menjadi 27 Januari 2027
    Maka evaluasi tahunan Siti menjadi final dengan predikat "Baik" karena masa keberatan berakhir

  Skenario: Keputusan atasan pejabat penilai bersifat final dan dikabarkan satu kali
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan tepat pada 20 Januari 2027 Siti mengajukan keberatan
    Dan pada 22 Januari 2027 Bambang menanggapi keberatan Siti
    Ketika pada 29 Januari 2027 Ratna memutus keberatan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka evaluasi tahunan Siti menjadi final dengan predikat "Baik" karena keberatan diputus
    Dan Siti melihat penilaian semula dan putusannya berdampingan, masing-masing dengan alasan
    Dan hasil akhir tahunan Siti dikabarkan kepada layanan lain tepat satu kali
    Ketika Ratna mencoba memutus keberatan Siti sekali lagi
    Maka permintaan itu ditolak dengan penjelasan "Keberatan ini sudah diputus, dan keputusan itu final."

  Skenario: Keberatan dapat ditarik, dan masa keberatan tidak dihitung ulang
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan tepat pada 20 Januari 2027 Siti mengajukan keberatan
    Ketika Bambang mencoba menarik keberatan Siti
    Maka permintaan itu ditolak dengan penjelasan "Anda tidak berwenang"
    Ketika Siti mencoba menarik keberatan Siti
    Maka permintaan itu diterima
    Dan Bambang mendapat pesan "Keberatan atas penilaian Anda ditarik"
    Dan Ratna mendapat pesan "Keberatan ditarik"
    Diketahui evaluasi tahunan Siti belum final
    Ketika hari berganti menjadi 27 Januari 2027
    Maka evaluasi tahunan Siti menjadi final dengan predikat "Baik" karena masa keberatan berakhir

  Skenario: Koreksi yang menaikkan memerlukan dua petugas
    Diketahui pada 6 Juli 2026 Bambang menilai triwulan 2 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Ketika pada 20 Agustus 2026 Wati mengusulkan koreksi penilaian Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Wati mencoba menyetujui koreksi itu
    Maka permintaan itu ditolak dengan penjelasan "Perintah koreksi diputus oleh petugas kedua"
    Dan predikat triwulan 2 Siti adalah "Butuh Perbaikan"
    Ketika Ratna mencoba menyetujui koreksi itu
    Maka permintaan itu diterima
    Dan predikat triwulan 2 Siti adalah "Baik"

  Skenario: Koreksi yang menurunkan evaluasi tahunan membuka masa keberatan baru
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan Siti menyetujui dokumen evaluasinya
    Dan berkas penjelasan Siti, dihitung ulang tanpa server, sesuai dengan predikat "Baik"
    Ketika pada 1 Maret 2027 Wati mengusulkan koreksi penilaian Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan Yusuf mencoba menyetujui koreksi itu
    Maka permintaan itu diterima
    Dan evaluasi tahunan Siti terbit kembali dengan predikat "Butuh Perbaikan", sedangkan yang berlaku tetap "Baik"
    Dan berkas penjelasan Siti, dihitung ulang tanpa server, sesuai dengan predikat "Butuh Perbaikan"
    Dan Siti mendapat pesan "Evaluasi kinerja tahun 2026 diterbitkan kembali karena koreksi"
    Ketika Siti menyatakan sudah menerima dokumen evaluasinya
    Dan tepat pada 3 Maret 2027 Siti mengajukan keberatan
    Dan pada 5 Maret 2027 Bambang menanggapi keberatan Siti
    Dan pada 9 Maret 2027 Ratna memutus keberatan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka evaluasi tahunan Siti menjadi final dengan predikat "Baik" karena keberatan diputus
    Dan berkas penjelasan Siti, dihitung ulang tanpa server, sesuai dengan predikat "Baik"
    Tetapi berkas penjelasan Siti yang predikatnya diubah dinyatakan berbeda

  Skenario: Kedua pihak diminta keterangan lebih dahulu, dan hasil tidak diturunkan tanpa pemeriksaan
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan tepat pada 20 Januari 2027 Siti mengajukan keberatan
    Ketika pada 21 Januari 2027 Ratna mencoba memutus keberatan Siti: hasil kerja di atas ekspektasi, perilaku sesuai ekspektasi
    Maka permintaan itu ditolak dengan penjelasan "Pejabat penilai masih dapat memberi tanggapan sampai 27 Januari 2027 pukul 23.59 WIB"
    Ketika pada 22 Januari 2027 Bambang menanggapi keberatan Siti
    Maka Siti mendapat pesan "Pejabat penilai telah menanggapi keberatan Anda"
    Dan Siti membaca tanggapan Bambang pada keberatannya
    Ketika pada 22 Januari 2027 Ratna mencoba memutus keberatan Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka permintaan itu ditolak dengan penjelasan "Putusan ini menurunkan penilaian"
    Ketika Ratna memanggil Siti ke pemeriksaan pada 27 Januari 2027 pukul 09.00
    Maka Siti mendapat pesan "Undangan pemeriksaan keberatan"
    Ketika pada 27 Januari 2027 pukul 11.00 Ratna mencatat berita acara pemeriksaan Siti
    Dan Siti menambahkan catatan pada berita acara itu
    Dan pada 28 Januari 2027 Ratna memutus keberatan Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka evaluasi tahunan Siti menjadi final dengan predikat "Butuh Perbaikan" karena keberatan diputus

  Skenario: Keaslian dokumen evaluasi dapat diperiksa siapa pun, dan putusan menggantikannya
    Diketahui pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Ketika Siti mengunduh dokumen evaluasinya
    Maka dokumen itu menyebut nama dan NIP Siti, Bambang, dan Ratna
    Dan siapa pun yang membuka alamat pada dokumen itu membaca bahwa dokumen itu "sah dan masih berlaku", tanpa nama atau hasil
    Ketika tepat pada 20 Januari 2027 Siti mengajukan keberatan
    Dan pada 29 Januari 2027 Ratna memutus keberatan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka siapa pun yang membuka alamat pada dokumen itu membaca bahwa dokumen itu "sudah digantikan", tanpa nama atau hasil

  Skenario: Pengawas internal memeriksa dengan alasan tercatat, dan pegawai tahu penilaiannya dibaca
    Diketahui pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Ketika Tari menelusuri anomali triwulan 1 tahun 2026
    Maka Tari membaca bahwa satu penilaian Bambang selesai tanpa bukti, dengan kalimat "Patut diperiksa; ini bukan tuduhan"
    Tetapi Wati hanya melihat jumlahnya, dan Bambang tidak melihat apa pun
    Ketika Tari menarik sampel triwulan 1 tahun 2026 dengan surat tugas "ST-4/IRJEN/2026"
    Dan Tari membaca penilaian Siti dalam sampel itu
    Maka Siti melihat bahwa penilaiannya dibaca Tari dengan surat tugas "ST-4/IRJEN/2026"
    Ketika Tari menutup sampel itu dengan kesimpulan
    Dan Tari membaca penilaian Siti dalam sampel itu
    Maka permintaan itu ditolak dengan penjelasan "Sampel ini berstatus CLOSED"
