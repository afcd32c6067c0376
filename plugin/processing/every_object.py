"""The option of an algorithm to outline every object, whatever it is, with a mask engine of the user's choice."""

from dataclasses import dataclass
from typing import Any, Optional

from qgis.core import QgsProcessingException, QgsProcessingParameterBoolean, QgsProcessingParameterString

from ..core.mask_engines import EMBEDDED, MaskEngines
from ..core.messages import tr
from .base import TerralogueAlgorithm

EVERYTHING, ENGINE = "EVERYTHING", "ENGINE"


def add_parameters(algorithm: TerralogueAlgorithm) -> None:
    """Declare EVERYTHING and ENGINE."""
    algorithm.declare(
        QgsProcessingParameterBoolean(EVERYTHING, tr("Outline every object, whatever it is"), False),
        tr(
            "A grid of points is asked about instead of words, and every mask that is sure and firm is kept, with the "
            "label “object”. Made for engines of the SAM family; the model that comes with the plugin cuts large "
            "objects into pieces. Takes seconds for each 256 × 256 pixels."
        ),
        advanced=True,
    )
    algorithm.declare(
        QgsProcessingParameterString(ENGINE, tr("Mask engine for every object"), "", optional=True),
        tr(
            "Name of a mask engine that you downloaded or imported in the window of models. "
            "Empty: the model that comes with the plugin."
        ),
        advanced=True,
    )


@dataclass(frozen=True)
class EveryObject:
    """What was chosen. ``key``: of the engine among ``engines``."""

    engines: MaskEngines
    key: str

    def run(self, view: Any, nano: Any, progress, cancel, min_area: float) -> Any:
        """The objects of ``view`` as a ``FeatureSet``. A worker. Raises what loading an engine and the run raise."""
        from ...models.masks.everything import everything

        engine = self.engines.open(self.key)
        limits = getattr(engine, "gsd_range", None) or nano.gsd_range
        return everything(view, engine, limits, progress, cancel, min_area=min_area)


def read(algorithm: TerralogueAlgorithm, parameters, context) -> Optional[EveryObject]:
    """The choice, None if every object is not wanted. Main thread. Raises QgsProcessingException for an unknown engine."""
    if not algorithm.parameterAsBool(parameters, EVERYTHING, context):
        return None
    wanted = algorithm.parameterAsString(parameters, ENGINE, context).strip()
    engines = MaskEngines(algorithm.service)
    choices = engines.choices()
    keys = {name.lower(): key for key, name in choices}
    if not wanted:
        return EveryObject(engines, EMBEDDED)
    if wanted.lower() not in keys:
        names = ", ".join(name for _, name in choices[:5])
        said = tr("There is no mask engine {name}. Choose one of: {names}.")
        raise QgsProcessingException(said.format(name=wanted[:60], names=names))
    return EveryObject(engines, keys[wanted.lower()])
