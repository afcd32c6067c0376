"""terralogue:tunenano: a class that the model does not know, learned from polygons over a raster."""

import json
import os
import uuid
from pathlib import Path
from typing import Any, Dict, List, Tuple

from qgis.core import (
    QgsGeometry,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ...models.errors import CrsMissing
from ..core.messages import short_name
from ..core.snapshots import snapshot_layer
from . import places
from .base import TerralogueAlgorithm, opened

INPUT, POLYGONS, NAME, PLURAL, SYNONYMS = "INPUT", "POLYGONS", "NAME", "PLURAL", "SYNONYMS"
REPLACE, EXTENT, LABELLED, MINUTES, MOST = "REPLACE", "EXTENT", "LABELLED", "MINUTES", "MOST"
GSD, LIGHTS, EPOCHS, SEED, USE = "GSD", "LIGHTS", "EPOCHS", "SEED", "USE"
FILE, REPORT, FIGURES, STORED, IOU = "FILE", "REPORT", "FIGURES", "STORED", "IOU"
#: Around the polygons, where nobody says what is labelled: this part of their extent's longer side.
_AROUND = 0.05


class TuneNanoAlgorithm(TerralogueAlgorithm):
    """One raster, the polygons of one class, and what it is called."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "tunenano"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Teach a class from polygons")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("tune,train,class,adapter,learn,fine-tuning,greenhouse,vineyard,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Teaches the model a class that it does not know, such as “greenhouse”, from polygons over a raster. Minutes "
            "later the chat answers how many there are, where, and outlines them. Everything inside the labelled area "
            "that is in no polygon counts as something else, so map every one there. Blocks of ground are held back: the "
            "figures in the report and in every answer come from them. The class is learned on this computer and kept in "
            "your profile; the options page lists and removes it."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        polygon = [QgsProcessing.SourceType.TypeVectorPolygon]
        text, number = QgsProcessingParameterString, QgsProcessingParameterNumber
        real, whole = number.Type.Double, number.Type.Integer
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        self.addParameter(QgsProcessingParameterVectorLayer(POLYGONS, self.tr("Polygons of the class"), polygon))
        self.declare(text(NAME, self.tr("Name of the class")), self.tr("In English, one of them: “greenhouse”, “rice paddy”."))
        self.declare(text(PLURAL, self.tr("Plural"), optional=True), self.tr("Empty: with the usual ending."))
        self.declare(text(SYNONYMS, self.tr("Other words for it"), optional=True), self.tr("Separated by commas."))
        self.declare(
            QgsProcessingParameterBoolean(REPLACE, self.tr("Replace what the words mean so far"), False),
            self.tr("Needed for words that the model knows badly, such as “vineyard”, and to tune a class anew."),
        )
        self.declare(
            QgsProcessingParameterExtent(EXTENT, self.tr("Labelled extent"), optional=True),
            self.tr("Where every one was mapped. Empty: the extent of the polygons. Ground outside is not learned from."),
        )
        self.declare(
            QgsProcessingParameterVectorLayer(LABELLED, self.tr("Labelled area"), polygon, optional=True),
            self.tr("Polygons inside which every one was mapped, instead of the extent."),
        )
        self.declare(number(MINUTES, self.tr("Longest time to learn (minutes)"), real, 20.0, False, 0.1, 600.0))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True, createByDefault=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                FILE, self.tr("Copy of the class"), "*.nano-class", optional=True, createByDefault=False
            )
        )
        self.declare(
            QgsProcessingParameterBoolean(USE, self.tr("Answer about it from now on"), True),
            self.tr("Keep it in the profile. Without, only the copy is written."), True,
        )
        self.declare(number(MOST, self.tr("Largest number of tiles"), whole, 240, False, 6, 5000), advanced=True)
        self.declare(
            number(GSD, self.tr("Pixel size (m)"), real, None, True, 0.001),
            self.tr("Empty: that of the raster, or the finest that the model was measured at."), True,
        )
        self.declare(
            number(LIGHTS, self.tr("Lights"), whole, 3, False, 1, 8),
            self.tr("How often each tile is looked at, each time under another light."), True,
        )
        self.declare(number(EPOCHS, self.tr("Epochs"), whole, 16, False, 1, 200), advanced=True)
        self.declare(number(SEED, self.tr("Seed"), whole, 0, False, 0), self.tr("The same seed gives the same class."), True)
        self.addOutput(QgsProcessingOutputString(FIGURES, self.tr("Figures (JSON)")))
        self.addOutput(QgsProcessingOutputString(STORED, self.tr("File in the profile")))
        self.addOutput(QgsProcessingOutputNumber(IOU, self.tr("Overlap on held-back ground")))

    def prepare(self, parameters, context) -> None:
        """Check the name, snapshot the raster and copy the polygons over it."""
        from ...models.tuned.naming import class_words

        raster = places.raster_of(self, parameters, INPUT, context)
        if not raster.crs().isValid():
            raise CrsMissing(raster.name())
        name, plural, others = (self.parameterAsString(parameters, key, context) for key in (NAME, PLURAL, SYNONYMS))
        self._words = class_words(name, plural, others.split(","))
        self._use = self.parameterAsBool(parameters, USE, context)
        if not self._use and parameters.get(FILE) in (None, ""):
            raise QgsProcessingException(self.tr("Nothing would be kept. Choose a file for the copy, or use the class."))
        self._snapshot = snapshot_layer(raster)
        layer = self.parameterAsVectorLayer(parameters, POLYGONS, context)
        if layer is None or layer.featureCount() == 0:
            raise QgsProcessingException(self.tr("The layer has no polygons. Choose another layer."))
        self._layer_name, self._raster_name = layer.name(), raster.name()
        self._shapes, dropped = self._rings(layer, raster)
        self._lost = sum(dropped.values())
        self._known = self._labelled(parameters, context, raster, layer)

    def _rings(self, layer, raster) -> Tuple[List[Any], Dict[str, int]]:
        from ..core.training_layers import take_layer

        dropped: Dict[str, int] = {}
        taken = take_layer(layer, "", self._words[0], 0.0, raster.crs(), raster.extent(), False)
        return [shape.rings for shape in taken.shapes(dropped)], dropped

    def _labelled(self, parameters, context, raster, layer) -> List[Any]:
        """Rings, in the raster's CRS, of what was labelled completely."""
        from ..core.projections import polygons_of

        area = self.parameterAsVectorLayer(parameters, LABELLED, context)
        if area is not None:
            found, _ = self._rings(area, raster)
            if not found:
                raise QgsProcessingException(
                    self.tr("Nothing of {name} lies on the raster. Choose another labelled area.").format(
                        name=short_name(area.name())))
            return found
        if parameters.get(EXTENT) not in (None, ""):
            extent = self.parameterAsExtent(parameters, EXTENT, context, raster.crs())
            return [polygons_of(QgsGeometry.fromRect(extent))]
        if not self._shapes:
            return []
        import numpy as np

        points = np.concatenate([polygon[0] for rings in self._shapes for polygon in rings])
        (left, low), (right, high) = points.min(0), points.max(0)
        wide = _AROUND * max(right - left, high - low)
        corners = [(left - wide, low - wide), (right + wide, low - wide), (right + wide, high + wide),
                   (left - wide, high + wide), (left - wide, low - wide)]  # fmt: skip
        return [((np.array(corners),),)]

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Learn, measure, and only then write."""
        from ...models.concepts import shipped
        from ...models.tuned.learning import Budget
        from ...models.tuned.naming import check_free
        from ..core.tuning import Request, tune
        from ..core.tuning_report import html_of

        engine = self.service.engine()
        replaces = self.parameterAsBool(parameters, REPLACE, context)
        check_free(self._words[2], shipped(), engine.nano.things, replaces)
        if self._use and engine.taught.get(self._words[0]) is not None and not replaces:
            raise QgsProcessingException(
                self.tr("There is a tuned class of that name. Choose another, or tick that it is replaced."))
        if self._lost:
            feedback.pushInfo(self.tr("Features without a usable shape: {number}.").format(number=self._lost))
        if parameters.get(EXTENT) in (None, "") and parameters.get(LABELLED) in (None, ""):
            feedback.pushInfo(self.tr("The extent of the polygons is taken as labelled completely."))
        whole = {key: self.parameterAsInt(parameters, key, context) for key in (LIGHTS, EPOCHS, SEED, MOST)}
        budget = Budget(whole[LIGHTS], whole[EPOCHS], self.parameterAsDouble(parameters, MINUTES, context), whole[SEED])
        gsd = self.parameterAsDouble(parameters, GSD, context) if parameters.get(GSD) not in (None, "") else 0.0
        request = Request(self._words, self._layer_name, self._raster_name, tuple(self._shapes), tuple(self._known), gsd,
                          whole[MOST], replaces, budget)  # fmt: skip
        with opened((self._snapshot,), cancel) as views:
            tuned, report = tune(request, views[0].source, engine, self.progress_of(feedback, cancel), cancel)
        cancel.raise_if_cancelled()
        results: Dict[str, Any] = {FIGURES: json.dumps(report, ensure_ascii=False), IOU: tuned.about.held_out["iou"]}
        try:
            for key, write in ((FILE, tuned.save), (REPORT, lambda path: _write(path, html_of(report)))):
                if parameters.get(key) not in (None, ""):
                    results[key] = self.parameterAsFileOutput(parameters, key, context)
                    write(Path(results[key]))
            results[STORED] = str(self.service.keep_tuned(tuned)) if self._use else ""
        except OSError as error:
            raise QgsProcessingException(
                self.tr("The class could not be written. Free some space or choose another folder.")) from error
        feedback.pushInfo(results[FIGURES])
        return results


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"_{uuid.uuid4().hex[:12]}{path.suffix}")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    finally:
        if draft.exists():
            draft.unlink()
