"""One form of what is frozen, and its hash: whoever holds the content can compute it again."""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec


def digest_of(content: Any) -> str:
    """Return the SHA-256 of a content, in hexadecimal, over its canonical JSON in UTF-8.

    That is the form in which PostgreSQL writes jsonb: the keys of an object by length and then by bytes, a space after
    each comma and colon, nothing escaped but what JSON requires.
    """
    ordered = _ordered(msgspec.to_builtins(content))
    return sha256(json.dumps(ordered, ensure_ascii=False, separators=(", ", ": ")).encode()).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in _order_of(tuple(value))}
    return [_ordered(one) for one in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=1024)
def _order_of(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys in their order; many objects of a content have the same ones."""
    return tuple(sorted(keys, key=lambda key: (len(key.encode()), key.encode())))
