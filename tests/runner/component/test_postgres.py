"""The embedded PostgreSQL: own roles and databases, stops cleanly, comes back after a hard death."""

import shutil
import signal
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from chassis.bus.contracts import Contracts
from chassis.bus.topology import Topology, connect
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.db.schema_version import is_behind
from suar_cli.errors import BusRefused, DatabaseRefused
from suar_cli.places import contracts_folder
from suar_operator import bus
from suar_operator.databases import DatabaseServer, as_url, new_passwords
from suar_operator.prepare import BUS_CURE, prepare_databases
from suar_operator.services import BUS, OWNERS
from suar_runner import embedded_bus
from suar_runner.accounts import database_user
from suar_runner.own_folder import OwnFolder
from suar_runner.postgres import EmbeddedPostgres
from suar_runner.programs import find_postgres
from suar_runner.supervisor import Supervisor


class SupervisedPostgres:
    """One cluster under one supervisor."""

    def __init__(self, folder: OwnFolder) -> None:
        self.folder = folder
        user = database_user()
        self.postgres = EmbeddedPostgres(
            find_postgres(user).folder, folder.postgres, folder.database_sockets, "secret-1", user
        )
        self.supervisor = Supervisor(folder.logs, folder.status_file)

    def start(self) -> None:
        if not self.postgres.is_made:
            self.postgres.make()
        self.postgres.clear_remains()
        self.supervisor.start(self.postgres.spec())
        self.supervisor.wait_until_ready(["postgres"])

    @property
    def pid(self) -> int:
        pid = self.supervisor.children["postgres"].pid
        assert pid is not None
        return pid


@pytest.fixture(scope="module")
def supervised():
    home = Path(tempfile.mkdtemp(prefix="suar-test-"))
    home.chmod(0o755)
    folder = OwnFolder(home / "data")
    folder.claim()
    made = SupervisedPostgres(folder)
    with made.supervisor.listening_to_signals():
        made.start()
        yield made
        made.supervisor.stop_all()
    folder.delete()
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def conninfos(supervised):
    return DatabaseServer(supervised.postgres.conninfo()).prepare(new_passwords((*OWNERS, BUS)))


def test_it_listens_on_no_network(supervised):
    connections = psutil.Process(supervised.pid).net_connections(kind="inet")
    assert connections == []


def test_the_socket_asks_for_a_password(supervised):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(supervised.postgres.conninfo(password="wrong"))


def test_each_role_enters_its_own_database_and_no_other(supervised, conninfos):
    for owner in OWNERS:
        with psycopg.connect(conninfos[owner]) as connection:
            connection.execute("CREATE TABLE probe (n integer)")
            connection.rollback()
    for other in ("postgres", "template1", *(o for o in (*OWNERS, BUS) if o != "training")):
        elsewhere = conninfos["training"].replace("dbname=training", f"dbname={other}")
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(elsewhere)


def test_a_role_can_make_no_roles_and_no_databases(conninfos):
    for command in ("CREATE ROLE other", "CREATE DATABASE other"):
        with (
            psycopg.connect(conninfos["personnel"], autocommit=True) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(command)


def test_preparing_again_keeps_the_data_and_takes_the_passwords_given(supervised, conninfos):
    with psycopg.connect(conninfos["identity"]) as connection:
        connection.execute("CREATE TABLE kept (n integer)")
    again = DatabaseServer(supervised.postgres.conninfo()).prepare({"identity": "another"})
    with psycopg.connect(again["identity"]) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(conninfos["identity"])


def test_a_database_restored_without_its_rights_is_closed_again(supervised, conninfos):
    elsewhere = conninfos["training"].replace("dbname=training", "dbname=personnel")
    with psycopg.connect(supervised.postgres.conninfo(), autocommit=True) as connection:
        # as after pg_restore: a dump holds the rights on tables, not those on the database
        connection.execute("DROP DATABASE personnel WITH (FORCE)")
        connection.execute("CREATE DATABASE personnel OWNER personnel TEMPLATE template0")
        psycopg.connect(elsewhere).close()
    passwords = {"personnel": conninfo_to_dict(conninfos["personnel"])["password"]}
    DatabaseServer(supervised.postgres.conninfo()).prepare(passwords)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(elsewhere)
    psycopg.connect(conninfos["personnel"]).close()


def test_instances_share_a_server_by_prefix_and_leave_no_trace(supervised):
    servers = [DatabaseServer(supervised.postgres.conninfo(), f"suar_{n}_") for n in ("aaaaaa", "bbbbbb")]
    for server in servers:
        server.prepare(new_passwords(("personnel",)))
    servers[0].remove(("personnel",))
    with psycopg.connect(supervised.postgres.conninfo()) as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'suar\\_______\\_%'").fetchall()
    assert left == [("suar_bbbbbb_personnel",)]
    servers[1].remove(("personnel",))


def test_a_server_without_prefix_is_never_cleared(supervised):
    with pytest.raises(ValueError, match="not ours"):
        DatabaseServer(supervised.postgres.conninfo()).remove()


def test_a_server_that_refuses_is_explained():
    with pytest.raises(DatabaseRefused, match=r"tidak dapat disiapkan.*\n  pesan asli: .*refused"):
        DatabaseServer("host=127.0.0.1 port=1 dbname=postgres user=nobody").prepare({"personnel": "x"})


def test_a_preparation_that_fails_names_the_cure_of_the_one_who_asked(supervised):
    wrong = as_url(supervised.postgres.conninfo(password="wrong"))
    for address, cure in [
        (wrong, "Sandi di .env"),
        ("host=127.0.0.1 port=1 user=nobody", "docker-compose logs postgres"),
    ]:
        with pytest.raises(DatabaseRefused, match=cure) as refused:
            prepare_databases(
                {"DATABASE_ADMIN_URL": address, "PREPARE_DATABASES": "training", "TRAINING_DATABASE_PASSWORD": "x"}
            )
        assert "--database" not in str(refused.value)
    with pytest.raises(BusRefused, match="docker-compose logs rabbitmq"):
        bus.declare_all("amqp://guest:guest@127.0.0.1:1//", "suar-test", Contracts(contracts_folder()), cure=BUS_CURE)


def test_the_url_names_the_same_database_as_the_connection_string(conninfos):
    with psycopg.connect(as_url(conninfos["appraisal"])) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == ("appraisal", "appraisal")


def test_a_fresh_database_is_behind_the_code_until_it_is_migrated(conninfos):
    url = as_url(conninfos["wellbeing"])
    assert is_behind(url, "wellbeing")
    upgrade(url, migrations_of("wellbeing"))
    assert not is_behind(url, "wellbeing")


def test_the_bus_is_installed_once_and_its_queues_wait_for_their_services(conninfos):
    assert embedded_bus.install_pgmq(conninfos[BUS])
    assert not embedded_bus.install_pgmq(conninfos[BUS])
    url = embedded_bus.pgmq_url(conninfos[BUS])
    for _twice in range(2):
        bus.declare_all(url, "suar-test", Contracts(contracts_folder()))
    with connect(url) as connection:
        channel = connection.channel()
        queue = Topology("suar-test").queue("appraisal")(channel)
        assert queue.queue_declare(passive=True).message_count == 0


def test_it_comes_back_after_a_hard_death_with_a_pid_file_that_names_another_process(supervised):
    with psycopg.connect(supervised.postgres.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE survivor AS SELECT 42 AS n")
    child = supervised.supervisor.children.pop("postgres")
    psutil.Process(child.pid).send_signal(signal.SIGKILL)
    while child.poll() is None:
        supervised.supervisor._pause(0.02)
    pid_file = supervised.folder.postgres / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join(["1", *lines[1:]]) + "\n")
    supervised.start()
    with psycopg.connect(supervised.postgres.conninfo()) as connection:
        assert connection.execute("SELECT n FROM survivor").fetchone() == (42,)


def test_a_server_that_outlived_its_runner_is_ended_first(supervised):
    orphan = psutil.Process(supervised.pid)
    supervised.supervisor.children.pop("postgres")
    supervised.start()
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
    assert supervised.postgres.answers()
