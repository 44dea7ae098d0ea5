# language: id
Fitur: Pengembangan kompetensi
  Kekurangan yang terlihat pada penilaian segera menjadi kebutuhan pelatihan yang terkait jabatan,
  pegawai menemukan pelatihan dan bacaan yang sesuai, dan jam pelajarannya tercatat sekali saja.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja
    Dan standar jabatan Analis SDM meminta kompetensi analisis proses tingkat 3
    Dan katalog memuat lokakarya analisis proses 8 JP pada 10 September 2026 dengan 2 kursi, dan satu buku rujukannya

  Skenario: Triwulan di bawah ekspektasi menimbulkan kebutuhan pelatihan beserta sarannya
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan Bambang menilai kompetensi analisis proses Siti di tingkat 2
    Ketika pada 6 Juli 2026 Bambang menilai triwulan 2 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka Siti mempunyai kebutuhan pelatihan analisis proses dengan kesenjangan 1 tingkat, karena evaluasi itu
    Dan kepadanya disarankan lokakarya dan buku rujukan itu

  Skenario: Kursi habis, yang berikutnya masuk daftar tunggu menurut urutan
    Diketahui hari ini 3 Agustus 2026
    Ketika Siti, Budi, Rina, Agus berturut-turut mendaftar lokakarya itu
    Maka yang mendapat kursi adalah Siti, Budi
    Dan yang menunggu, menurut urutan, adalah Rina, Agus
    Ketika Budi membatalkan pendaftarannya
    Maka yang mendapat kursi adalah Siti, Rina
    Dan yang menunggu, menurut urutan, adalah Agus

  Skenario: Sertifikat menambah JP, dan sertifikat yang sama tidak dihitung dua kali
    Ketika Siti menyelesaikan lokakarya itu dan menerima sertifikat nomor WS/2026/001
    Maka catatan JP Siti tahun 2026 berjumlah 8 JP dan masih kurang 12 JP dari target 20 JP
    Dan catatan itu menyebut hitungan, aturan, dan dasar hukumnya
    Dan selesainya pelatihan Siti dikabarkan kepada layanan lain tepat satu kali
    Ketika Siti menyerahkan sertifikat nomor ws 2026 001 dari penyelenggara yang sama sebagai pelatihan lain
    Maka permintaan itu ditolak dengan penjelasan "sudah tercatat untuk pegawai ini"
    Dan catatan JP Siti tahun 2026 berjumlah 8 JP dan masih kurang 12 JP dari target 20 JP

  Skenario: Sertifikat yang dicabut mengurangi JP tanpa menghapus catatannya
    Diketahui Siti menyelesaikan lokakarya itu dan menerima sertifikat nomor WS/2026/002
    Ketika petugas kepegawaian mencabut sertifikat itu karena penyelenggara menariknya
    Maka catatan JP Siti tahun 2026 berjumlah 0 JP dan masih kurang 20 JP dari target 20 JP
    Dan catatan itu tetap memuat 8 JP semula dan pembatalannya sebagai baris sendiri
    Dan pembatalan itu dikabarkan kepada layanan lain tepat satu kali
