"""Builds the plugin zip from what git holds at HEAD (``make package``); the same commit gives the same bytes.

``build_package.py TARGET [COMMIT]``
"""

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from update_translations import compile_to

ROOT = Path(__file__).resolve().parent.parent.parent
#: The plugin site refuses anything larger.
LIMIT = 25_000_000


def build(target: Path, commit: str = "HEAD") -> Path:
    """Write ``target``: git archive with the package folder as prefix, plus ``.qm`` compiled from the ``.ts`` sources."""
    archive = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "--format=tar", "--prefix=terralogue/", commit], check=True, capture_output=True
    ).stdout
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar.getmembers():
            if member.isfile():
                files[member.name] = tar.extractfile(member).read()
    files.update(_translations(commit))
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, files[name])
    if target.stat().st_size > LIMIT:
        raise SystemExit(f"{target} has {target.stat().st_size / 1e6:.1f} MB; the plugin site takes {LIMIT / 1e6:.0f} MB")
    return target


def _translations(commit: str) -> dict:
    """{path in the zip: bytes} of every translation; the ``.ts`` sources themselves are not shipped."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-tree", "--name-only", commit, "i18n/"], check=True, capture_output=True, text=True
    ).stdout.split()
    sources = [name for name in listed if name.endswith(".ts")]
    if not sources:
        return {}
    compiled = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in sources:
            text = subprocess.run(["git", "-C", str(ROOT), "show", f"{commit}:{name}"], check=True, capture_output=True)
            source = Path(folder) / Path(name).name
            source.write_bytes(text.stdout)
            result = source.with_suffix(".qm")
            compile_to(source, result)
            compiled[f"terralogue/i18n/{result.name}"] = result.read_bytes()
    return compiled


if __name__ == "__main__":
    made = build(Path(sys.argv[1]), *sys.argv[2:3])
    print(f"{made}  {made.stat().st_size / 1e6:.2f} MB")
