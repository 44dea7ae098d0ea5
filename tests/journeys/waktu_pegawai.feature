# language: id
Fitur: Waktu pegawai
  Orang pindah, cuti, digantikan sementara, pensiun, dan datang di tengah tahun. Setiap hari dinilai oleh pejabat yang
  menilai pada hari itu, tidak seorang pun terlewat, dan yang tidak bertugas dikecualikan dengan alasannya.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan kebijakan tunjangan kinerja per hari kalender berlaku sejak Januari 2026

  Skenario: Pindah unit pada 15 Mei: penilai lama menutup hari-harinya, penilai akhir membuat hasil resmi
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Ketika hari berganti menjadi 15 Mei 2026
    Dan Siti pindah ke Subbagian Data Pegawai di bawah Dewi sejak 15 Mei 2026
    Dan Siti naik ke kelas jabatan 9 sejak 15 Mei 2026
    Maka SKP Siti terbagi: sampai 14 Mei 2026 pada Bambang, sejak 15 Mei 2026 rancangan pada Dewi
    Dan hari-hari Siti dari 1 April 2026 sampai 14 Mei 2026 menunggu penilaian Bambang sampai 28 Mei 2026
    Ketika pada 28 Mei 2026 Bambang menilai hari-hari Siti sejak 1 April 2026: hasil kerja di atas ekspektasi, perilaku di atas ekspektasi
    Maka permintaan itu diterima
    Ketika Siti mengajukan SKP lanjutannya dan Dewi menyetujuinya
    Dan pada 6 Juli 2026 Bambang mencoba menilai triwulan 2 Siti
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika pada 6 Juli 2026 Dewi menilai triwulan 2 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka hasil triwulan 2 Siti adalah "Baik" oleh Dewi sebagai penilai, untuk 1 April 2026 sampai 30 Juni 2026
    Dan penjelasannya memuat penilaian "Sangat Baik" oleh Bambang untuk 1 April 2026 sampai 14 Mei 2026

  Skenario: Tunjangan bulan perpindahan terbagi menurut hari
    # triwulan 1 butuh perbaikan: 60% × 0,90 + 40% = 0,94. Kelas 8: 4.595.150 × 0,94 = 4.319.441, kelas 9: 5.079.200 × 0,94 = 4.774.448.
    # Mei: (14 × 4.319.441 + 17 × 4.774.448) / 31 = (60.472.174 + 81.165.616) / 31 = 141.637.790 / 31 = 4.568.960,97
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan hari ini 15 Mei 2026
    Dan Siti pindah ke Subbagian Data Pegawai di bawah Dewi sejak 15 Mei 2026
    Dan Siti naik ke kelas jabatan 9 sejak 15 Mei 2026
    Ketika tunjangan Mei 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan Juni 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Siti adalah
      | untuk bulan | dibayar dengan | jenis | jumlah      |
      | Mei 2026    | Mei 2026       | tetap | Rp4.568.961 |
      | Juni 2026   | Juni 2026      | tetap | Rp4.774.448 |
    Dan penjelasan tunjangan Mei 2026 Siti membagi bulan itu
      | dari        | sampai      | bagian | kelas | unit                     |
      | 1 Mei 2026  | 14 Mei 2026 | 14/31  | 8     | Subbagian Data Pegawai   |
      | 15 Mei 2026 | 31 Mei 2026 | 17/31  | 9     | Subbagian Data Pegawai   |

  Skenario: Pejabat penilai pensiun: bawahannya tidak terlewat, dan hari-hari lama dinilai dengan surat perintah
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan hari ini 4 Mei 2026
    Ketika Bambang dicatat pensiun sejak 1 Juni 2026
    Maka belum ada SKP tanpa penilai
    Ketika hari berganti menjadi 1 Juni 2026
    Maka petugas kepegawaian melihat SKP Siti tanpa penilai, dengan jalan keluar "Tetapkan atasan baru"
    Dan daftar pegawai yang atasannya sudah berhenti memuat Siti, Budi, Rina, Agus, Maya
    Ketika hari berganti menjadi 2 Juni 2026
    Dan petugas menetapkan Dewi sebagai atasan Siti, Budi, Rina, Agus, Maya sejak 1 Juni 2026 dalam satu keputusan
    Maka belum ada SKP tanpa penilai
    Dan SKP Siti terbagi: sampai 31 Mei 2026 pada Bambang, sejak 1 Juni 2026 rancangan pada Dewi
    Ketika pada 3 Juni 2026 Bambang menilai hari-hari Siti sejak 1 April 2026: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika pada 15 Juni 2026 Wati menilai hari-hari Siti sejak 1 April 2026 dengan surat perintah ND-9/2026: hasil kerja sesuai ekspektasi, perilaku di atas ekspektasi
    Maka permintaan itu diterima
    Ketika Siti mengajukan SKP lanjutannya dan Dewi menyetujuinya
    Dan pada 6 Juli 2026 Dewi menilai triwulan 2 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka hasil triwulan 2 Siti adalah "Baik" oleh Dewi sebagai penilai, untuk 1 April 2026 sampai 30 Juni 2026
    Dan penjelasannya memuat penilaian "Baik" oleh Wati untuk 1 April 2026 sampai 31 Mei 2026

  Skenario: Pelaksana harian selama seminggu menilai atas nama jabatannya, dan tidak sehari lebih lama
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan SKP Budi tahun 2026 sudah disetujui Bambang
    Dan hari ini 3 Juli 2026
    Ketika Dewi ditetapkan sebagai Plh. Bambang dari 6 Juli 2026 sampai 10 Juli 2026
    Dan pada 3 Juli 2026 Dewi mencoba menilai triwulan 2 Siti
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika pada 7 Juli 2026 Dewi menilai triwulan 2 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka hasil triwulan 2 Siti adalah "Baik" oleh Dewi sebagai pelaksana, untuk 1 April 2026 sampai 30 Juni 2026
    Dan hasil itu tetap mencantumkan Bambang sebagai pejabat penilai
    Ketika pada 13 Juli 2026 Dewi mencoba menilai triwulan 2 Budi
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika pada 13 Juli 2026 Bambang menilai triwulan 2 Budi: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka hasil triwulan 2 Budi adalah "Baik" oleh Bambang sebagai penilai, untuk 1 April 2026 sampai 30 Juni 2026

  Skenario: Masuk pada 2 November dinilai atas hari-harinya, masuk pada 30 Desember dikecualikan
    # November: 29/30 × 4.595.150 = 4.441.978,33; Desember: 2/31 × 4.595.150 = 296.461,29
    Diketahui Wati menetapkan masa kerja paling sedikit untuk dinilai: 20 hari kerja dalam satu periode
    Dan hari ini 2 November 2026
    Ketika berkas pegawai baru memuat Putri, masuk sejak 2 November 2026
    Dan SKP Putri tahun 2026 sudah disetujui Bambang
    Dan tunjangan November 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan hari berganti menjadi 30 Desember 2026
    Dan berkas pegawai baru memuat Eko, masuk sejak 30 Desember 2026
    Dan SKP Eko tahun 2026 sudah disetujui Bambang
    Dan tunjangan Desember 2026 dihitung pada 30 Desember 2026, lalu disetujui dan dibayarkan
    Maka baris tunjangan Putri adalah
      | untuk bulan   | dibayar dengan | jenis | jumlah      |
      | November 2026 | November 2026  | tetap | Rp4.441.978 |
      | Desember 2026 | Desember 2026  | tetap | Rp4.595.150 |
    Dan baris tunjangan Eko adalah
      | untuk bulan   | dibayar dengan | jenis | jumlah    |
      | Desember 2026 | Desember 2026  | tetap | Rp296.461 |
    Ketika pada 5 Januari 2027 Bambang mencoba menilai triwulan 4 Eko
    Maka permintaan itu ditolak dengan penjelasan "bertugas aktif 2 hari kerja, batas minimum 20 hari"
    Ketika pada 5 Januari 2027 Bambang menilai triwulan 4 Putri: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang mencoba menerbitkan evaluasi tahunan Eko
    Maka permintaan itu ditolak dengan penjelasan "dikecualikan dari penilaian periode"
    # angka kredit Ahli Pertama: dua bulan dari dua belas × 100% × 12,5
    Diketahui saldo angka kredit Putri pada akhir 2025 adalah 90,000
    Ketika pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Putri: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka evaluasi tahunan Putri mencakup 2 November 2026 sampai 31 Desember 2026
    Ketika Putri menyatakan sudah menerima dokumen evaluasinya
    Dan Putri menyetujui dokumen evaluasinya
    Maka saldo angka kredit Putri menjadi 92,083 dengan hitungan "2/12 × 100% × 12.5 = 2.083"

  Skenario: Cuti di luar tanggungan negara Februari sampai November: tanpa penilaian, tanpa kredit, tanpa tunjangan
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan saldo angka kredit Siti pada akhir 2025 adalah 90,000
    Dan hari ini 20 Januari 2026
    Ketika Siti dicatat cuti di luar tanggungan negara dari 1 Februari 2026 sampai 30 November 2026
    Dan tunjangan Januari 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan Februari 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 6 Juli 2026 Bambang mencoba menilai triwulan 2 Siti
    Maka permintaan itu ditolak dengan penjelasan "triwulan 2 karena cuti: bertugas aktif 0 hari kerja"
    Ketika tunjangan November 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan Desember 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Siti adalah
      | untuk bulan   | dibayar dengan | jenis | jumlah      |
      | Januari 2026  | Januari 2026   | tetap | Rp4.595.150 |
      | Februari 2026 | Februari 2026  | tetap | Rp0         |
      | November 2026 | November 2026  | tetap | Rp0         |
      | Desember 2026 | Desember 2026  | tetap | Rp4.595.150 |
    Ketika pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan Siti menyetujui dokumen evaluasinya
    # hanya Januari dan Desember
    Maka saldo angka kredit Siti menjadi 92,083 dengan hitungan "2/12 × 100% × 12.5 = 2.083"

  Skenario: Pejabat tinggi menilai sendiri: keberatan diputus PPK dari luar instansi, bukan pimpinan yang menilai
    Diketahui berkas pegawai baru memuat Surya, masuk sejak 2 Januari 2026
    Dan Gubernur menjabat sejak 20 Februari 2025 di luar instansi, dan mendapat akun dengan surelnya
    Dan SKP Bambang tahun 2026 sudah disetujui Ratna
    Dan pada 5 Januari 2027 Ratna menilai triwulan 4 Bambang: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Ratna menerbitkan evaluasi tahunan Bambang: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan Bambang menyatakan sudah menerima dokumen evaluasinya
    Dan tepat pada 20 Januari 2027 Bambang mengajukan keberatan
    Ketika Ratna mencoba memutus keberatan itu
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika Wati menunjuk Ratna sebagai pemutus keberatan itu
    Maka permintaan itu ditolak dengan penjelasan "tidak boleh diputus oleh pegawai itu sendiri, pejabat yang menilainya"
    Ketika Wati menunjuk Surya sebagai pemutus keberatan itu
    Maka permintaan itu ditolak dengan penjelasan "lebih tinggi jabatannya daripada pejabat penilai"
    Ketika Wati menunjuk Gubernur sebagai pemutus keberatan itu
    Maka permintaan itu diterima
    Ketika pada 22 Januari 2027 Ratna menanggapi keberatan Bambang
    Dan pada 29 Januari 2027 Gubernur memutus keberatan Bambang: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka evaluasi tahunan Bambang final dengan predikat "Baik", diputus Gubernur yang ditunjuk
