"""What only this installation can open again: sealed with the key that lies beside the database.

For numbers of persons, and for whatever may hold some while it waits: a form, a sheet, a search.
"""

import base64
import secrets
from binascii import Error
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM wants them


def seal_bytes(plain: bytes, purpose: str) -> bytes:
    """Encrypt. What is sealed for one purpose does not open for another."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(settings.PERSONAL_KEY).encrypt(nonce, plain, purpose.encode())


def open_bytes(box: bytes, purpose: str) -> bytes | None:
    """What was sealed; None where another key or purpose sealed it, or nothing did."""
    try:
        return _cipher(settings.PERSONAL_KEY).decrypt(box[:NONCE], box[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        return None


def seal_text(plain: str, purpose: str) -> str:
    """The same in characters that any column holds."""
    return base64.b64encode(seal_bytes(plain.encode(), purpose)).decode()


def open_text(box: str, purpose: str) -> str | None:
    """What `seal_text` sealed, or None."""
    try:
        plain = open_bytes(base64.b64decode(box, validate=True), purpose)
    except (Error, ValueError):
        return None
    return None if plain is None else plain.decode()


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
