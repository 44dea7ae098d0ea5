# language: id
Fitur: Aturan penilaian diubah oleh dua petugas
  Aturan menentukan hak semua pegawai. Karena itu tidak seorang pun mengubahnya sendirian,
  tidak untuk hari yang sudah lewat, dan tidak selama perkaranya sendiri masih berjalan.

  Skenario: Satu petugas mengusulkan, petugas kedua menyetujui
    Diketahui SKP Siti tahun 2026 sudah disetujui Bambang
    Ketika Wati melihat dahulu akibat masa keberatan 21 hari mulai 1 Februari 2026
    Maka yang terlihat: tahun 2026 memakai aturan lama, tahun 2027 memakai aturan baru, dan 0 perkara berjalan
    Ketika Wati mengusulkan masa keberatan 21 hari mulai 1 Januari 2026
    Maka permintaan itu ditolak dengan penjelasan "paling awal 2026-01-02; tidak berlaku surut"
    Ketika Wati mengusulkan masa keberatan 10 hari mulai 1 Februari 2026
    Maka permintaan itu ditolak dengan penjelasan "paling sedikit 14 (PP 30/2019 Pasal 59)"
    Ketika Wati mengusulkan masa keberatan 21 hari mulai 1 Februari 2026
    Dan Wati menyetujui usulan aturan itu
    Maka permintaan itu ditolak dengan penjelasan "minta operator sistem memberi peran pengelola kepegawaian"
    Ketika Yusuf menyetujui usulan aturan itu
    Maka permintaan itu diterima
    Ketika hari berganti menjadi 1 Februari 2026
    Maka masa keberatan yang berlaku menurut Siti adalah 21 hari

  Skenario: Tidak seorang pun mengubah aturan bagi perkaranya sendiri
    Diketahui SKP Wati tahun 2026 sudah disetujui Dewi
    Dan pada 5 Januari 2027 Dewi menilai triwulan 4 Wati: hasil kerja sesuai ekspektasi, perilaku sesuai ekspektasi
    Dan pada 12 Januari 2027 Dewi menerbitkan evaluasi tahunan Wati: hasil kerja di bawah ekspektasi, perilaku sesuai ekspektasi
    Ketika Wati mengusulkan masa keberatan 300 hari mulai 12 Januari 2027
    Maka permintaan itu ditolak dengan penjelasan "menyentuh perkara Anda sendiri yang masih berjalan"
    Ketika Yusuf mengusulkan masa keberatan 300 hari mulai 12 Januari 2027
    Dan Wati menyetujui usulan aturan itu
    Maka permintaan itu ditolak dengan penjelasan "menyentuh perkara Anda sendiri yang masih berjalan"
