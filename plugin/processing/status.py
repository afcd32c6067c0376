"""terralogue:status: what is installed, what is ready, what to do next; for people and for programs."""

import json
from typing import Any, Dict, List

from qgis.core import Qgis, QgsProcessingOutputString

from ...models.errors import TerralogueError
from ..core.messages import sentence
from ..core.running_on import as_json
from ..core.service import version
from .base import TerralogueAlgorithm

STATUS = "STATUS"
#: Grows when a key changes its meaning or goes.
SCHEMA = 1


class StatusAlgorithm(TerralogueAlgorithm):
    """Works without packages and without a model: that is what it is for."""

    needs_packages = False

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "status"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Status")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("ready,version,packages,model,provider,help").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Says whether Terralogue is ready, which packages and models it uses, what they run on, what words "
            "the answers, and what to do next if something is missing. The answer is JSON."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare the output."""
        self.addOutput(QgsProcessingOutputString(STATUS, self.tr("Status (JSON)")))

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Look everywhere once."""
        ready, reason, step = self.service.ready()
        models: List[Dict[str, Any]] = []
        speech: Dict[str, str] = {}
        if ready:
            try:
                models.append(self._model())
                speech = self.service.speech()
            except TerralogueError as error:
                ready, reason, step = False, sentence(error), "reinstall"
        status = {
            "schema": SCHEMA,
            "version": version(),
            "qgis": Qgis.QGIS_VERSION,
            "ready": ready,
            "packages": self._packages(),
            "models": models,
            "speech": speech,
            "providers": _providers(),
            "next": "" if ready else reason,
            "next_step": step if not ready else "",
        }
        text = json.dumps(status, ensure_ascii=False, indent=2)
        feedback.pushInfo(text)
        return {STATUS: text}

    def _model(self) -> Dict[str, Any]:
        nano = self.service.engine().nano
        return {
            "name": nano.name,
            "digest": nano.digest,
            "provider": nano.provider,
            "fallback": getattr(nano, "fallback", ""),
            "runs_on": as_json(self.service.runs_on),
            "covers": list(nano.covers),
            "gsd_range": list(nano.gsd_range),
        }

    @staticmethod
    def _packages() -> List[Dict[str, str]]:
        from ..environment import status

        return [
            {"name": one.name, "version": one.version, "path": one.path, "warning": one.shadowed_by or ""}
            for one in status()
        ]


def _providers() -> List[str]:
    """What ONNX Runtime could run on here, [] without it."""
    try:
        import onnxruntime
    except ImportError:
        return []
    return list(onnxruntime.get_available_providers())
