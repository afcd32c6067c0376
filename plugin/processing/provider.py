"""Terralogue's algorithms in the Processing toolbox."""

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .ask import AskAlgorithm
from .ask_knowledge import AskKnowledgeAlgorithm
from .build_change_dialogues import BuildChangeDialoguesAlgorithm
from .build_knowledge import BuildKnowledgeAlgorithm
from .build_training_data import BuildTrainingDataAlgorithm
from .caption import CaptionAlgorithm
from .change import ChangeAlgorithm
from .classify import ClassifyAlgorithm
from .find_alike import FindAlikeAlgorithm
from .index_imagery import IndexAlgorithm
from .prepare_second_pair import PrepareSecondPairAlgorithm
from .run_model import RunModelAlgorithm
from .search_index import SearchAlgorithm
from .segment import SegmentAlgorithm
from .status import StatusAlgorithm
from .time_series import TimeSeriesAlgorithm
from .tune_nano import TuneNanoAlgorithm

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"


class TerralogueProvider(QgsProcessingProvider):
    """Holds one instance of each algorithm. Needs no packages and no ``iface`` to be loaded."""

    def id(self) -> str:
        """Prefix of every algorithm's id; never translated."""
        return "terralogue"

    def name(self) -> str:
        """Name of the group in the toolbox."""
        return "Terralogue"

    def icon(self) -> QIcon:
        """The plugin's icon, or QGIS's own if it is not there."""
        files = sorted(ICONS.glob("terralogue.*")) or sorted(ICONS.glob("icon.*"))
        return QIcon(str(files[0])) if files else super().icon()

    def loadAlgorithms(self) -> None:  # noqa: N802 - the name QGIS calls
        """Called by QGIS whenever the list is wanted anew."""
        for algorithm in (
            StatusAlgorithm, CaptionAlgorithm, AskAlgorithm, SegmentAlgorithm, ChangeAlgorithm, TimeSeriesAlgorithm,
            RunModelAlgorithm,
            ClassifyAlgorithm, IndexAlgorithm, SearchAlgorithm, FindAlikeAlgorithm,
            BuildKnowledgeAlgorithm, AskKnowledgeAlgorithm,
            BuildTrainingDataAlgorithm, BuildChangeDialoguesAlgorithm, PrepareSecondPairAlgorithm, TuneNanoAlgorithm,
        ):  # fmt: skip
            self.addAlgorithm(algorithm())
