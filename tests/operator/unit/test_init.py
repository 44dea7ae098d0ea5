"""`suar init`: secrets are made once, for their owner only, and what is there is never changed."""

import base64
import stat

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from suar_operator.init import PRIVATE, PUBLIC, SETTINGS, SecretsUnfit, make_secrets, makers, read_variables

PUBLIC_PEM_START = b"-----BEGIN PUBLIC KEY-----"


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".env"


def variables(path):
    return read_variables(path.read_text())


def test_everything_is_random_and_only_the_owner_may_read_it(path, tmp_path):
    made = make_secrets(path)
    assert made.is_new
    assert set(made.added) == {*makers(), PRIVATE, PUBLIC} == set(variables(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    other = tmp_path / "other"
    make_secrets(other)
    assert not set(variables(path).values()) & set(variables(other).values())
    assert len(set(variables(path).values())) == len(variables(path))
    assert all(len(value) >= 32 for value in variables(path).values())


def test_the_keys_are_a_pair(path):
    make_secrets(path)
    private, public = (base64.b64decode(variables(path)[name]) for name in (PRIVATE, PUBLIC))
    assert public.startswith(PUBLIC_PEM_START)
    own = load_pem_private_key(private, None).public_key().public_bytes_raw()
    assert own == load_pem_public_key(public).public_bytes_raw()


def test_doing_it_again_changes_nothing(path):
    make_secrets(path)
    before = path.read_bytes()
    made = make_secrets(path)
    assert made.added == ()
    assert path.read_bytes() == before


def test_what_a_newer_version_asks_for_is_added_and_the_rest_stays(path):
    make_secrets(path)
    whole = path.read_text()
    older = "\n".join(line for line in whole.splitlines() if not line.startswith("WELLBEING_BUS_PASSWORD"))
    path.write_text(f"{older}\nSUAR_ADDRESS=0.0.0.0:80\n")
    before = variables(path)
    made = make_secrets(path)
    assert made.added == ("WELLBEING_BUS_PASSWORD",)
    assert not made.is_new
    after = variables(path)
    assert {name: after[name] for name in before} == before


def test_every_setting_is_listed_as_a_comment_with_its_default_and_its_meaning(path):
    made = make_secrets(path)
    lines = path.read_text().splitlines()
    assert made.listed == tuple(setting.name for setting in SETTINGS)
    for setting in SETTINGS:
        assert lines[lines.index(f"# {setting.name}={setting.default}") - 1] == f"# {setting.meaning}:"


def test_settings_of_a_newer_version_are_listed_too_and_those_in_use_stay(path):
    make_secrets(path)
    lines = [line for line in path.read_text().splitlines() if "TRAINING_REPLICAS" not in line]
    path.write_text("\n".join(lines).replace("# LOG_LEVEL=INFO", "LOG_LEVEL=DEBUG") + "\n")
    made = make_secrets(path)
    assert (made.added, made.listed) == ((), ("TRAINING_REPLICAS",))
    assert variables(path)["LOG_LEVEL"] == "DEBUG"
    assert path.read_text().count("LOG_LEVEL=") == 1


def test_a_file_that_others_could_read_is_closed(path):
    make_secrets(path)
    path.chmod(0o644)
    make_secrets(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("kept", "lost"), [(PRIVATE, PUBLIC), (PUBLIC, PRIVATE)])
def test_half_a_pair_of_keys_is_not_completed_by_guessing(path, kept, lost):
    make_secrets(path)
    text = "".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith(f"{lost}="))
    path.write_text(text)
    with pytest.raises(SecretsUnfit, match=lost):
        make_secrets(path)
    assert path.read_text() == text


def test_a_name_without_a_value_is_named_instead_of_written_twice(path):
    path.write_text("POSTGRES_PASSWORD=\n")
    with pytest.raises(SecretsUnfit, match="POSTGRES_PASSWORD"):
        make_secrets(path)


def test_a_place_that_cannot_be_written_ends_with_a_sentence(tmp_path):
    with pytest.raises(SecretsUnfit, match="tidak dapat ditulisi"):
        make_secrets(tmp_path / "nowhere" / ".env")
