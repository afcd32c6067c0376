"""terralogue:caption: a raster described in words, with the facts under them."""

import json
from typing import Any, Dict

from qgis.core import QgsProcessingOutputString, QgsProcessingParameterEnum, QgsProcessingParameterRasterLayer
from qgis.PyQt.QtCore import QVariant

from . import places
from .base import TerralogueAlgorithm, opened

INPUT, DETAIL, CAPTION, FACTS = "INPUT", "DETAIL", "CAPTION", "FACTS"
DETAILS = ("brief", "detailed", "metadata")


class CaptionAlgorithm(TerralogueAlgorithm):
    """One raster, or each region of it, in a sentence or a paragraph."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "caption"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Describe a raster")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("caption,description,text,land cover,remote sensing,imagery").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Describes imagery in words, brief or detailed. Every number in the text is measured on the pixels; the "
            "facts are given as JSON as well. With regions there is one description for each polygon."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterRasterLayer(INPUT, self.tr("Raster")))
        detail = QgsProcessingParameterEnum(
            DETAIL, self.tr("Detail"), list(DETAILS), defaultValue="brief", usesStaticStrings=True
        )
        detail.setHelp(
            self.tr(
                "brief: one or two sentences. detailed: a paragraph with counts, areas and places. metadata: five "
                "captions from pixels and the layer's metadata, with a GAIA record in the facts."
            )
        )
        self.addParameter(detail)
        places.add_parameters(self)
        places.add_output(self)
        self.addOutput(QgsProcessingOutputString(CAPTION, self.tr("Description")))
        self.addOutput(QgsProcessingOutputString(FACTS, self.tr("Facts (JSON)")))

    def prepare(self, parameters, context) -> None:
        """Snapshot the raster."""
        layer = places.raster_of(self, parameters, INPUT, context)
        self._places = places.take(self, parameters, context, [layer])

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Describe the whole, then each region."""
        detail = self.parameterAsEnumString(parameters, DETAIL, context)
        share = 0.5 if self._places.each else 1.0
        with opened(self._places.whole, cancel) as views:
            caption, facts = self._describe(views, detail, self.progress_of(feedback, cancel, 0, share), cancel)
        feedback.pushInfo(caption)
        results: Dict[str, Any] = {CAPTION: caption, FACTS: facts}
        results.update(
            places.write_regions(
                self,
                parameters,
                context,
                self._places,
                (("caption", QVariant.String), ("facts", QVariant.String)),
                lambda views, progress: self._describe(views, detail, progress, cancel),
                self.progress_of(feedback, cancel, share, 1.0),
                cancel,
            )
        )
        return results

    def _describe(self, views, detail, progress, cancel):
        engine = self.service.engine().batch
        from ...models.experts import caption, metadata
        from ...models.language.units import Units

        if detail == "metadata":
            told = metadata.run(views[0], engine, progress, cancel)
            return " ".join(told.sentences), json.dumps(told.facts, ensure_ascii=False)
        result = caption.run(caption.CaptionRequest(views[0], detail, Units(self._units)), engine, progress, cancel)
        return result.caption, json.dumps(result.facts, ensure_ascii=False)
