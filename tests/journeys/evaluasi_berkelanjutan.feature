# language: id
Fitur: Evaluasi sepanjang tahun
  Kinerja dibicarakan dan dinilai sepanjang tahun. Masalah terlihat dini, dan perbaikannya dimulai saat itu juga,
  bukan pada akhir tahun.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja

  Skenario: Catatan progres dan umpan balik menjadi bahan penilaian triwulan
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan hari ini 2 Maret 2026
    Ketika Siti mencatat progres 12 berkas dengan tautan bukti
    Dan Bambang memberi umpan balik "Pelayanan rapi; percepat langkah verifikasi."
    Maka Siti mendapat pesan "Umpan balik baru"
    Ketika Siti menjawab umpan balik itu dengan "Verifikasi akan saya gabung."
    Dan Siti menyatakan realisasi triwulan 1 "12 berkas, semuanya tepat waktu"
    Dan pada 6 April 2026 Bambang membuka bahan penilaian triwulan 1 Siti
    Maka bahan itu memuat target 120 berkas di samping 12 berkas yang tercatat, pernyataan Siti, dan umpan baliknya
    Ketika Bambang menilai triwulan 1 Siti sesuai ekspektasi, dengan realisasi "12 berkas selesai" dan catatan "Percepat verifikasi"
    Maka penjelasan penilaian itu memuat 12 berkas dengan buktinya, umpan balik, dan jawaban Siti
    Dan Siti membaca realisasi "12 berkas selesai" dan catatan "Percepat verifikasi" pada hasil kerjanya

  Skenario: Bahan penilaian dibekukan bersama penilaiannya
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan hari ini 2 Maret 2026
    Ketika Siti mencatat progres 12 berkas dengan tautan bukti
    Dan Bambang memberi umpan balik "Pelayanan rapi; percepat langkah verifikasi."
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan Siti menjawab umpan balik itu dengan "Verifikasi akan saya gabung."
    Dan Siti mencatat progres 30 berkas dengan tautan bukti
    Maka penjelasan penilaian itu tetap memuat 12 berkas, dan umpan balik tanpa jawaban Siti
    Dan siapa pun yang menghitung sidik isi bahan penilaian itu mendapat sidik yang sama

  Skenario: Triwulan yang lemah langsung membuka bimbingan antara atasan dan pegawai
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Ketika pada 6 Juli 2026 Bambang menilai triwulan 2 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka terbuka satu bimbingan antara Bambang dan Siti
    Dan Siti mendapat pesan "Tindak lanjut kinerja dibuka untuk Anda"
    Dan Bambang mendapat pesan "Bimbingan kinerja perlu dijadwalkan"
    Ketika Bambang mencatat dalam bimbingan itu "Petakan alur layanan bersama"
    Maka Siti membaca catatan itu
    Tetapi petugas kepegawaian hanya tahu bahwa bimbingan itu ada
    Dan Budi dan Tari tidak dapat melihat bimbingan itu
    Ketika Bambang menutup bimbingan itu karena kinerja membaik
    Maka bimbingan itu tertutup dengan hasil membaik

  Skenario: Dua triwulan lemah berturut-turut menjadi peringatan dini bagi petugas kepegawaian
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Dan petugas kepegawaian melihat peringatan tunggal atas Siti
    Ketika pada 6 Juli 2026 Bambang menilai triwulan 2 Siti: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka petugas kepegawaian melihat peringatan berulang atas Siti, dengan bimbingan yang sedang berjalan
    Dan Ratna sebagai pimpinan unit melihat peringatan itu tanpa predikatnya
    Tetapi Siti dan Budi tidak melihat daftar peringatan siapa pun

  Skenario: Atasan yang salah dibetulkan dengan satu langkah, dan semua layanan mengikuti
    Diketahui Siti mengajukan SKP tahun 2026, rencana pengembangan diri, dan permohonan kerja fleksibel
    Ketika petugas kepegawaian membetulkan atasan Siti menjadi Dewi
    Maka atasan Siti adalah Dewi, dan atasan pejabat penilainya Ratna
    Dan Bambang tidak dapat menyetujui satu pun dari ketiga pengajuan Siti
    Dan Dewi menyetujui ketiga pengajuan Siti
    Dan perubahan atasan Siti dikabarkan kepada layanan lain tepat satu kali
