# language: id
Fitur: Kesejahteraan dan kondisi kerja
  Pegawai dapat mengatakan bagaimana keadaannya tanpa dikenali, kondisi kerja yang buruk diperbaiki dengan tenggat,
  dan tidak satu pun dari itu memengaruhi penilaian atau penghasilannya.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja

  Skenario: Jawaban kelompok kecil disembunyikan, juga kelompok yang dapat membukanya
    Diketahui Nia membuka survei denyut untuk Biro Sumber Daya Manusia pada 10 Agustus 2026
    Ketika Siti, Budi, Rina, Agus dari Subbagian Kinerja menjawab survei itu tanpa menyebut diri
    Dan Dewi, Joko, Lina, Hadi, Wati, Yusuf dari Subbagian Data Pegawai menjawab survei itu tanpa menyebut diri
    Dan survei itu ditutup dan hasilnya diterbitkan pada 24 Agustus 2026
    Maka Siti melihat hasil biro dari 10 jawaban
    Tetapi hasil Subbagian Kinerja disembunyikan karena kurang dari 5 jawaban
    Dan hasil Subbagian Data Pegawai ikut disembunyikan agar yang kecil tidak dapat dihitung dari selisihnya
    Dan bagi Ratna sebagai pimpinan pun kedua hasil itu tersembunyi

  Skenario: Satu pegawai, satu suara
    Diketahui Nia membuka survei denyut untuk Biro Sumber Daya Manusia pada 10 Agustus 2026
    Ketika Siti memakai satu kartu suara dua kali
    Maka permintaan itu ditolak dengan penjelasan "sudah dipakai"

  Skenario: Meja yang gelap menjadi tiket dengan penanggung jawab dan tenggat
    Diketahui hari ini 10 Agustus 2026
    Ketika Siti mencatat penerangan 210 lux di mejanya
    Maka terbuka tiket kondisi kerja karena penerangan paling sedikit 300 lux, dengan dasar hukum dan tenggatnya
    Dan Bambang mendapat pesan "Laporan kondisi kerja di unit Anda"
    Ketika Nia menunjuk Joko sebagai penanggung jawab, dan Joko mengganti lampunya
    Dan Siti mencatat penerangan 340 lux di mejanya
    Maka tiket itu selesai dengan riwayat dan kedua hasil ukur

  Skenario: Laporan tanpa nama hanya diikuti dengan kode rahasia dan hanya dibaca penangannya
    Diketahui hari ini 10 Agustus 2026
    Ketika seseorang tanpa masuk akun melaporkan bahwa ia dibentak Bambang berulang kali
    Maka ia mendapat kode rahasia, dan dengan kode itu mengetahui bahwa laporannya diterima
    Ketika hari berganti menjadi 11 Agustus 2026
    Dan Nia mengambil laporan itu dan bertanya "Apakah ada saksi?"
    Dan pelapor menjawab dengan kodenya "Ada dua orang."
    Maka Nia membaca laporan itu beserta jawabannya, tanpa mengetahui siapa pelapornya
    Tetapi petugas kepegawaian, Bambang, Ratna, dan Tari tidak dapat membacanya
    Dan kode yang salah tidak membuka apa pun

  Skenario: Tidak satu pun sampai ke penilaian atau tunjangan
    Diketahui hari ini 10 Agustus 2026
    Ketika Siti mencatat penerangan 210 lux di mejanya
    Dan Siti mendaftar Senam Jumat yang dibuka Nia
    Dan seseorang tanpa masuk akun melaporkan bahwa ia dibentak Bambang berulang kali
    Maka yang dikabarkan layanan kesejahteraan hanyalah tiket tempat kerja, tanpa menyebut orang
    Dan layanan penilaian dan layanan insentif tidak pernah mendengarnya
