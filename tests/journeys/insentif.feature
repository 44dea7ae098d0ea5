# language: id
Fitur: Insentif atas kinerja yang nyata dan terukur
  Setiap rupiah tunjangan, setiap angka kredit, dan setiap penghargaan bertumpu pada penilaian yang sudah final,
  dan pegawai dapat menghitung ulang apa yang diterimanya.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan kebijakan tunjangan kinerja berlaku sejak Januari 2026: 60% menurut predikat triwulan lalu, 40% menurut kehadiran
    Dan tunjangan kelas jabatan 8 adalah Rp4.595.150 sebulan

  Skenario: Tunjangan menurut kelas jabatan, predikat, dan kehadiran, tepat sampai rupiah
    Diketahui penilaian triwulan 2 tahun 2026 oleh Bambang dan kehadiran bulan Juli 2026 sebagai berikut
      | pegawai | hasil kerja          | perilaku             | terlambat s.d. 30 menit | pulang cepat s.d. 60 menit |
      | Siti    | di bawah ekspektasi  | sesuai ekspektasi    | 2                       | 1                          |
      | Budi    | di bawah ekspektasi  | sesuai ekspektasi    | 0                       | 0                          |
      | Rina    | sesuai ekspektasi    | sesuai ekspektasi    | 0                       | 0                          |
      | Agus    | di bawah ekspektasi  | di bawah ekspektasi  | 1                       | 0                          |
      | Maya    | sesuai ekspektasi    | di bawah ekspektasi  | 0                       | 0                          |
    Ketika tunjangan Juli 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka tunjangan Juli 2026 yang dibayarkan adalah
      | pegawai | jumlah      |
      | Siti    | Rp4.282.680 |
      | Budi    | Rp4.319.441 |
      | Rina    | Rp4.595.150 |
      | Agus    | Rp4.034.542 |
      | Maya    | Rp4.181.587 |
    Dan setiap pegawai itu dapat menghitung ulang jumlahnya dari penjelasan yang diberikan kepadanya
    Tetapi Budi tidak dapat membaca tunjangan Siti

  Skenario: Petugas yang mengusulkan pembayaran tidak menyetujuinya sendiri
    Ketika tunjangan Juli 2026 dihitung oleh satu petugas
    Dan Wati mengusulkan persetujuannya dan mencoba menyetujuinya sendiri
    Maka permintaan itu ditolak dengan penjelasan "keputusannya harus diambil petugas lain"

  Skenario: Angka kredit dibukukan hanya dari hasil tahunan yang final
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan saldo angka kredit Siti pada akhir 2025 adalah 90,000
    Dan pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka saldo angka kredit Siti tetap 90,000, dengan perkiraan 99,375 yang ditandai sementara
    Ketika Siti menyatakan sudah menerima dokumen evaluasinya
    Dan tepat pada 20 Januari 2027 Siti mengajukan keberatan
    Dan pada 22 Januari 2027 Bambang menanggapi keberatan Siti
    Dan pada 29 Januari 2027 Ratna memutus keberatan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka saldo angka kredit Siti menjadi 102,500 dengan hitungan "12/12 × 100% × 12.5 = 12.500"

  Skenario: Koreksi penilaian menambah baris penyesuaian, tidak mengubah yang sudah dibayar
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 Juli 2026 Bambang menilai triwulan 2 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan tunjangan Juli 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Ketika pada 20 Agustus 2026 Ratna mengusulkan koreksi penilaian Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Wati mencoba menyetujui koreksi itu
    Dan tunjangan Agustus 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Siti adalah
      | untuk bulan  | dibayar dengan | jenis       | jumlah      |
      | Juli 2026    | Juli 2026      | tetap       | Rp4.319.441 |
      | Juli 2026    | Agustus 2026   | penyesuaian | Rp275.709   |
      | Agustus 2026 | Agustus 2026   | tetap       | Rp4.595.150 |
    Dan baris penyesuaian itu menunjuk baris semula, dan penjelasannya menyebut jumlah sebelum dan sesudahnya

  Skenario: Penghargaan bertumpu pada bukti penilaian yang final
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja di atas ekspektasi, perilaku di atas ekspektasi
    Ketika Siti diusulkan menjadi pegawai teladan tahun 2026 dengan bukti evaluasi itu
    Maka permintaan itu ditolak dengan penjelasan "Rujuk evaluasi yang sudah final"
    Ketika Siti menyatakan sudah menerima dokumen evaluasinya
    Dan Siti menyetujui dokumen evaluasinya
    Dan Siti diusulkan menjadi pegawai teladan tahun 2026 dengan bukti evaluasi itu
    Maka permintaan itu diterima
    Ketika penghargaan itu ditetapkan petugas kedua dengan keputusan nomor KEP-12/SDM/2027
    Maka Siti melihat penghargaannya beserta bukti, predikat "Sangat Baik", dan nomor keputusannya
    Dan Siti mendapat pesan "Anda menerima penghargaan"
