"""The data folder: one holder, clear refusals, a way out of every state."""

import json
import os
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from suar_cli.errors import FolderDamaged, FolderForeign, FolderInUse, FolderUnreachable, PortTaken
from suar_operator.folder import LONGEST_SOCKET_PATH, PLAIN_PATH
from suar_runner.edge import free_port
from suar_runner.own_folder import OwnFolder

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs as other users")


@pytest.fixture
def home(tmp_path_factory):
    """A folder that other users can reach, which pytest's own is not."""
    import shutil

    path = Path(tempfile.mkdtemp(prefix="suar-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def ready(folder: OwnFolder) -> OwnFolder:
    state = folder.claim()
    folder.save({**state, "phase": "ready"})
    folder.release()
    return folder


def test_a_new_folder_is_made_private_with_its_rooms(home):
    folder = OwnFolder(home / "deep" / "data")
    state = folder.claim()
    assert state["phase"] == "preparing"
    assert len(state["instance"]) == 6
    assert stat.S_IMODE(folder.secrets.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.postgres.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.path.stat().st_mode) & 0o066 == 0
    folder.release()


def test_the_instance_keeps_its_name_over_starts_and_a_reset(home):
    folder = ready(OwnFolder(home / "data"))
    first = json.loads(folder.state_file.read_text())["instance"]
    assert folder.claim()["instance"] == first
    folder.release()
    assert folder.claim(reset=True)["instance"] == first
    folder.release()


def test_a_held_folder_is_refused_with_the_holder_and_the_way_out(home):
    folder = ready(OwnFolder(home / "data"))
    program = "import sys; from suar_runner.own_folder import OwnFolder; from pathlib import Path; OwnFolder(Path(sys.argv[1])).claim(); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    assert folder.holder() == holder.pid
    with pytest.raises(FolderInUse, match=rf"dipakai oleh proses {holder.pid}.*\./suar down"):
        folder.claim()
    holder.kill()
    holder.communicate()
    assert folder.holder() is None
    folder.claim()
    folder.release()


def test_a_folder_in_which_no_service_ever_ran_is_made_anew(home):
    folder = OwnFolder(home / "data")
    instance = folder.claim()["instance"]
    (folder.postgres / "rubbish").touch()
    folder.release()
    assert folder.is_unfinished
    assert folder.claim()["instance"] == instance
    assert list(folder.postgres.iterdir()) == []
    folder.release()


def test_a_folder_that_lost_its_state_is_not_taken_for_a_new_one(home):
    folder = ready(OwnFolder(home / "data"))
    (folder.postgres / "precious").touch()
    folder.state_file.unlink()
    with pytest.raises(FolderDamaged, match="--reset"):
        folder.claim()
    assert (folder.postgres / "precious").exists()
    folder.claim(reset=True)
    assert list(folder.postgres.iterdir()) == []
    folder.release()


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"'])
def test_an_unreadable_state_is_refused_with_the_way_out(home, content):
    folder = ready(OwnFolder(home / "data"))
    folder.state_file.write_text(content)
    assert folder.is_damaged
    with pytest.raises(FolderDamaged, match="--reset"):
        folder.claim()


def test_a_folder_of_somebody_else_is_left_alone_even_with_reset(home):
    precious = home / "thesis.txt"
    precious.write_text("years of work")
    with pytest.raises(FolderForeign, match=r"thesis\.txt"):
        OwnFolder(home).claim(reset=True)
    assert precious.read_text() == "years of work"


def test_reset_and_delete_take_only_what_is_ours(home):
    folder = ready(OwnFolder(home / "data"))
    (folder.path / "notes.txt").write_text("mine")
    folder.claim(reset=True)
    folder.delete()
    assert [entry.name for entry in folder.path.iterdir()] == ["notes.txt"]


def test_delete_leaves_nothing_when_all_is_ours(home):
    folder = ready(OwnFolder(home / "data"))
    folder.claim()
    folder.delete()
    assert not folder.path.exists()


def test_a_long_path_gets_short_sockets_in_a_private_place(home):
    folder = OwnFolder(home / ("x" * 60) / ("y" * 60))
    folder.claim()
    assert len(str(folder.database_sockets / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH
    assert folder.sockets != folder.path
    assert folder.sockets.stat().st_uid == os.geteuid()
    assert stat.S_IMODE(folder.database_sockets.stat().st_mode) == 0o700
    folder.delete()
    assert not folder.sockets.exists()


@pytest.mark.parametrize("name", ["da ta", "d'ata", "da$ta", "d{a}ta", "d;a,ta"])
def test_a_path_that_nginx_or_libpq_would_read_otherwise_gets_plain_sockets(home, name):
    folder = OwnFolder(home / name)
    folder.claim()
    assert PLAIN_PATH.fullmatch(str(folder.run))
    assert PLAIN_PATH.fullmatch(str(folder.database_sockets))
    folder.delete()
    assert not folder.sockets.exists()


def test_the_short_place_does_not_depend_on_a_temporary_folder_with_blanks_in_its_name(home, monkeypatch):
    found = OwnFolder(home / "da ta").sockets
    monkeypatch.setenv("TMPDIR", str(home / "tem porary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert OwnFolder(home / "da ta").sockets == found


def test_a_place_where_nothing_can_be_made_is_named(home):
    (home / "file").touch()
    with pytest.raises(FolderUnreachable, match="--data"):
        OwnFolder(home / "file" / "data").claim()


@root_only
def test_as_root_a_folder_that_the_database_user_cannot_enter_is_refused(home):
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(FolderUnreachable, match="tidak boleh berjalan sebagai root"):
        OwnFolder(closed / "data").claim()


def test_a_port_in_use_is_named_with_the_option_that_helps():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Port {port} .*--port"):
            free_port("127.0.0.1", port)


def test_port_zero_gives_a_free_port():
    assert free_port("127.0.0.1", 0) > 0
