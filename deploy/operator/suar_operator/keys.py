"""The key pair that signs and verifies the tokens inside the deployment."""

from pathlib import Path

from gateway.crypto import make_keys

PRIVATE, PUBLIC = "auth-private.pem", "auth-public.pem"


def ensure_keys(folder: Path) -> tuple[Path, Path]:
    """The private and the public key file; made at the first call."""
    private, public = folder / PRIVATE, folder / PUBLIC
    if not (private.exists() and public.exists()):
        make_keys(private, public)
    return private, public
