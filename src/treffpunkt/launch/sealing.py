"""Encrypting backups in the age format, so that the `age` command opens them too.

For a recipient the file is a plain age file. For a passphrase it begins with a key of its own, made for this one
backup and encrypted with the passphrase (age, armored); behind it stands the age file for that key. So a file of any
size passes through in pieces.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyrage

from treffpunkt.launch.problems import Problem

PLAIN, WRAPPED = b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n"
_END = b"-----END AGE ENCRYPTED FILE-----\n"
_LONGEST_KEY = 8192


@dataclass(frozen=True)
class Keys:
    """What encrypts or opens a backup: a passphrase, or recipients and identities of age."""

    passphrase: str = ""
    recipients: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()

    @classmethod
    def given(
        cls,
        *,
        passphrase_file: str | None = None,
        recipients: list[str] | None = None,
        identity_file: str | None = None,
    ) -> Keys:
        """Take what the command line names, else TREFFPUNKT_BACKUP_PASSPHRASE and TREFFPUNKT_BACKUP_RECIPIENT."""
        passphrase = "" if recipients else os.environ.get("TREFFPUNKT_BACKUP_PASSPHRASE", "")
        if passphrase_file:
            passphrase = _read(passphrase_file).strip("\r\n")
        to = recipients or ([] if passphrase_file else os.environ.get("TREFFPUNKT_BACKUP_RECIPIENT", "").split())
        identities = [
            line for line in (_read(identity_file).splitlines() if identity_file else ()) if line.startswith("AGE-")
        ]
        return cls(passphrase, tuple(to), tuple(identities))


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError as error:
        raise Problem(f"{path} cannot be read ({error.strerror}).") from error


@contextmanager
def sealed(target: IO[bytes], keys: Keys) -> Iterator[IO[bytes]]:
    """Give a stream; what is written into it arrives in `target` encrypted."""
    if keys.recipients:
        try:
            recipients = [pyrage.x25519.Recipient.from_str(one) for one in keys.recipients]
        except pyrage.RecipientError as error:
            raise Problem("A recipient must be a public key of age, such as age1...") from error
    elif keys.passphrase:
        identity = pyrage.x25519.Identity.generate()
        target.write(pyrage.passphrase.encrypt(str(identity).encode(), keys.passphrase, armored=True))
        recipients = [identity.to_public()]
    else:
        raise Problem(
            "To encrypt, name --passphrase-file FILE or --recipient age1..., or set TREFFPUNKT_BACKUP_PASSPHRASE or "
            "TREFFPUNKT_BACKUP_RECIPIENT."
        )
    read, write = os.pipe()
    failed: list[BaseException] = []

    def encrypt() -> None:
        with os.fdopen(read, "rb") as source:
            try:
                pyrage.encrypt_io(source, target, recipients)
            except BaseException as error:
                failed.append(error)

    thread = threading.Thread(target=encrypt)
    thread.start()
    try:
        with os.fdopen(write, "wb") as stream:
            yield stream
    except BrokenPipeError:
        thread.join()
        if failed:
            raise failed[0] from None
        raise
    finally:
        thread.join()
    if failed:
        raise failed[0]


def is_sealed(source: IO[bytes]) -> bool:
    """Say whether a file is encrypted; its position stays at the beginning."""
    source.seek(0)
    start = source.read(max(len(PLAIN), len(WRAPPED)))
    source.seek(0)
    return start.startswith((PLAIN, WRAPPED))


def identities(source: IO[bytes], keys: Keys) -> list[pyrage.x25519.Identity]:
    """Give what opens an encrypted file, its position then at the age file itself; takes seconds for a passphrase."""
    if source.read(len(WRAPPED)) != WRAPPED:
        source.seek(0)
        if not keys.identities:
            raise Problem("This backup is encrypted for a key of age. Name the file that holds it: --identity FILE")
        return [pyrage.x25519.Identity.from_str(one) for one in keys.identities]
    if not keys.passphrase:
        raise Problem(
            "This backup is encrypted with a passphrase. Name the file that holds it: --passphrase-file FILE (or set "
            "TREFFPUNKT_BACKUP_PASSPHRASE)"
        )
    source.seek(0)
    start = source.read(_LONGEST_KEY)
    end = start.find(_END) + len(_END)
    try:
        opened = pyrage.passphrase.decrypt(start[:end], keys.passphrase)
    except pyrage.DecryptError as error:
        raise Problem("The passphrase does not open this backup.") from error
    source.seek(end)
    return [pyrage.x25519.Identity.from_str(opened.decode())]


@contextmanager
def unsealed(source: IO[bytes], opening: list[pyrage.x25519.Identity]) -> Iterator[IO[bytes]]:
    """Give the stream that an encrypted file holds; a Problem where the key is wrong or a byte was changed."""
    read, write = os.pipe()
    failed: list[BaseException] = []

    def decrypt() -> None:
        with os.fdopen(write, "wb") as target:
            try:
                pyrage.decrypt_io(source, target, opening)
            except BaseException as error:
                failed.append(error)

    thread = threading.Thread(target=decrypt)
    thread.start()
    problem: Problem | None = None
    try:
        with os.fdopen(read, "rb") as stream:
            yield stream
            while stream.read(2**16):  # the very end is checked too
                pass
    except Problem as error:  # what is read from a broken stream is broken: say the cause
        problem = error
    finally:
        thread.join()
    if failed and not isinstance(failed[0], BrokenPipeError):
        said = (
            "The key does not open this backup."
            if isinstance(failed[0], pyrage.DecryptError)
            else ("This backup is damaged: its encryption does not fit.")
        )
        raise Problem(said) from failed[0]
    if problem:
        raise problem
