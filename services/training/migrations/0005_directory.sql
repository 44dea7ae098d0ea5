-- Agencies, units and people come from the tables of the directory. agency, org_unit and employee are neither read nor
-- written any more; a later release drops them, so that processes of the former release can finish while this one starts.
-- The agencies are taken over, because nothing asks for their event again; version 0 is older than any event. People and
-- units are not: personnel publishes their time again, and until then they count as not known yet.
-- migrate: tables-of directory 1
-- migrate: all-agencies agency, directory_agency, rule_value

INSERT INTO directory_agency (agency_id, name, time_zone, version) SELECT agency_id, name, time_zone, 0 FROM agency;

-- How the target of a part year is counted: for agencies that have their reference data already.
INSERT INTO rule_value (id, agency_id, name, value, valid_from, source, verified, version, recorded_by, recorded_at)
SELECT gen_random_uuid(), first.agency_id, rule.name, rule.value, first.valid_from, rule.source, false, 1, 'system', now()
FROM (SELECT agency_id, min(valid_from) AS valid_from FROM rule_value GROUP BY agency_id) first
CROSS JOIN (VALUES
    ('JP_TARGET_BY_DAYS_OF_TYPE', 1,
     'Kebijakan awal sistem: bila jenis kepegawaian berubah dalam setahun, sasaran dihitung sebanding hari (belum diverifikasi)'),
    ('JP_TARGET_BY_DAYS_OF_SERVICE', 0,
     'Kebijakan awal sistem: pegawai yang mulai bekerja dalam tahun berjalan tetap bersasaran penuh (belum diverifikasi)')
) AS rule (name, value, source);
