"""plugin/environment against small wheels made on the spot: no network, the real pip, the real probe."""

import hashlib
import importlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from terralogue.plugin import environment
from terralogue.plugin.environment import groups, interpreter, ladder, paths, process
from terralogue.plugin.environment.errors import InstallCancelled, InstallError


def make_wheel(folder: Path, name: str, version: str = "1.0", files: dict = None) -> str:
    """Write a pure Python wheel; returns its requirement line with digest."""
    files = {f"{name}.py": f"__version__ = {version!r}\n"} if files is None else dict(files)
    info = f"{name}-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, text in files.items():
            wheel.writestr(member, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def world(tmp_path, monkeypatch):
    """An empty data folder, a folder of wheels and a group "toy" whose lock the test writes."""
    data, wheels, locks = tmp_path / "data", tmp_path / "wheels", tmp_path / "locks"
    wheels.mkdir()
    locks.mkdir()
    monkeypatch.setenv(paths.OVERRIDE, str(data))
    monkeypatch.setattr(groups, "LOCKS", locks)
    monkeypatch.setitem(groups.GROUPS, "toy", groups.Group("toy", "test", ("toypack",), ("toypack",), 1, 1))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "path_importer_cache", {})

    class World:
        sites = data / "sites"

        @staticmethod
        def lock(*lines: str) -> None:
            tag = f"{paths.interpreter_tag()}-{paths.platform_tag()}"
            (locks / f"toy-{tag}.txt").write_text("# toy\n" + "".join(lines), encoding="utf-8")

        @staticmethod
        def install(**options):
            return environment.install(("toy",), offline_folder=str(wheels), **options)

    World.wheels, World.data = wheels, data
    yield World
    sys.modules.pop("toypack", None)


@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_install_probe_activate_and_remove(world, monkeypatch, installer):
    if installer == "pip":
        monkeypatch.setenv(ladder.GIVEN_UV, "off")
    elif not any(rung.uv for rung in ladder.rungs(interpreter.find_python())):
        pytest.skip("uv is not on this machine")
    world.lock(make_wheel(world.wheels, "toypack"))
    assert not environment.activate("toy").ok
    log, steps = [], []
    (done,) = world.install(log=log.append, progress=lambda f, m: steps.append(f))
    assert done.ok and Path(done.path).parent == world.sites.resolve()
    assert sys.path[-1] == done.path, "appended, so that what QGIS has keeps its place"
    assert steps == sorted(steps) and steps[-1] == 1.0
    assert any(installer in line for line in log)
    assert (world.data / "log" / "install.log").read_text(encoding="utf-8").count("\n") >= len(log)
    assert environment.remove(("toy",)) == [done.path]
    assert not Path(done.path).exists()


def test_a_second_install_starts_no_process(world, monkeypatch):
    world.lock(make_wheel(world.wheels, "toypack"))
    world.install()
    monkeypatch.setattr(process.subprocess, "Popen", None)
    monkeypatch.setattr(process.subprocess, "run", None)
    assert world.install()[0].ok


def test_a_changed_wheel_is_refused_and_nothing_is_left(world):
    line = make_wheel(world.wheels, "toypack")
    make_wheel(world.wheels, "toypack", files={"toypack.py": "import os  # not what was locked\n"})
    world.lock(line)
    with pytest.raises(InstallError) as caught:
        world.install()
    assert "hash" in caught.value.details.lower()
    assert list(world.sites.iterdir()) == []


def test_a_lock_that_brings_its_own_numpy_is_refused(world):
    world.lock(make_wheel(world.wheels, "toypack"), make_wheel(world.wheels, "numpy", "9.9", {"numpy/__init__.py": ""}))
    with pytest.raises(InstallError, match="numpy"):
        world.install()
    assert list(world.sites.iterdir()) == []


@pytest.mark.parametrize("body", ["import nothing_like_this\n", "import os\nos.abort()\n"])
def test_packages_that_do_not_run_here_are_not_kept_and_do_not_take_qgis_down(world, body):
    world.lock(make_wheel(world.wheels, "toypack", files={"toypack.py": body}))
    with pytest.raises(InstallError, match="do not run on this computer"):
        world.install()
    assert list(world.sites.iterdir()) == []


def test_cancel_ends_the_child_process_and_leaves_nothing(world, tmp_path):
    """The probe would run for ten minutes: that this test ends is the proof that nobody waits for it."""
    pid = tmp_path / "pid"
    body = f"import os, pathlib, time\npathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\ntime.sleep(600)\n"
    world.lock(make_wheel(world.wheels, "toypack", files={"toypack.py": body}))
    with pytest.raises(InstallCancelled):
        world.install(cancelled=lambda: pid.exists() and bool(pid.read_text()))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert list(world.sites.iterdir()) == []


def test_a_damaged_folder_is_seen_and_made_whole(world):
    world.lock(make_wheel(world.wheels, "toypack", files={"toypack/__init__.py": "__version__ = '1.0'\n"}))
    (done,) = world.install()
    (Path(done.path) / "toypack" / "__init__.py").unlink()
    importlib.invalidate_caches()
    assert not environment.activate("toy").ok
    assert environment.estimate(("toy",)).download_mb == 1
    (again,) = world.install()
    assert again.ok and (Path(done.path) / "toypack" / "__init__.py").exists()
    assert [path.name for path in world.sites.iterdir()] == [Path(done.path).name]


def test_packages_that_look_whole_are_replaced_on_demand_and_kept_if_that_fails(world):
    line = make_wheel(world.wheels, "toypack")
    world.lock(line)
    (done,) = world.install()
    module = Path(done.path) / "toypack.py"
    module.write_text("raise ImportError\n", encoding="utf-8")
    world.install(again=True)
    assert module.read_text(encoding="utf-8") == "__version__ = '1.0'\n"
    next(world.wheels.glob("*.whl")).unlink()
    with pytest.raises(InstallError):
        world.install(again=True)
    assert module.exists() and environment.activate("toy").ok


def test_what_does_not_import_is_offered_for_installation_again(monkeypatch, repository, tmp_path):
    """The model cannot be loaded: the panel must offer a way out, not say that all is ready."""
    from terralogue.models.errors import RuntimeMissing
    from terralogue.plugin.core.package_task import InstallTask
    from terralogue.plugin.core.service import Service

    service = Service(repository / "resources", tmp_path)
    assert service.ready()[0]
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(RuntimeMissing):
        service.engine()
    ready, sentence, step = service.ready()
    assert not ready and "onnxruntime" in sentence and step == "install"
    asked = {}
    monkeypatch.setattr(environment, "install", lambda *_args, **options: asked.update(options) or [environment.activate()])
    monkeypatch.delitem(sys.modules, "onnxruntime")
    assert InstallTask(service).run()
    assert asked["again"] and service.ready()[0]


def test_no_wheel_in_the_offline_folder_is_one_clear_sentence(world):
    world.lock("toypack==2.0 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(InstallError, match="could not be installed.*folder of wheels"):
        world.install()


def test_a_copy_of_the_distribution_in_front_of_ours_is_named_with_both_versions(world, tmp_path, monkeypatch):
    world.lock(make_wheel(world.wheels, "toypack", "2.0"))
    (done,) = world.install()
    assert [p.shadowed_by for p in environment.status(("toy",)) if p.name == "toypack"] == [""]
    distribution = tmp_path / "dist-packages"
    with zipfile.ZipFile(world.wheels / "toypack-2.0-py3-none-any.whl"):
        make_wheel(tmp_path, "toypack", "1.5")
    zipfile.ZipFile(tmp_path / "toypack-1.5-py3-none-any.whl").extractall(distribution)
    monkeypatch.setattr(sys, "path", [str(distribution), *sys.path])
    (entry,) = [p for p in environment.status(("toy",)) if p.name == "toypack"]
    assert entry.version == "1.5" and entry.path.rstrip("/") == str(distribution)
    assert "1.5" in entry.shadowed_by and "2.0" in entry.shadowed_by and done.path in entry.shadowed_by


def test_status_always_tells_which_numpy_is_used():
    import numpy

    (entry,) = [p for p in environment.status(()) if p.name == "numpy"]
    assert entry.version == numpy.__version__
    assert Path(numpy.__file__).is_relative_to(entry.path)


def test_inside_qgis_the_program_is_not_taken_for_python(monkeypatch):
    """In QGIS desktop sys.executable is the QGIS program: starting it with -c would open a second QGIS."""
    monkeypatch.setattr(sys, "executable", "/usr/bin/qgis")
    monkeypatch.setattr(sys, "_base_executable", "/usr/bin/qgis", raising=False)
    found = interpreter.find_python()
    assert "qgis" not in Path(found).name
    version = subprocess.run([found, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True)
    assert version.stdout.strip() == str(sys.version_info[:2])


def test_settings_of_another_python_do_not_reach_the_installer_but_proxies_do(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels")
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)
    environ = process.child_environment()
    assert "PYTHONPATH" not in environ and "PIP_TARGET" not in environ
    assert environ["HTTPS_PROXY"] == "http://proxy:3128"
    assert environ["UV_FIND_LINKS"] == "/wheels"
    assert process.child_environment("http://qgis:80")["HTTPS_PROXY"] == "http://qgis:80"


def test_the_ladder_prefers_a_given_uv_and_ends_at_a_private_pip(monkeypatch, tmp_path):
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path))
    monkeypatch.setenv(ladder.GIVEN_UV, "/opt/uv")
    monkeypatch.setattr(ladder, "_works", lambda command: "venv" in command or command[0] in ("/opt/uv", private))
    monkeypatch.setattr(ladder.shutil, "which", lambda name: None)
    private = str(tmp_path / "pip" / "bin" / "python")
    assert [rung.name for rung in ladder.rungs("/usr/bin/python3")] == ["uv (given)", "pip of a private environment"]


def test_the_estimate_names_sizes_and_licences_before_anything_is_installed(monkeypatch, tmp_path):
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path))
    cost = environment.estimate(("core",))
    assert 10 < cost.download_mb < cost.disk_mb < 100
    assert {name for name, _version, _licence in cost.packages} >= {"onnxruntime", "affine"}
    assert all(licence for _name, _version, licence in cost.packages)


LOCKS = sorted((Path(environment.__file__).parent / "locks").glob("*.txt"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda p: p.stem)
def test_every_lock_pins_digests_and_leaves_numpy_to_qgis(path):
    text = path.read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if "==" in line]
    assert pins and all(line.endswith("\\") for line in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert not [line for line in pins if line.startswith("numpy==")]
    assert "://" not in text, "a lock names no server"


@pytest.mark.parametrize("python", ["39", "310", "311", "312", "313"])
@pytest.mark.parametrize("platform", ["linux_x86_64", "windows_x86_64", "macos_aarch64", "macos_x86_64"])
def test_core_is_locked_for_every_python_that_qgis_ships(python, platform):
    assert (Path(environment.__file__).parent / "locks" / f"core-cp{python}-{platform}.txt").is_file()


def test_nothing_is_written_where_the_folder_is_read_only(world, monkeypatch):
    world.lock(make_wheel(world.wheels, "toypack"))
    blocked = world.wheels / "toypack-1.0-py3-none-any.whl" / "below a file"
    monkeypatch.setenv(paths.OVERRIDE, str(blocked))
    with pytest.raises(InstallError, match="cannot be written"):
        world.install()


def test_offline_uses_no_network(world, monkeypatch):
    """With a dead proxy for everything, an installation from a folder still works."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9")
    world.lock(make_wheel(world.wheels, "toypack"))
    assert world.install()[0].ok
