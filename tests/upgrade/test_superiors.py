"""Identity knows after the upgrade who is somebody's superior, though it has processed each timeline before."""

from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of

KNOWN = "SELECT count(DISTINCT employee_id), count(DISTINCT superior_id) FROM service_stretch"
# As the migration of identity leaves what a former release has kept.
AS_BEFORE = ("UPDATE employee SET version = 0", "UPDATE service_stretch SET superior_id = NULL")


def test_identity_learns_of_superiors_whose_timelines_it_has_processed(
    previous, read_all, make_service, private_key_file
):
    personnel_url = previous("personnel")
    upgrade(personnel_url, migrations_of("personnel"))
    personnel = make_service("personnel", {"PERSONNEL_DATABASE_URL": personnel_url})
    identity_url = previous("identity")
    upgrade(identity_url, migrations_of("gateway"))
    identity = make_service(
        "gateway", {"AUTH_PRIVATE_KEY_FILE": str(private_key_file), "IDENTITY_DATABASE_URL": identity_url}
    )
    with read_all(personnel_url) as people, read_all(identity_url) as known:
        (agency,) = people.execute("SELECT agency_id FROM agency").fetchone()
        personnel.run_jobs()
        first = personnel.events(agency, "EmployeeTimelineChanged")
        for one in first:
            identity.deliver_envelope(one)
        everybody = known.execute(KNOWN).fetchone()
        assert everybody[1] > 10
        for statement in AS_BEFORE:
            known.execute(statement)
        for one in first:
            identity.deliver_envelope(one)
        assert known.execute(KNOWN).fetchone() == (everybody[0], 0)

        people.execute("DELETE FROM job WHERE kind = 'repeat_timelines'")
        people.execute((migrations_of("personnel") / "0017_timelines_once_more.sql").read_text())
        personnel.run_jobs()
        again = personnel.events(agency, "EmployeeTimelineChanged")[len(first) :]
        versions = {(one["subject"], one["data"]["version"]) for one in again}
        assert versions == {(one["subject"], one["data"]["version"]) for one in first}
        for one in again:
            identity.deliver_envelope(one)
        assert known.execute(KNOWN).fetchone() == everybody
