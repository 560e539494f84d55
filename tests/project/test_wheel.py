"""A wheel is whole: what the kiosk reads at run time is in it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_asset_and_service(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("assets", "systemd"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        shipped = [path.relative_to(ROOT) for path in files]
        assert shipped
        assert {f"kiosk/packed/{p.as_posix()}" for p in shipped} <= packed


def test_a_kiosk_installed_from_the_wheel_paints_by_itself(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(site)], check=True)
    picture = tmp_path / "win.png"
    command = [sys.executable, "-c", "from kiosk.cli import main; raise SystemExit(main())"]
    command += ["shot", "celebration", "-o", str(picture), "--size", "640x360"]
    subprocess.run(command, check=True, cwd=tmp_path, env={"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin"})
    assert picture.read_bytes().startswith(b"\x89PNG")
