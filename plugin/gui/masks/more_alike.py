"""From what was taken to everything like it: QGIS's own dialog of terralogue:findalike, filled in. Main thread only."""

from typing import Optional

from qgis.core import QgsMapLayer, QgsProcessingFeatureSourceDefinition, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...core import log

ALGORITHM = "terralogue:findalike"


def find_alike(raster: Optional[QgsMapLayer], examples: Optional[QgsVectorLayer]) -> str:
    """Open the dialog with ``examples``, of which only the selected ones if any are; what is in its way, "" if nothing."""
    if examples is None or not examples.featureCount():
        return QCoreApplication.translate("Pointing", "Take one or a few examples first, then find all that are like them.")
    if not isinstance(raster, QgsRasterLayer) or raster.providerType() != "gdal":
        return QCoreApplication.translate("Pointing", "Finding all alike needs a raster file. Choose one as the source.")
    try:
        import processing

        chosen = QgsProcessingFeatureSourceDefinition(examples.id(), examples.selectedFeatureCount() > 0)
        dialog = processing.createAlgorithmDialog(ALGORITHM, {"INPUT": raster.id(), "EXAMPLES": chosen})
    except (ImportError, AttributeError) as error:
        log.error(error, "opening the dialog of finding alike")
        dialog = None
    if dialog is None:
        return QCoreApplication.translate("Pointing", "The Processing plugin is off. Switch it on under Plugins, then try again.")
    dialog.show()
    return ""
