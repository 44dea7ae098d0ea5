# language: id
Fitur: Pola distribusi dan kalibrasi
  Predikat orang-orang sebuah biro sesuai dengan predikat organisasinya, sampai ke subbagian. Para pejabat penilai
  menyelaraskan ukuran mereka sebelum menetapkan, dan pegawai membaca alasannya.

  Dasar:
    Dengan sebuah kementerian dengan lima belas pegawai di tiga unit kerja

  Skenario: Pola biro berlaku bagi penilaian di setiap subbagian
    Diketahui kebijakan instansi menolak penilaian yang melanggar pola distribusi
    Dan predikat organisasi Biro Sumber Daya Manusia triwulan 1 tahun 2026 adalah "Butuh Perbaikan"
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Dan SKP Joko tahun 2026 sudah disetujui Dewi
    Ketika pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja di atas ekspektasi, perilaku di atas ekspektasi
    Maka distribusi Biro Sumber Daya Manusia memuat 1 "Sangat Baik" dari 15 pegawai yang wajib dinilai
    Ketika Dewi mencoba menilai triwulan 1 Joko dengan hasil kerja dan perilaku di atas ekspektasi
    Maka permintaan itu ditolak dengan penjelasan "paling banyak 1 orang"
    Ketika pada 6 April 2026 Dewi menilai triwulan 1 Joko: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Maka distribusi Biro Sumber Daya Manusia memuat 1 "Butuh Perbaikan" dari 15 pegawai yang wajib dinilai

  Skenario: Kalibrasi tidak mengubah penilaian tanpa pejabat penilainya, dan pegawai membaca alasannya
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Dan pada 6 April 2026 Bambang mengusulkan penilaian triwulan 1 Siti sesuai ekspektasi
    Ketika Ratna membuka kalibrasi Subbagian Kinerja triwulan 1 tahun 2026 sampai 20 April 2026
    Dan Ratna menyarankan di atas ekspektasi bagi Siti dengan alasan "Capaiannya sama dengan rekan setim"
    Maka usulan penilaian Siti masih "Baik"
    Ketika Ratna mencoba menerapkan saran itu sendiri
    Maka permintaan itu ditolak karena tidak berwenang
    Ketika Bambang menerapkan saran itu dan menetapkan penilaian Siti
    Maka penjelasan penilaian Siti memuat alasan "Capaiannya sama dengan rekan setim"
    Ketika Ratna menutup kalibrasi itu dengan notulen "Satu saran, diterapkan."
    Maka kalibrasi itu tertutup, dan tidak ada lagi yang dapat disarankan
    Ketika Wati mengunduh dokumen kalibrasi itu
    Maka dokumen itu adalah "BERITA ACARA KALIBRASI" yang menyebut Siti, Bambang, "Satu saran, diterapkan." dan sebaran predikat
    Dan siapa pun yang membuka alamat pada berita acara itu membaca bahwa dokumen itu "sah dan masih berlaku", tanpa nama
    Ketika Bambang mengunduh dokumen kalibrasi itu
    Maka dokumen itu adalah "PETIKAN" tanpa sebaran predikat
    Ketika Wati meminta dokumen semua evaluasi triwulan 1 tahun 2026
    Maka Wati mengunduh satu arsip dengan dokumen evaluasi Siti

  Skenario: Penilaian tertinggi ditinjau atasan pejabat penilai sebelum dibaca pegawainya
    Diketahui kebijakan instansi meninjau penilaian tertinggi dan terendah sebelum dibaca pegawai
    Dan SKP Siti tahun 2026 sudah disetujui Bambang
    Ketika pada 6 April 2026 Bambang menilai triwulan 1 Siti: hasil kerja di atas ekspektasi, perilaku di atas ekspektasi
    Maka penilaian itu menunggu peninjauan Ratna, dan Siti belum membaca apa pun
    Ketika Ratna mengembalikan penilaian Siti dengan alasan "Bukti dukung belum terlihat"
    Dan Bambang tetap pada penilaian Siti dengan alasan tambahan "Survei pelanggan terlampir"
    Dan Ratna mengonfirmasi penilaian Siti dengan catatan "Bukti sudah cukup"
    Maka Siti membaca penilaiannya "Sangat Baik" beserta alasan pengembalian, alasan tambahan, dan konfirmasinya
