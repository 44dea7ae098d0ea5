"""Secrets: slow hashes for passwords, fast ones for random tokens, and the key that signs internal tokens."""

import base64
import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from chassis.auth import Principal, claims_of
from gateway.domain.devices import AUDIENCE, MOST_NOTES, SEPARATOR, Device, notes_of


def new_secret(prefix: str) -> str:
    """Return 256 random bits with a prefix that secret scanners recognise."""
    return f"suar_{prefix}_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> bytes:
    """Return what is stored of a random secret, which cannot be guessed: a fast hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


class Passwords:
    """Argon2id; the parameters are a setting, and a hash made with older ones is renewed at the next sign-in."""

    def __init__(self, *, memory_kib: int, rounds: int) -> None:
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
        # An unknown name takes the same time as a known one.
        self._unknown = self._hasher.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Return whether the password fits; takes as long when there is no stored hash."""
        try:
            self._hasher.verify(stored or self._unknown, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        return self._hasher.check_needs_rehash(stored)


@dataclass(frozen=True)
class Vault:
    """Seals secrets that must be read again, each for one account: AES-256-GCM with a key derived from a file."""

    key: bytes

    @classmethod
    def from_file(cls, path: Path) -> "Vault":
        derived = HKDF(SHA256(), length=32, salt=None, info=b"suar second factor").derive(path.read_bytes())
        return cls(derived)

    def seal(self, account_id: UUID, secret: str) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self.key).encrypt(nonce, secret.encode(), account_id.bytes)

    def open(self, account_id: UUID, sealed: bytes) -> str | None:
        """Return the secret, or None where it was sealed for another account or with another key."""
        try:
            return AESGCM(self.key).decrypt(sealed[:12], sealed[12:], account_id.bytes).decode()
        except InvalidTag:
            return None


@dataclass(frozen=True)
class SigningKey:
    """The Ed25519 key of the internal tokens; its id is derived from the public half."""

    private: Ed25519PrivateKey
    kid: str

    @classmethod
    def from_file(cls, path: Path) -> "SigningKey":
        loaded = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(loaded, Ed25519PrivateKey):
            raise ValueError(  # noqa: TRY004 - the file is wrong, not the type of an argument
                f"{path} holds no Ed25519 private key in PEM form"
            )
        return cls(loaded, key_id(loaded.public_key()))

    def token_of(self, caller: Principal, session_id: UUID, issued: datetime, lifetime: int) -> str:
        """Return an internal token that names the caller and the session, and lives `lifetime` seconds."""
        second = int(issued.timestamp())
        return self.sign({**claims_of(caller), "iat": second, "exp": second + lifetime, "sid": str(session_id)})

    def devices_in(self, cookie: str) -> list[Device]:
        """Return the devices whose notes this key has signed and that are not too old."""
        found = []
        for note in notes_of(cookie):
            with suppress(jwt.InvalidTokenError, KeyError, ValueError):
                claims = jwt.decode(note, self.private.public_key(), algorithms=["EdDSA"], audience=AUDIENCE)
                found.append(Device.of(claims))
        return found

    def with_note(self, cookie: str, account_id: UUID, now: datetime) -> str:
        """Return the cookie with a fresh note that this browser is known to the account, the others behind it."""
        devices = self.devices_in(cookie)
        known = next((one for one in devices if one.account_id == account_id), Device(uuid4(), account_id))
        others = [one for one in devices if one.account_id != account_id][: MOST_NOTES - 1]
        return SEPARATOR.join(self.sign(one.claims(now)) for one in (known, *others))

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.private, algorithm="EdDSA", headers={"kid": self.kid})


def key_id(public: Ed25519PublicKey) -> str:
    """Return a short name of a public key: the start of its SHA-256, URL-safe."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()[:12]).decode()


def make_keys(private_file: Path, public_file: Path) -> str:
    """Make a new signing key and return its id. The public file keeps the older keys, so issued tokens stay valid.

    To rotate without a gap: call this with a new private file, let every service read the public file again, then point
    AUTH_PRIVATE_KEY_FILE to the new private file.
    """
    key = Ed25519PrivateKey.generate()
    private_file.parent.mkdir(parents=True, exist_ok=True)
    public_file.parent.mkdir(parents=True, exist_ok=True)
    private_file.touch(mode=0o600)
    private_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    older = public_file.read_bytes() if public_file.exists() else b""
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    temporary = public_file.with_suffix(".new")
    temporary.write_bytes(pem + older)
    temporary.chmod(0o644)
    temporary.replace(public_file)
    return key_id(key.public_key())
