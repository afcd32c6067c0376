"""The change scores of an answer as a raster layer: written by a worker, styled from see-through to dark red."""

from pathlib import Path
from typing import Any, Dict, Optional

from qgis.core import (
    QgsColorRampShader,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QColor

from ...models.features import FeatureSet
from .. import settings as user
from .errors import ExportFailed, ProjectClosed
from .layers import TEMPORARY, add_to_group, describe
from .messages import tr
from .project_stamp import ProjectStamp
from .result_files import file_name, folder_beside, temporary_folder

#: What a score layer is, in its property ``terralogue/result``.
SCORES = "scores"
#: Stored bytes of the scores 0 and 1.
_TOP = 254
#: Score, colour, opacity: from yellow to dark red, as dark as it is sure.
_RAMP = ((0.0, "#ffffb2", 0), (0.25, "#fecc5c", 90), (0.5, "#fd8d3c", 170), (0.75, "#f03b20", 210), (1.0, "#a50026", 235))


def prepare_scores(scores, project_file: str, title: str, cancel=None) -> Path:
    """Write the scores of ``scores`` (a ``KeptScores``) where results are kept, on a worker; the file.

    Raises StorageFull, RasterUnreadable, ExportFailed, Cancelled.
    """
    folder = folder_beside(project_file) if user.keep_beside_project.value() else None
    path = ((folder or temporary_folder()) / file_name(title)).with_suffix(".tif")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed("no-results", path.name, str(error)) from error
    return Path(scores.write(str(path), cancel))


def add_scores(
    file: Path, project: QgsProject, title: str, features: FeatureSet, provenance: Dict[str, Any], stamp: Optional[int] = None
) -> QgsRasterLayer:
    """Add what :func:`prepare_scores` wrote to the results group. ``features``: of the answer, for model and source.

    Main thread. Raises ProjectClosed, ExportFailed.
    """
    if stamp is not None and ProjectStamp.instance().current() != stamp:
        raise ProjectClosed()
    layer = QgsRasterLayer(str(file), tr("{title}: scores").format(title=title))
    if not layer.isValid():
        raise ExportFailed("incomplete", file.name, "the file written does not open")
    shader = QgsColorRampShader(0, _TOP, None, QgsColorRampShader.Type.Interpolated)
    items = []
    for score, colour, opacity in _RAMP:
        shown = QColor(colour)
        shown.setAlpha(opacity)
        items.append(QgsColorRampShader.ColorRampItem(_TOP * score, shown, QLocale().toString(score, "f", 2)))
    shader.setColorRampItemList(items)
    holder = QgsRasterShader(0, _TOP)
    holder.setRasterShaderFunction(shader)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, holder))
    said = tr("How sure {model} is of a change in {source}: 0 to 254 stand for scores of 0 to 1, 255 is unknown.")
    describe(layer, SCORES, said, features, provenance)
    layer.setCustomProperty(TEMPORARY, file.parent == temporary_folder())
    add_to_group(layer, project)
    return layer
