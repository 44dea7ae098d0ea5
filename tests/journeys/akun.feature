# language: id
Fitur: Akun mengikuti masa tugas
  Akun terbuka, berkurang, dan tertutup bersama masa tugas pemiliknya, juga bagi pejabat yang bukan ASN.
  Siapa yang pindah instansi masuk dengan nama yang sama, dan instansi yang satu tidak mengetahui yang lain.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja

  Skenario: Gubernur sebagai pejabat penilai
    Diketahui gubernur menjabat sejak 20 Februari 2025, menjadi atasan Ratna, dan mendapat akun dengan surelnya
    Ketika Ratna mengajukan SKP tahun 2026
    Maka SKP Ratna ada di antrean gubernur
    Ketika gubernur menyetujui SKP Ratna
    Dan pada 6 April 2026 gubernur menilai triwulan 1 Ratna
    Maka penilaian Ratna menyebut gubernur sebagai penilai selaku pejabat luar
    Dan gubernur membaca data kepegawaian Ratna
    Tetapi gubernur tidak dapat membaca apa pun yang lain
    Ketika masa jabatan gubernur dicatat berakhir pada 30 Juni 2026
    Dan hari berganti menjadi 1 Juli 2026 pukul 00.05
    Maka sesi gubernur berakhir dan gubernur tidak dapat masuk lagi

  Skenario: Pensiun: akun tertutup pada harinya
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pengelola kepegawaian mencatat status Siti menjadi RETIRED sejak 1 Juli 2026
    Ketika hari berganti menjadi 30 Juni 2026 pukul 23.50
    Maka Siti masih bekerja dengan akunnya seperti biasa
    Ketika hari berganti menjadi 1 Juli 2026 pukul 00.05
    Maka Siti hanya dapat membaca catatannya sendiri
    Dan Siti mendapat pesan "Akun Anda dibatasi"
    Ketika hari berganti menjadi 29 September 2026 pukul 00.05
    Maka Siti tidak dapat masuk lagi, dan sesinya berakhir
    Ketika pengelola kepegawaian membetulkan bahwa Siti tidak pernah pensiun
    Maka Siti dapat masuk dan bekerja lagi

  Skenario: Pindah antarinstansi
    Diketahui Siti masuk dengan NIP-nya
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pengelola kepegawaian mencatat status Siti menjadi TRANSFERRED sejak 1 Juli 2026
    Ketika hari berganti menjadi 1 Juli 2026 pukul 09.00
    Dan instansi baru mencatat Siti dengan NIP yang sama dan membuatkan akun baginya
    Maka masuk dengan NIP itu membawa Siti ke instansi baru
    Dan di instansi lama Siti masih dapat membaca catatannya sendiri
    Tetapi pengelola instansi baru tidak menemukan apa pun dari instansi lama
    Ketika hari berganti menjadi 29 September 2026 pukul 09.00
    Maka masuk ke instansi lama ditolak dan ke instansi baru diterima
