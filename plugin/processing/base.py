"""What all algorithms share: the frame around a run, its errors, progress and cancel."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Sequence, Tuple

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...models.cancel import CancelToken
from ...models.errors import RuntimeMissing, TerralogueError
from ..core import log
from ..core.errors import PluginError
from ..core.messages import sentence
from ..core.project_units import unit_system
from ..core.service import Service
from ..core.snapshots import ViewSnapshot

if TYPE_CHECKING:
    from ...models.conversation import View


class TerralogueAlgorithm(QgsProcessingAlgorithm):
    """Subclasses say their parameters, snapshot their inputs in :meth:`prepare` and do the work in :meth:`compute`."""

    #: Whether a run needs the Python packages; only what says that they are missing does not.
    needs_packages = True

    def createInstance(self) -> "TerralogueAlgorithm":  # noqa: N802 - the name QGIS calls
        """A fresh instance for one run."""
        return type(self)()

    def tr(self, text: str) -> str:
        """``text`` in the user's language."""
        return QCoreApplication.translate("Terralogue", text)

    def group(self) -> str:
        """All algorithms stand directly under the provider."""
        return ""

    def groupId(self) -> str:  # noqa: N802 - the name QGIS calls
        """No group."""
        return ""

    def helpUrl(self) -> str:  # noqa: N802 - the name QGIS calls
        """The help is in ``shortHelpString``."""
        return ""

    def declare(self, parameter: QgsProcessingParameterDefinition, said: str = "", advanced: bool = False) -> None:
        """Add a parameter with its help. ``advanced``: folded away until somebody looks for it."""
        if said:
            parameter.setHelp(said)
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def prepare(self, parameters: Dict[str, Any], context: QgsProcessingContext) -> None:
        """Copy what the run needs from layers. Main thread."""

    def compute(
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        cancel: CancelToken,
    ) -> Dict[str, Any]:
        """The run. Any thread; polls ``cancel``."""
        raise NotImplementedError

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:  # noqa: N802 - the name QGIS calls
        """Called by QGIS on the main thread."""
        with self._sentences():
            ready, missing = self.service.activate()
            if self.needs_packages and not ready:
                raise RuntimeMissing(missing)
            self._units = unit_system()
            self.prepare(parameters, context)
        return True

    def processAlgorithm(self, parameters, context, feedback) -> Dict[str, Any]:  # noqa: N802 - the name QGIS calls
        """Called by QGIS on a worker, or on the main thread under ``qgis_process``."""
        cancel = CancelToken()
        feedback.canceled.connect(cancel.cancel)
        if feedback.isCanceled():
            cancel.cancel()
        try:
            with self._sentences():
                return self.compute(parameters, context, feedback, cancel)
        finally:
            feedback.canceled.disconnect(cancel.cancel)

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Errors leave as QgsProcessingException with the sentence a user gets everywhere else."""
        try:
            yield
        except QgsProcessingException:
            raise
        except (TerralogueError, PluginError) as error:
            raise QgsProcessingException(sentence(error)) from error
        except Exception as error:
            log.error(error, self.id())
            raise QgsProcessingException(sentence(error)) from error

    @property
    def service(self) -> Service:
        """The engine of this QGIS process, shared with the panel."""
        return Service.instance()

    @staticmethod
    def progress_of(feedback: QgsProcessingFeedback, cancel: CancelToken, low: float = 0.0, high: float = 1.0):
        """A ``Progress`` that fills the part [low, high] of the bar and stops at a cancel."""
        last: List[str] = [""]

        def progress(fraction: float, message: str = "") -> None:
            if feedback.isCanceled():
                cancel.cancel()
            cancel.raise_if_cancelled()
            feedback.setProgress(100 * (low + (high - low) * min(1.0, max(0.0, fraction))))
            if message and message != last[0]:
                last[0] = message
                feedback.setProgressText(message)

        return progress


@contextmanager
def opened(snapshots: Sequence[ViewSnapshot], cancel: CancelToken) -> "Iterator[Tuple[View, ...]]":
    """The views of ``snapshots`` on this thread, closed afterwards."""
    views: "List[View]" = []
    try:
        for snapshot in snapshots:
            views.append(snapshot.open(cancel))
        yield tuple(views)
    finally:
        for view in views:
            view.source.close()
