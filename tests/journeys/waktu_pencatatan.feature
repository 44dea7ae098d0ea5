# language: id
Fitur: Catatan yang terlambat, perubahan di tengah bulan, dan keputusan untuk banyak orang
  Kapan pun sesuatu dicatat, akhirnya sama seperti bila sudah diketahui sejak awal: kekurangan dibayar, kelebihan ditagih
  dengan angsuran, dan semua layanan mengikuti keputusan yang sama.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja

  Skenario: Pensiun yang tercatat dua bulan terlambat menjadi tagihan dengan rencana angsuran
    # Juli dan Agustus sudah dibayar penuh: 2 × 4.595.150 = 9.190.300. Angsuran 383.000: 24 bulan (23 × 383.000 = 8.809.000, sisa 381.300).
    Diketahui kebijakan tunjangan kinerja per hari kalender berlaku sejak Januari 2026
    Dan tunjangan Juli 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan Agustus 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan hari ini 1 September 2026
    Ketika Hadi dicatat pensiun sejak 1 Juli 2026
    Dan tunjangan September 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka menurut petugas kepegawaian baris tunjangan Hadi adalah
      | untuk bulan  | dibayar dengan | jenis       | jumlah       |
      | Juli 2026    | Juli 2026      | tetap       | Rp4.595.150  |
      | Agustus 2026 | Agustus 2026   | tetap       | Rp4.595.150  |
      | Juli 2026    | September 2026 | penyesuaian | -Rp4.595.150 |
      | Agustus 2026 | September 2026 | penyesuaian | -Rp4.595.150 |
    Dan Hadi tidak dibayar apa-apa pada September 2026, dan tagihan Rp9.190.300 terbuka
    Ketika angsuran tagihan itu direncanakan Rp382.000 sebulan sejak Oktober 2026
    Maka permintaan itu ditolak dengan penjelasan "paling sedikit 382930 sebulan, agar lunas dalam 24 bulan"
    Ketika angsuran tagihan itu direncanakan Rp383.000 sebulan sejak Oktober 2026
    Dan kas negara menerima Rp383.000 untuk tagihan itu
    Maka tagihan itu direncanakan dengan sisa Rp8.807.300

  Skenario: CPNS menjadi PNS, tercatat sebulan terlambat, menerima kekurangannya
    # CPNS menerima 80%: 4.595.150 × 0,80 = 3.676.120; kekurangan April: 4.595.150 − 3.676.120 = 919.030
    Diketahui kebijakan tunjangan kinerja per hari kalender berlaku sejak Januari 2026
    Dan Joko dicatat sebagai CPNS sejak 2 Januari 2026
    Dan tunjangan Maret 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan April 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan hari ini 4 Mei 2026
    Ketika Joko dicatat sebagai PNS sejak 1 April 2026
    Dan tunjangan Mei 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Joko adalah
      | untuk bulan | dibayar dengan | jenis       | jumlah      |
      | Maret 2026  | Maret 2026     | tetap       | Rp3.676.120 |
      | April 2026  | April 2026     | tetap       | Rp3.676.120 |
      | April 2026  | Mei 2026       | penyesuaian | Rp919.030   |
      | Mei 2026    | Mei 2026       | tetap       | Rp4.595.150 |

  Garis-Besar Skenario: Pindah kelas jabatan di tengah bulan dibayar menurut aturan instansi
    # Kelas 8 Rp4.595.150, kelas 12 Rp9.896.000, sejak 12 Juni.
    # Hari kalender: (11 × 4.595.150 + 19 × 9.896.000) / 30 = (50.546.650 + 188.024.000) / 30 = 7.952.355
    # Hari kerja, 1 Juni libur: (8 × 4.595.150 + 13 × 9.896.000) / 21 = (36.761.200 + 128.648.000) / 21 = 7.876.628,57
    Diketahui kebijakan tunjangan kinerja berlaku sejak Januari 2026 dengan perubahan kelas menurut <aturan>
    Dan 1 Juni 2026 hari libur
    Dan hari ini 12 Juni 2026
    Ketika Siti naik ke kelas jabatan 12 sejak 12 Juni 2026
    Dan tunjangan Juni 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan Juli 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Siti adalah
      | untuk bulan | dibayar dengan | jenis | jumlah      |
      | Juni 2026   | Juni 2026      | tetap | <juni>      |
      | Juli 2026   | Juli 2026      | tetap | Rp9.896.000 |

    Contoh:
      | aturan         | juni        |
      | hari kalender  | Rp7.952.355 |
      | hari kerja     | Rp7.876.629 |
      | hari pertama   | Rp4.595.150 |
      | hari terakhir  | Rp9.896.000 |
      | bulan berikut  | Rp4.595.150 |

  Skenario: Naik kelas tepat pada tanggal 1 menurut aturan bulan berikut baru dibayar sebulan kemudian
    Diketahui kebijakan tunjangan kinerja berlaku sejak Januari 2026 dengan perubahan kelas menurut bulan berikut
    Dan hari ini 1 Juni 2026
    Ketika Siti naik ke kelas jabatan 12 sejak 1 Juni 2026
    Dan tunjangan Juni 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan Juli 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Siti adalah
      | untuk bulan | dibayar dengan | jenis | jumlah      |
      | Juni 2026   | Juni 2026      | tetap | Rp4.595.150 |
      | Juli 2026   | Juli 2026      | tetap | Rp9.896.000 |

  Skenario: Tugas belajar dibayar menurut kelas studi, tidak dinilai, dan tidak memberi angka kredit
    # Permentan 20/2025: S2 dibayar kelas 7, Rp3.915.950; perpanjangan 50%: Rp1.957.975. Kredit: Januari sampai Agustus.
    Diketahui kebijakan tunjangan kinerja menurut Permentan 20/2025 berlaku sejak Januari 2026
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Dan saldo angka kredit Siti pada akhir 2025 adalah 90,000
    Dan hari ini 20 Agustus 2026
    Ketika Siti dicatat tugas belajar sejak 1 September 2026
    Dan tunjangan Agustus 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan September 2026 dihitung, dan belum dapat disetujui karena jenjang studi Siti belum dicatat
    Dan jenjang studi Siti dicatat S2 dari September 2026 sampai Oktober 2026
    Dan jenjang studi Siti dicatat S2 perpanjangan sejak November 2026
    Dan tunjangan September 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Dan tunjangan November 2026 dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua
    Maka baris tunjangan Siti adalah
      | untuk bulan    | dibayar dengan | jenis | jumlah      |
      | Agustus 2026   | Agustus 2026   | tetap | Rp4.595.150 |
      | September 2026 | September 2026 | tetap | Rp3.915.950 |
      | November 2026  | November 2026  | tetap | Rp1.957.975 |
    Ketika pada 5 Januari 2027 Bambang mencoba menilai triwulan 4 Siti
    Maka permintaan itu ditolak dengan penjelasan "dikecualikan dari penilaian periode 2026 triwulan 4"
    Ketika pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan Siti menyetujui dokumen evaluasinya
    Maka saldo angka kredit Siti menjadi 98,333 dengan hitungan "8/12 × 100% × 12.5 = 8.333"

  Skenario: Satu unit digabung ke unit lain pada 1 Juli, dan semua orangnya ikut
    Diketahui SKP Joko tahun 2026 sudah disetujui Dewi
    Dan hari ini 15 Juni 2026
    Ketika Subbagian Data Pegawai digabung ke Subbagian Kinerja sejak 1 Juli 2026
    Maka 7 pegawai ikut pindah
    Ketika petugas menetapkan Bambang sebagai atasan Joko, Lina, Hadi, Wati, Yusuf, Tari sejak 1 Juli 2026 dalam satu keputusan
    Maka hingga 30 Juni 2026 SKP Joko masih pada Dewi
    Ketika hari berganti menjadi 1 Juli 2026
    Maka Subbagian Data Pegawai sudah ditutup, dan Subbagian Kinerja berisi 13 pegawai
    Dan SKP Joko terbagi: sampai 30 Juni 2026 pada Dewi, sejak 1 Juli 2026 rancangan pada Bambang
    Ketika Joko mengajukan SKP lanjutannya dan Bambang menyetujuinya
    Dan pada 6 Juli 2026 Dewi menilai triwulan 2 Joko: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 6 Oktober 2026 Dewi mencoba menilai triwulan 3 Joko
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika pada 6 Oktober 2026 Bambang menilai triwulan 3 Joko: hasil kerja di atas ekspektasi, perilaku di atas ekspektasi
    Maka triwulan 2 Joko dinilai di Subbagian Data Pegawai oleh Dewi, triwulan 3 di Subbagian Kinerja oleh Bambang

  Skenario: Atasan 500 pegawai dibetulkan dalam satu panggilan, dan semua layanan mengikuti
    Diketahui berkas pegawai memuat 499 pegawai lagi di bawah Bambang
    Dan Siti mengajukan SKP tahun 2026, rencana pengembangan diri, dan permohonan kerja fleksibel
    Ketika petugas membetulkan atasan Siti dan 499 pegawai itu menjadi Dewi dalam satu panggilan
    Maka 500 pegawai itu berada di bawah Dewi, dan perubahan masing-masing dikabarkan tepat satu kali
    Dan Bambang tidak dapat menyetujui satu pun dari ketiga pengajuan Siti
    Dan Dewi menyetujui ketiga pengajuan Siti
    Ketika petugas mengulang pembetulan itu
    Maka 500 pegawai itu dilaporkan tidak berubah

  Skenario: Atasan 500 pegawai dibetulkan dengan satu berkas, dan impor kedua tidak mengubah apa-apa
    Diketahui berkas pegawai memuat 499 pegawai lagi di bawah Bambang
    Dan Siti mengajukan SKP tahun 2026, rencana pengembangan diri, dan permohonan kerja fleksibel
    Ketika petugas membetulkan atasan Siti dan 499 pegawai itu menjadi Dewi dengan satu berkas
    Maka 500 pegawai itu berada di bawah Dewi, dan perubahan masing-masing dikabarkan tepat satu kali
    Dan Bambang tidak dapat menyetujui satu pun dari ketiga pengajuan Siti
    Dan Dewi menyetujui ketiga pengajuan Siti
    Ketika petugas mengimpor berkas yang sama sekali lagi
    Maka impor itu tidak mengubah seorang pun
