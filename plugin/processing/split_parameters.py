"""How all builders of data sets ask for their splits: block size, shares and seed, folded away."""

from typing import Any, Dict, Optional, Tuple

from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingParameterNumber

from ..core.messages import tr
from .base import TerralogueAlgorithm

BLOCK, VALIDATION, TEST, SEED = "BLOCK", "VALIDATION", "TEST", "SEED"
Shares = Tuple[Tuple[str, float], ...]


def declare_splits(algorithm: TerralogueAlgorithm) -> None:
    """Declare BLOCK, VALIDATION, TEST and SEED."""
    number = QgsProcessingParameterNumber
    real, whole = number.Type.Double, number.Type.Integer
    algorithm.declare(
        number(BLOCK, tr("Block size of the splits (m)"), real, None, True, 1.0),
        tr("Each block of ground goes to one split as a whole. Empty: chosen to fit the chips."),
        advanced=True,
    )
    for key, title, share in ((VALIDATION, tr("Share for validation"), 0.1), (TEST, tr("Share for testing"), 0.2)):
        algorithm.declare(number(key, title, real, share, False, 0.0, 0.9), advanced=True)
    algorithm.declare(number(SEED, tr("Seed"), whole, 0, False, 0), tr("The same seed gives the same files."), True)


def read_splits(
    algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], context: QgsProcessingContext
) -> Tuple[float, Shares, int]:
    """Block in metres (0: a fitting one), share of each split, seed. Raises QgsProcessingException if none is left to train."""
    kept = tuple((name, algorithm.parameterAsDouble(parameters, key, context))
                 for name, key in (("validation", VALIDATION), ("test", TEST)))
    train = 1 - sum(share for _, share in kept)
    if train < 0.05:
        raise QgsProcessingException(tr("Validation and test leave nothing to train on. Choose smaller shares."))
    block = optional_number(algorithm, parameters, BLOCK, context) or 0.0
    return block, (("train", train), *kept), algorithm.parameterAsInt(parameters, SEED, context)


def optional_number(
    algorithm: TerralogueAlgorithm, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
) -> Optional[float]:
    """The number of a parameter that may be left empty, None then."""
    given = parameters.get(name) not in (None, "")
    return algorithm.parameterAsDouble(parameters, name, context) if given else None
