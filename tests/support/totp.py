"""What an authenticator app shows (RFC 6238)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time


def totp(secret: str) -> str:
    """Compute the code of this half minute."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
