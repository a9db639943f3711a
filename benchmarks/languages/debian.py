"""Packages of the Debian index: fetched by name, and what is in them."""

import lzma
import re
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from aligner.errors import ReadError

HEADER = 60  # bytes, of a member of an ar archive


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it was fetched: its file, name and version."""

    path: Path
    name: str
    version: str

    def members(self, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
        """Yield names and contents of the files whose names match."""
        with tarfile.open(fileobj=BytesIO(_data(self.path))) as archive:
            for member in archive:
                if member.isfile() and wanted.search(member.name):
                    file = archive.extractfile(member)
                    assert file is not None
                    yield member.name.removeprefix("./"), file.read()


def fetch(names: Sequence[str], folder: Path) -> list[Package]:
    """Fetch packages that are not in a folder yet.

    Args:
        names: of the packages; those that the index does not have are left out.
        folder: where they go, and are found again.

    Raises:
        ReadError: there is no program that fetches them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name in names:
        here = sorted(folder.glob(f"{name}_*.deb"))
        if not here:
            try:
                subprocess.run(
                    ["apt-get", "download", "-qq", name],
                    cwd=folder,
                    capture_output=True,
                    check=False,
                )
            except OSError as error:
                raise ReadError(
                    "packages are fetched by apt-get, which is not there", name, "use Debian"
                ) from error
            here = sorted(folder.glob(f"{name}_*.deb"))
        if here:
            version = here[-1].stem.split("_")[1].replace("%3a", ":")
            found.append(Package(here[-1], name, version))
    return found


def _data(path: Path) -> bytes:
    """Return the archive of a package's files, as a tar."""
    raw = path.read_bytes()
    at = 8  # behind "!<arch>\n"
    while at < len(raw):
        name = raw[at : at + 16].decode("ascii").strip().rstrip("/")
        size = int(raw[at + 48 : at + 58])
        at += HEADER
        if name.startswith("data.tar"):
            content = raw[at : at + size]
            return lzma.decompress(content) if name.endswith(".xz") else content
        at += size + size % 2
    raise ReadError("is no Debian package", str(path))
