# language: id
Fitur: Teknologi informasi, pelaporan, dan pertukaran data
  Data masuk dari sistem yang sudah ada, keluar hanya kepada yang berhak dan dapat diperiksa keasliannya,
  dan tidak ada yang hilang atau berlipat ketika ada proses yang mati.

  Skenario: Baris yang salah disebutkan satu per satu, dan mengulang impor tidak mengubah apa pun
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Ketika petugas kepegawaian mengimpor berkas susulan dengan isi berikut
      | nama          | kolom yang salah | isinya             |
      | Eko Wibowo    |                  |                    |
      | Fitri Amalia  | nip              | 19900417           |
      | Gita Puspita  | tmt_cpns         | 2019-02-30         |
      | Hana Pertiwi  | kode_unit        | 99.99              |
      | Indra Wijaya  | nip_atasan       | 196901011994031009 |
    Maka pegawai yang bertambah adalah Eko, Indra
    Dan masalah yang didaftar adalah
      | baris | kolom      | isinya             | anjuran                                        |
      | 3     | nip        | 19900417           | NIP harus 18 angka                             |
      | 4     | tmt_cpns   | 2019-02-30         | Isi tanggal yang ada                           |
      | 5     | kode_unit  | 99.99              | impor berkas unit lebih dahulu                 |
      | 6     | nip_atasan | 196901011994031009 | Isi NIP pegawai yang ada di berkas ini         |
    Dan daftar masalah itu dapat diunduh sebagai berkas CSV
    Ketika berkas yang sama diimpor sekali lagi
    Maka tidak ada data yang berubah dan tidak ada kabar baru kepada layanan lain

  Skenario: Peristiwa yang dikirim ke instansi lain bertanda tangan dan dapat diverifikasi
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan Badan Kepegawaian berlangganan hasil penilaian kementerian itu lewat webhook
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Ketika pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka Badan Kepegawaian menerima kabar hasil penilaian itu satu kali dengan tanda tangan yang sah
    Dan kabar itu tidak memuat nama, NIP, atau catatan penilaian
    Tetapi kiriman yang diubah satu huruf ditolak oleh pustaka yang sama

  Skenario: Umpan data dapat dibaca sejak tanggal yang lampau
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan hari ini 12 Januari 2026
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Ketika Badan Kepegawaian diberi izin membaca umpan data SKP dan hasil penilaian
    Maka umpan sejak 1 Januari 2026 berisi PlanActivated, AppraisalCompleted
    Dan umpan sejak 1 Maret 2026 berisi AppraisalCompleted
    Dan melanjutkan dari penanda terakhir tidak mengulang apa pun

  Skenario: Instansi lain tidak melihat apa pun
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan sebuah kementerian lain dengan pegawai dan pelanggannya sendiri
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Maka bagi petugas kepegawaian kementerian lain, Siti dan dokumen-dokumennya tidak ada
    Dan daftar pegawai, SKP, dan penilaian kementerian lain tidak memuat Siti
    Dan umpan data pelanggan kementerian lain kosong
    Ketika petugas kepegawaian kementerian lain mencoba membuat akun di kementerian ini
    Maka permintaan itu ditolak dengan penjelasan "Anda tidak berwenang melakukan ini."

  Skenario: Satu uraian API untuk semua layanan
    Maka satu alamat memuat uraian API keenam layanan dan identitas, dan halaman untuk membacanya
    Dan setiap operasinya menyebut siapa yang boleh memanggilnya

  Skenario: Proses yang dimatikan paksa di tengah jalan tidak mengubah hasil akhir
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan Badan Kepegawaian berlangganan hasil penilaian kementerian itu lewat webhook
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Dan saldo angka kredit Siti pada akhir 2025 adalah 90,000
    Dan pada 5 Januari 2027 Bambang menilai triwulan 4 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Bambang menerbitkan evaluasi tahunan Siti: hasil kerja di atas ekspektasi, perilaku di atas ekspektasi
    Ketika proses kerja penilaian, insentif, dan notifikasi dimatikan paksa
    Dan Siti menyatakan sudah menerima dokumen evaluasinya
    Dan Siti menyetujui dokumen evaluasinya
    Dan proses kerja insentif dan notifikasi dimatikan paksa sekali lagi
    Maka saldo angka kredit Siti menjadi 108,750 dengan hitungan "12/12 × 150% × 12.5 = 18.750"
    Dan Siti mendapat tepat satu pesan "Evaluasi kinerja tahun 2026 telah final"
    Dan Badan Kepegawaian menerima kabar hasil penilaian itu dengan tanda tangan yang sah, kiriman ulangnya bernomor sama
