"""terralogue:preparesecondpair: tiles of two dates with the land cover of what changed, in SECOND-CC's form."""

from typing import Any, Dict

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.messages import short_name
from ..core.snapshots import snapshot_layer
from .base import TerralogueAlgorithm, opened
from .pair_tile_parameters import (
    COUNTS,
    FOLDER,
    declare_rasters,
    declare_tiles,
    legend_of,
    rasters_of,
    results_of,
    tile_request,
)
from .training_folder import TrainingFolder

BEFORE_COVER, AFTER_COVER, CLASSES, CLASS_FIELD = "BEFORE_COVER", "AFTER_COVER", "CLASSES", "CLASS_FIELD"
UNCLASSED, UNCHANGED = "UNCLASSED", "UNCHANGED"


class PrepareSecondPairAlgorithm(TerralogueAlgorithm):
    """Two rasters and the land cover of each."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "preparesecondpair"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Prepare SECOND-style pair")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("training,dataset,change detection,land cover,transition,captions,SECOND,SECOND-CC").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Cuts two images of one place and their land covers into tiles in the form of SECOND-CC: pictures, class maps in "
            "SECOND's colours, captions, and a table of what became of what. Land cover is polygons, a raster of class codes, "
            "or a picture in SECOND's colours, brightened ones too, read by the nearest. The classes are low vegetation, "
            "non-vegetated ground, tree, water, building and playground. Pixels of one class on both dates become "
            "background. Tiles with a pixel without data are left out. Training, validation and test tiles never touch."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        declare_rasters(self)
        kind, text, number = QgsProcessing.SourceType, QgsProcessingParameterString, QgsProcessingParameterNumber
        real = number.Type.Double
        for key, title in ((BEFORE_COVER, self.tr("Land cover before")), (AFTER_COVER, self.tr("Land cover after"))):
            self.declare(
                QgsProcessingParameterMultipleLayers(key, title, kind.TypeMapLayer),
                self.tr("Polygons lie over rasters; of two that overlap the later one counts."),
            )
        self.declare(
            text(CLASSES, self.tr("Classes"), optional=True, multiLine=True),
            self.tr(
                "Which of SECOND's classes a value is: 1=tree; lake=water; car park=non-vegetated ground. A “-” leaves a "
                "value out."
            ),
        )
        self.declare(
            text(CLASS_FIELD, self.tr("Class field"), optional=True),
            self.tr("Name of the field that holds the class. Layers without it are one class each."),
        )
        declare_tiles(self)
        self.declare(
            number(UNCLASSED, self.tr("Largest share of a tile without a class (%)"), real, 0.0, False, 0.0, 100.0),
            self.tr("Such pixels look like unchanged ones in SECOND's form. Their share is in the index of tiles."),
            advanced=True,
        )
        self.declare(
            number(UNCHANGED, self.tr("Largest share of tiles without a change"), real, 0.5, False, 0.0, 1.0), advanced=True
        )

    def prepare(self, parameters, context) -> None:
        """Snapshot the rasters and the land covers over them."""
        # The data engine's modules need packages that may be missing when QGIS loads the provider.
        from ..core.class_ground import take_ground
        from ..core.second_build import SecondRequest

        before, after = rasters_of(self, parameters, context)
        legend = legend_of(self, parameters, CLASSES, context)
        field = self.parameterAsString(parameters, CLASS_FIELD, context).strip()
        covers = []
        for key in (BEFORE_COVER, AFTER_COVER):
            layers = self.parameterAsLayerList(parameters, key, context)
            if not layers:
                raise QgsProcessingException(self.tr("Give the land cover of both dates."))
            covers.append(take_ground(layers, field, "", 0.0, legend, before.crs(), before.extent(), colours=True))
        self._request = SecondRequest(
            tile_request(self, parameters, context, short_name(before.name())), *covers, legend,
            self.parameterAsDouble(parameters, UNCLASSED, context) / 100,
            self.parameterAsDouble(parameters, UNCHANGED, context),
        )
        self._folder = TrainingFolder(self.parameterAsFileOutput(parameters, FOLDER, context))
        self._crs = before.crs()
        self._snapshots = snapshot_layer(before), snapshot_layer(after)

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Find what changed, choose tiles and write."""
        from ..core.pair_tiles import PairTiles
        from ..core.second_build import build

        with opened(self._snapshots, cancel) as views, self._folder.draft() as draft:
            tiles = PairTiles(self._request.tiles, *views)
            counts = build(self._request, tiles, draft, self._crs, self.progress_of(feedback, cancel))
        results = results_of(self._folder.path, counts, context)
        feedback.pushInfo(results[COUNTS])
        if counts["far_colours_px"]:
            feedback.pushWarning(
                self.tr("{number} pixels have colours far from SECOND's. Check that the land cover is in its palette.").format(
                    number=counts["far_colours_px"]
                )
            )
        if counts["dropped"]:
            feedback.pushInfo(self.tr("What was left out, and why, is in the counts and in the index of tiles."))
        return results
