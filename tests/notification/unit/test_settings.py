"""What production refuses, and what a setting means."""

import pytest

from chassis.settings import SettingsError, load
from notification.settings import SERVICE, Settings

BASE = {
    "NOTIFICATION_DATABASE_URL": "postgresql://x@y/z", "AUTH_PUBLIC_KEY_FILE": "/k", "CONTRACTS_DIR": "/c",
}  # fmt: skip
KEY = "k" * 40


def settings(**environ: str) -> Settings:
    return load(Settings, SERVICE, {**BASE, **environ})


def test_production_invents_no_key_and_calls_no_private_address():
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET_KEYS"):
        settings()
    with pytest.raises(SettingsError, match="WEBHOOK_PRIVATE"):
        settings(WEBHOOK_SECRET_KEYS=KEY, WEBHOOK_PRIVATE="1")
    reach = settings(WEBHOOK_SECRET_KEYS=KEY).egress_policy
    assert not reach.insecure_allowed
    assert not reach.private_allowed


def test_demo_is_open_unless_it_is_set_not_to_be():
    assert settings(SUAR_MODE="demo").egress_policy.private_allowed
    assert not settings(SUAR_MODE="demo", WEBHOOK_PRIVATE="0").egress_policy.insecure_allowed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "mail.go.id:25"),
        ("SMTP_URL", "smtp://x:hunter2@mail:port"),
        ("MAIL_SENDER", "Suar <a@b.id>"),
        ("WEBHOOK_SECRET_KEYS", "short"),
        ("WEBHOOK_ALLOW", "10.0.0.0/99"),
        ("WEBHOOK_PATIENCE_DAYS", "0"),
        ("PUBLIC_BASE_URL", "suar.go.id"),
    ],
)
def test_an_unusable_setting_is_named_and_its_secret_is_not_shown(name, value):
    with pytest.raises(SettingsError, match=name) as refused:
        settings(SUAR_MODE="test", **{name: value})
    assert "hunter2" not in str(refused.value)


def test_the_mail_server_is_read_from_one_url():
    plain = settings(SUAR_MODE="test", SMTP_URL="smtp://127.0.0.1:2525").smtp
    assert (plain.host, plain.port, plain.implicit_tls, plain.require_tls) == ("127.0.0.1", 2525, False, False)
    full = settings(SUAR_MODE="test", SMTP_URL="smtps://suar:p%40ss@mail.go.id").smtp
    assert (full.port, full.implicit_tls, full.user, full.password) == (465, True, "suar", "p@ss")
    assert "p@ss" not in repr(full)
