"""The models of this user: what is known, what is in the profile, what is chosen for which job, and the way to more.

``models.catalog`` is imported where it is used: it needs numpy, and QGIS starts without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Tuple

from qgis.core import QgsApplication

from .. import settings as user
from .messages import tr
from .service import ROOT, Service
from .tasks import RunTask

if TYPE_CHECKING:
    from ...models.catalog.entries import Entry
    from ...models.catalog.store import Installed, ModelStore
    from ...models.catalog.transfer import Fetch

#: Key of the model that is shipped with the plugin.
SHIPPED = "nano"


def root() -> Path:
    """Where the models of this profile lie; it need not be there yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "terralogue"


def store() -> "ModelStore":
    """The models of the profile; the mask engines among them lie where pointing looks for them."""
    from ...models.catalog.store import ModelStore

    return ModelStore(root())


def entries() -> "Tuple[Entry, ...]":
    """The models known. Raises CatalogueInvalid."""
    from ...models.catalog.entries import read_entries

    return read_entries(ROOT / "resources" / "catalog" / "models.json")


def chosen() -> Dict[str, str]:
    """Job → key of the model that does it; the shipped one where the chosen one is gone."""
    from ...models.catalog.entries import JOBS

    return {job: SHIPPED if chosen_folder(job) is None else user.models_for[job].value() for job in JOBS}


def choose(job: str, key: str) -> None:
    """Let the model ``key`` do ``job`` from now on."""
    user.models_for[job].setValue(key)


def chosen_folder(job: str) -> Optional[Path]:
    """The folder of the model that does ``job``; None for the shipped one, also where the chosen one is gone."""
    from ...models.catalog.entries import FOLDERS, JOBS
    from ...models.catalog.names import is_plain

    key = user.models_for[job].value()
    folder = root() / FOLDERS[JOBS[job]] / key
    return folder if key != SHIPPED and is_plain(key) and folder.is_dir() else None


def fetch() -> "Optional[Fetch]":
    """QGIS's network, or None where the user switched downloads off."""
    if not user.model_downloads.value():
        return None
    from .fetch_qgis import QgisFetch

    return QgisFetch()


def download_task(entry: "Entry") -> RunTask:
    """Fetches ``entry`` and takes it in; the result is an ``Installed``. Main thread."""
    way, place = fetch(), store()

    def work(progress: Callable[[float, str], None], cancel: Any) -> Any:
        from ...models.catalog.fetching import install

        Service.instance().activate()
        return install(entry, place, way, progress, cancel)

    return RunTask(tr("Terralogue: downloading {name}").format(name=entry.title), work)


def import_task(source: Path, kind: str, entry: "Optional[Entry]" = None) -> RunTask:
    """Takes in the model at ``source``; ``kind`` "" is told from its names. The result is an ``Installed``. Main thread."""
    place = store()

    def work(progress: Callable[[float, str], None], cancel: Any) -> Any:
        from ...models.catalog.taking_in import kind_of_source, take_in

        Service.instance().activate()
        return take_in(source, kind or kind_of_source(source), place, entry, progress=progress, cancel=cancel)

    return RunTask(tr("Terralogue: importing {name}").format(name=source.name), work)


def trial_task(model: "Optional[Installed]") -> RunTask:
    """Loads ``model`` and runs it once, None: the shipped one; the result is what ``try_model`` says. Main thread."""

    def work(progress: Callable[[float, str], None], cancel: Any) -> Any:
        from ...models.catalog import trial

        service = Service.instance()
        service.activate()
        if model is not None:
            return trial.try_model(model, user.within(user.processor_threads, 0, 256) or None, cancel)
        engine = service.engine()
        nano = getattr(engine, "nano", None)
        provider, fallback = (str(getattr(nano, name, "")) for name in ("provider", "fallback"))
        return {"ran": True, "provider": provider, "fallback": fallback, "seconds": 0.0, "said": str(getattr(nano, "name", ""))}

    name = model.title if model is not None else "Terralogue Nano"
    return RunTask(tr("Terralogue: trying {name}").format(name=name), work)
