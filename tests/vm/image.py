"""Makes the image of a kiosk: Debian without a desktop, and the wheel put on it by install.sh.

Packages come from where this computer's own apt takes them, and Python ones from a wheelhouse filled beforehand, so
that the image needs no index of its own. Needs root: files in the image belong to whom they should.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

PYTHONS = {"bookworm": "3.11", "trixie": "3.13"}
"""Debian's suites and the Python that each has."""

PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "any")

# What makes it boot; everything that the kiosk needs is for install.sh to ask for.
_BASE = ("systemd-sysv", "udev", "libpam-systemd", "dbus", "initramfs-tools", "linux-image-amd64", "ca-certificates")

_APT_SOURCES = (Path("/etc/apt/sources.list"), Path("/etc/apt/sources.list.d"))


@dataclass(frozen=True)
class Image:
    """What qemu boots."""

    disk: Path
    kernel: Path
    initrd: Path


def build(work: Path, suite: str, wheel: Path | None) -> Image:
    """Make the image in `work`, of this wheel or of one built from the checkout; logs go to standard error."""
    for tool in ("mmdebstrap", "mke2fs"):
        if shutil.which(tool) is None:
            raise SystemExit(f"needs {tool}: apt-get install mmdebstrap e2fsprogs")
    if os.geteuid() != 0:
        raise SystemExit("needs root, to make an image whose files belong to root")
    work.mkdir(parents=True, exist_ok=True)
    wheel = wheel or _wheel(work / "dist")
    houses = _wheelhouse(work / f"wheels-{suite}", wheel, PYTHONS[suite])
    tree = work / "tree"
    _remove(tree)
    _debian(tree, suite, wheel, houses)
    boot = tree / "boot"
    image = Image(work / "disk.img", work / "vmlinuz", work / "initrd.img")
    shutil.copyfile(next(boot.glob("vmlinuz-*")), image.kernel)
    shutil.copyfile(next(boot.glob("initrd.img-*")), image.initrd)
    image.disk.unlink(missing_ok=True)
    _run("mke2fs", "-q", "-t", "ext4", "-L", "root", "-d", tree, image.disk, "3G")
    _remove(tree)
    return image


def _wheel(folder: Path) -> Path:
    _remove(folder)
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


def _wheelhouse(folder: Path, wheel: Path, python: str) -> Path:
    """Every wheel that this one needs on the image's Python."""
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--dest", folder, "--only-binary=:all:",
        "--python-version", python, "--implementation", "cp", *(f"--platform={each}" for each in PLATFORMS), wheel,
    )  # fmt: skip
    return folder


def _debian(tree: Path, suite: str, wheel: Path, wheelhouse: Path) -> None:
    """A tree with the kiosk installed and an office in it."""
    sources = [p for place in _APT_SOURCES for p in (place.glob("*.sources") if place.is_dir() else [place])]
    used = [source for source in sources if source.is_file() and "deb" in source.read_text()]
    if not used:
        raise SystemExit("this computer's apt has no sources to take Debian from")
    given = {"CHECKOUT": str(ROOT), "WHEEL": str(wheel), "WHEELHOUSE": str(wheelhouse)}
    _run(
        "mmdebstrap", "--mode=root", "--variant=minbase", "--format=directory",
        '--aptopt=APT::Install-Recommends "false"', '--aptopt=Acquire::Languages "none"',
        f"--include={','.join(_BASE)}", f"--customize-hook={HERE / 'guest' / 'install'}", suite, tree, *used,
        environment=given,
    )  # fmt: skip


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _run(*command: str | Path, environment: Mapping[str, str] = MappingProxyType({})) -> None:
    print("+", *(Path(part).name for part in command[:4]), "…", file=sys.stderr, flush=True)
    parts = [str(part) for part in command]
    subprocess.run(parts, check=True, stdout=sys.stderr, env={**os.environ, **environment})
