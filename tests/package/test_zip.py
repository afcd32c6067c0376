"""What users get: the content of the zip, and that it starts."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

SUSPICIOUS = {".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd", ".pyc", ".whl", ".ts"}


def test_the_zip_holds_the_package_and_nothing_else(package_zip):
    names = zipfile.ZipFile(package_zip).namelist()
    assert all(name.startswith("terralogue/") and ".." not in name for name in names)
    assert {"terralogue/metadata.txt", "terralogue/__init__.py", "terralogue/LICENSE"} <= set(names)
    parts = {part for name in names for part in PurePosixPath(name).parts}
    assert not parts & {"tests", "__pycache__", ".git", ".ci", "__MACOSX", "build", "Makefile", "pyproject.toml"}
    assert not [name for name in names if PurePosixPath(name).suffix in SUSPICIOUS]
    heavy = [PurePosixPath(name) for name in names if PurePosixPath(name).suffix in {".tif", ".tiff", ".npz"}]
    assert not [path for path in heavy if path.parts[1:3] not in (("resources", "sample"), ("resources", "nano"))]


def test_the_zip_holds_the_model_with_its_card_the_sample_and_no_training(package_zip, unpacked):
    from terralogue.models.catalog.embedded import verify

    names = {name.partition("/")[2] for name in zipfile.ZipFile(package_zip).namelist()}
    nano = {"manifest.json", "SHA256SUMS", "MODEL_CARD.md", "nano-see.onnx", "nano-change.onnx"}
    assert {f"resources/nano/{name}" for name in nano} <= names
    assert {"resources/sample/before.tif", "resources/sample/after.tif", "i18n/terralogue_de.qm"} <= names
    assert not [name for name in names if name.startswith(("models/training", "docs/panel"))]
    assert set(verify(unpacked / "terralogue" / "resources" / "nano")) >= {"nano-see.onnx", "nano-change.onnx"}


def test_the_zip_is_small_enough_for_the_plugin_site(package_zip):
    assert package_zip.stat().st_size <= 25_000_000


def test_the_unpacked_package_starts_headless_offers_its_algorithms_and_is_ready(unpacked):
    code = """
import json
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
import terralogue
plugin = terralogue.classFactory(None)
plugin.initProcessing()
provider = QgsApplication.processingRegistry().providerById("terralogue")
print("ALGORITHMS", sorted(a.name() for a in provider.algorithms()))
from qgis.core import QgsProcessingContext, QgsProcessingFeedback
results, ok = provider.algorithm("status").run({}, QgsProcessingContext(), QgsProcessingFeedback(False))
status = json.loads(results["STATUS"])
found = [package["name"] for package in status["packages"] if package["version"] and package["path"]]
print("STATUS", json.dumps([status["ready"], status["next"], found]))
plugin.unload()
application.exitQgis()
"""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    names = ["ask", "askknowledge", "buildchangedialogues", "buildknowledge", "buildtrainingdata", "caption", "change",
             "classify", "findalike", "index", "preparesecondpair",
             "runmodel", "search", "segment", "status", "timeseries", "tunenano"]  # fmt: skip
    assert f"ALGORITHMS {names}" in done.stdout
    ready, next_step, packages = json.loads(done.stdout.split("STATUS ")[1].splitlines()[0])
    assert ready, next_step
    assert {"numpy", "onnxruntime", "affine"} <= set(packages)


def test_pip_installs_the_root_as_the_package(repository, tmp_path):
    """`pip install .` serves clusters: the wheel must hold every module, the locks and the resources."""
    from setuptools import find_packages

    code = (repository / "setup.py").read_text(encoding="utf-8")
    assert 'package_dir={"terralogue": "."}' in code
    found = find_packages(str(repository), include=["models*", "plugin*"])
    folders = {
        ".".join(path.parent.relative_to(repository).parts)
        for folder in ("models", "plugin")
        for path in (repository / folder).rglob("*.py")
    }
    assert set(found) == folders, "a folder without __init__.py would be missing from the wheel"
