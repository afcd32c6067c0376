"""terralogue:buildchangedialogues: tiles of two dates with questions and answers about what changed, in ChangeChat's form."""

from contextlib import contextmanager
from typing import Any, Dict, Iterator

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterMapLayer,
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
from .split_parameters import optional_number
from .training_folder import TrainingFolder

CHANGES, BEFORE_LAYERS, AFTER_LAYERS, CLASSES = "CHANGES", "BEFORE_LAYERS", "AFTER_LAYERS", "CLASSES"
CLASS_FIELD, CLASS_NAME, WIDTH = "CLASS_FIELD", "CLASS_NAME", "WIDTH"
MIN_AREA, FEATURE_SHARE, CELL_PIXELS, CELL_SHARE = "MIN_AREA", "FEATURE_SHARE", "CELL_PIXELS", "CELL_SHARE"
UNCHANGED, QUESTIONS = "UNCHANGED", "QUESTIONS"


class BuildChangeDialoguesAlgorithm(TerralogueAlgorithm):
    """Two rasters, and what says where they differ."""

    def name(self) -> str:
        """Id after the provider's; never translated."""
        return "buildchangedialogues"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the toolbox."""
        return self.tr("Build change dialogues")

    def tags(self):
        """Words the toolbox search finds it by."""
        return self.tr("training,dataset,change detection,dialogues,captions,questions,ChangeChat,LEVIR-CC").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Help beside the dialog."""
        return self.tr(
            "Cuts two images of one place into tiles and writes captions, yes/no, number, place and open questions and "
            "dialogues about what changed, in the form of ChangeChat. What changed comes from a layer of changes, from "
            "layers of both dates, or, without any, from the model. A layer of changes does not tell what went from what "
            "came: all of it is called new. Where layers have no feature, there is none. Tiles with a pixel without data "
            "are left out. Training, validation and test tiles lie in different blocks of ground and never touch."
        )

    def initAlgorithm(self, config=None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare parameters and outputs."""
        declare_rasters(self)
        kind, text, number = QgsProcessing.SourceType, QgsProcessingParameterString, QgsProcessingParameterNumber
        real, whole = number.Type.Double, number.Type.Integer
        self.declare(
            QgsProcessingParameterMapLayer(CHANGES, self.tr("Layer of changes"), optional=True),
            self.tr("A raster of class codes, 0 for no change, or outlines of what changed."),
        )
        for key, title in ((BEFORE_LAYERS, self.tr("Layers before")), (AFTER_LAYERS, self.tr("Layers after"))):
            self.declare(
                QgsProcessingParameterMultipleLayers(key, title, kind.TypeMapLayer, optional=True),
                self.tr("Vector layers or rasters of class codes. What they do not share has changed."),
            )
        self.declare(
            text(CLASSES, self.tr("Classes"), optional=True, multiLine=True),
            self.tr(
                "What values or classes are called in English, in the singular: 1=road; 2=building; tree=-. A “-” leaves one out."
            ),
        )
        self.declare(
            text(CLASS_FIELD, self.tr("Class field"), optional=True),
            self.tr("Name of the field that holds the class. Layers without it are one class each."),
        )
        self.declare(
            text(CLASS_NAME, self.tr("Class of layers without the field"), optional=True),
            self.tr("Empty: each layer's own name."),
        )
        self.declare(
            number(WIDTH, self.tr("Width of lines and points (m)"), real, None, True, 0.0),
            self.tr("Lines and points are drawn this wide. Needed if there are any."),
        )
        self.declare(
            number(MIN_AREA, self.tr("Smallest change (m²)"), real, None, True, 0.0),
            self.tr("Smaller changes are taken as none. Empty: more than five pixels."),
        )
        declare_tiles(self)
        self.declare(
            number(UNCHANGED, self.tr("Largest share of tiles without a change"), real, 0.5, False, 0.0, 1.0), advanced=True
        )
        self.declare(
            number(FEATURE_SHARE, self.tr("Share of a feature that must have changed"), real, 0.5, False, 0.0, 1.0),
            self.tr("A feature counts as new or removed if this much of it is not there on the other date."),
            advanced=True,
        )
        self.declare(
            number(CELL_PIXELS, self.tr("Changed pixels of a cell"), whole, 1, False, 1),
            self.tr("One of the 3 × 3 cells is named from this many changed pixels on."),
            advanced=True,
        )
        self.declare(
            number(CELL_SHARE, self.tr("Changed share of a cell (%)"), real, 0.0, False, 0.0, 100.0),
            self.tr("And if this much of it changed."),
            advanced=True,
        )
        self.declare(number(QUESTIONS, self.tr("Open questions of a tile"), whole, 4, False, 0, 20), advanced=True)

    def prepare(self, parameters, context) -> None:
        """Snapshot the rasters and what of the layers lies over them."""
        # The data engine's modules need packages that may be missing when QGIS loads the provider.
        from ...models.datasets.change_rules import CellRule
        from ..core.class_ground import take_ground
        from ..core.dialogue_build import DialogueRequest

        before, after = rasters_of(self, parameters, context)
        self._legend = legend_of(self, parameters, CLASSES, context)
        share = self.parameterAsDouble(parameters, CELL_SHARE, context) / 100
        self._request = DialogueRequest(
            tile_request(self, parameters, context, short_name(before.name())),
            optional_number(self, parameters, MIN_AREA, context),
            self.parameterAsDouble(parameters, FEATURE_SHARE, context),
            CellRule(self.parameterAsInt(parameters, CELL_PIXELS, context), share),
            self.parameterAsDouble(parameters, UNCHANGED, context),
            self.parameterAsInt(parameters, QUESTIONS, context),
        )
        self._folder = TrainingFolder(self.parameterAsFileOutput(parameters, FOLDER, context))
        self._crs = before.crs()
        self._snapshots = snapshot_layer(before), snapshot_layer(after)
        field, fixed = (self.parameterAsString(parameters, key, context).strip() for key in (CLASS_FIELD, CLASS_NAME))
        width = optional_number(self, parameters, WIDTH, context) or 0.0
        marked = self.parameterAsLayer(parameters, CHANGES, context)
        dates = [self.parameterAsLayerList(parameters, key, context) for key in (BEFORE_LAYERS, AFTER_LAYERS)]
        if marked is None and any(dates) and not all(dates):
            raise QgsProcessingException(
                self.tr("Give layers of both dates, or one layer of changes, or none at all for the model's own view.")
            )
        if marked is not None and any(dates):
            raise QgsProcessingException(self.tr("Give either a layer of changes or layers of both dates, not both."))
        self._grounds = tuple(
            take_ground(layers, field, fixed, width, self._legend, before.crs(), before.extent())
            for layers in (dates if marked is None else ((), (marked,)))
        )

    def compute(self, parameters, context, feedback, cancel) -> Dict[str, Any]:
        """Find the changes, choose tiles, say, check and write."""
        from ..core.dialogue_build import build
        from ..core.pair_tiles import PairTiles

        by_model = not any(self._grounds)
        with opened(self._snapshots, cancel) as views, self._folder.draft() as draft:
            found = self._look(views, self.progress_of(feedback, cancel, 0, 0.4), cancel) if by_model else None
            tiles = PairTiles(self._request.tiles, *views)
            progress = self.progress_of(feedback, cancel, 0.4 if by_model else 0, 1)
            counts = build(self._request, tiles, lambda *at: self._ground(found, *at), draft, self._crs, progress)
        results = results_of(self._folder.path, counts, context)
        feedback.pushInfo(results[COUNTS])
        if counts["dropped"]:
            feedback.pushInfo(self.tr("What was left out, and why, is in the counts and in the index of tiles."))
        return results

    @contextmanager
    def _ground(self, found, grid, rules) -> Iterator[Any]:
        from ..core.change_ground import differing, seen

        with seen(found, self._covers, grid, self._legend, rules) if found is not None else differing(
            *self._grounds, grid, self._legend, rules
        ) as ground:
            yield ground

    def _look(self, views, progress, cancel):
        """The model's own change polygons."""
        engine = self.service.engine().batch
        from ...models.experts import change

        result = change.run(change.ChangeRequest(*views), engine, progress, cancel)
        self._covers = tuple(result.counts)
        return result.features
