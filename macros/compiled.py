"""Keeps compiled templates from one build to the next, as Python keeps its modules."""

from __future__ import annotations

import pickle
from contextlib import suppress
from hashlib import sha1
from pathlib import Path
from zlib import crc32

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

FOLDER = Path(__file__).resolve().parent / "templates" / "__pycache__"


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in a ``__pycache__``; Jinja compiles anew what has another source.

    Compiling takes as long as making two hundred pages. A folder that cannot be written is no
    error: then nothing is kept.
    """

    def __init__(self, folder: Path = FOLDER, made_by: Path | None = None) -> None:
        """``made_by`` is the module that has a say in the compiling, when it is not Jinja alone."""
        # Another release of Jinja, or another state of the module, may compile in another way.
        hand = f"-{crc32(made_by.read_bytes()):08x}" if made_by else ""
        super().__init__(str(folder), f"{jinja2.__version__}{hand}-%s.cache")
        with suppress(OSError):
            folder.mkdir(exist_ok=True)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # As Jinja does, but also for a folder whose name the system's own encoding cannot hold.
        return sha1(f"{name}|{filename or ''}".encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
