"""Encryption of personal columns and the blind indexes that find them again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class SecretsError(Exception):
    """A key is missing, malformed or not the one that wrote the data."""


@dataclass(frozen=True)
class Secrets:
    """The keys of one deployment.

    Attributes:
        ciphers: AES-256-GCM by key id; all of them read.
        writing_key: Id of the key that writes.
        index_key: Key of the blind indexes; changing it loses every look-up.
    """

    ciphers: dict[str, AESGCM]
    writing_key: str
    index_key: bytes = field(repr=False)

    def encrypt(self, plain: str, *, column: str) -> bytes:
        """Return key id, nonce and ciphertext of `plain`, bound to `column`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = f"{self.writing_key}|{column}".encode()
        sealed = self.ciphers[self.writing_key].encrypt(nonce, plain.encode("utf-8"), bound)
        return self.writing_key.encode() + b":" + nonce + sealed

    def decrypt(self, stored: bytes, *, column: str) -> str:
        """Return the text behind `stored`.

        Raises:
            SecretsError: The key is unknown, or the value was moved or altered.
        """
        key_id, _, rest = stored.partition(b":")
        name = key_id.decode("utf-8", "replace")
        cipher = self.ciphers.get(name)
        if cipher is None:
            raise SecretsError(f"no key named {name!r} in WENGONG_KEYS")
        try:
            plain = cipher.decrypt(
                rest[:NONCE_BYTES], rest[NONCE_BYTES:], f"{name}|{column}".encode()
            )
        except (InvalidTag, ValueError):
            raise SecretsError(f"{column}: not written with key {name!r}, or altered") from None
        return plain.decode("utf-8")

    def opener(self, column: str) -> Callable[[bytes], bytes]:
        """Return what decrypts values of one column to UTF-8: for tens of thousands of them.

        It raises as `decrypt` does.
        """
        known = {
            name.encode(): (cipher, f"{name}|{column}".encode())
            for name, cipher in self.ciphers.items()
        }

        def opened(stored: bytes) -> bytes:
            key_id, _, rest = stored.partition(b":")
            found = known.get(key_id)
            if found is None:
                return self.decrypt(stored, column=column).encode()  # says what is wrong
            cipher, bound = found
            try:
                return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound)
            except (InvalidTag, ValueError):
                return self.decrypt(stored, column=column).encode()

        return opened

    def blind_index(self, value: str, *, kind: str) -> bytes:
        """Return a keyed hash by which an encrypted `value` of this `kind` can be found."""
        return hmac.digest(self.index_key, f"{kind}|{value}".encode(), hashlib.sha256)


def parse_keys(keys: str, index_key: str) -> Secrets:
    """Return the secrets behind `id:base64,id:base64,…`; the first key writes.

    Raises:
        SecretsError: A key does not hold 32 bytes, or none is given.
    """
    ciphers = {}
    for item in filter(None, (part.strip() for part in keys.split(","))):
        name, _, value = item.partition(":")
        ciphers[name] = AESGCM(_decode(value, f"key {name!r}"))
    if not ciphers:
        raise SecretsError("WENGONG_KEYS is empty")
    return Secrets(ciphers, next(iter(ciphers)), _decode(index_key, "WENGONG_INDEX_KEY"))


def read_or_create_key_file(file: Path) -> Secrets:
    """Return the secrets in `file`, made with mode 0600 when it does not exist.

    Losing the file loses the data it wrote.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        text = f"k1:{_new_key()}\n{_new_key()}\n"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(text)
    lines = file.read_text(encoding="ascii").split()
    if len(lines) != 2:  # noqa: PLR2004 - one line of keys, one index key
        raise SecretsError(f"{file.name} holds {len(lines)} lines, not a key line and an index key")
    return parse_keys(lines[0], lines[1])


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _decode(value: str, name: str) -> bytes:
    try:
        raw = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise SecretsError(f"{name} is not base64") from None
    if len(raw) != KEY_BYTES:
        raise SecretsError(f"{name} holds {len(raw)} bytes, not {KEY_BYTES}")
    return raw
