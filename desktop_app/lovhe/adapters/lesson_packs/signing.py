"""Who signed a pack: Ed25519 keys and signatures.

A signature tells that a pack is as the holder of a key made it. Whose key it is, nobody but the holder can say: so its
fingerprint is shown, to be compared over the telephone, and a pack's later versions must have the same key.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError, LessonError, reason_of
from lovhe.core.lessons.pack import NOT_OURS, SIGNATURE
from lovhe.core.messages import N_

_MAX_KEY_BYTES = 10_000


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`signature.json`: the key and the signature of the manifest's bytes, both in base64."""

    algorithm: str
    public_key: str
    signature: str


def new_key(file: Path) -> str:
    """Write a new private key that only its owner may read; its fingerprint. Raises `InputError`; nothing is overwritten."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(pem)
    except FileExistsError as problem:
        raise InputError(
            N_("{file} is there already.", file=str(file)), N_("Give another name: a key that was overwritten is lost for ever.")
        ) from problem
    except OSError as problem:
        raise InputError(
            N_("{file} cannot be written: {reason}.", file=str(file), reason=reason_of(problem)),
            N_("Look whether the folder is there and you may write to it."),
        ) from problem
    return fingerprint(_raw(key.public_key()))


def sign(key_file: Path, manifest: bytes) -> bytes:
    """The signature of a manifest, as a file. Raises `InputError`."""
    key = _private_key(key_file)
    encoded = (base64.b64encode(value).decode() for value in (_raw(key.public_key()), key.sign(manifest)))
    return msgspec.json.encode(Signature("ed25519", *encoded))


def verify(manifest: bytes, signature: bytes) -> str:
    """The fingerprint of the key that has signed `manifest`. Raises `LessonError` when it has not."""
    try:
        found = decode_json(signature, Signature)
        if found.algorithm != "ed25519":
            raise ValueError(found.algorithm)
        raw = base64.b64decode(found.public_key, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(found.signature, validate=True), manifest)
    except (InvalidSignature, msgspec.DecodeError, ValueError, UnsupportedAlgorithm, RecursionError) as problem:
        raise LessonError(
            N_("The pack's signature ({file}) is not right: somebody has changed the pack.", file=SIGNATURE), NOT_OURS
        ) from problem
    return fingerprint(raw)


def fingerprint(public_key: bytes) -> str:
    """A key in 20 letters and digits that can be read aloud: the first 80 bits of its SHA-256."""
    digits = hashlib.sha256(public_key).hexdigest()[:20].upper()
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _private_key(file: Path) -> Ed25519PrivateKey:
    try:
        with file.open("rb") as source:
            data = source.read(_MAX_KEY_BYTES)
    except OSError as problem:
        raise InputError(
            N_("{file} cannot be read: {problem}.", file=str(file), problem=reason_of(problem)),
            N_("Make a key with `lovhe lesson signing-key FILE`, and keep it where only you can read it."),
        ) from problem
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise _no_key(file) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(file)
    return key


def _no_key(file: Path) -> InputError:
    return InputError(
        N_("{file} is no key that packs can be signed with.", file=str(file)),
        N_("Make a key with `lovhe lesson signing-key FILE`, and keep it where only you can read it."),
    )
