"""An answer whose threshold can be moved, of a change or of one class: the slider on its card and what follows it."""

from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject

from ..core import log
from ..core.class_style import legend_of
from ..core.errors import PluginError
from ..core.layers import undo_handle
from ..core.messages import sentence
from ..core.score_layer import add_scores, prepare_scores
from ..core.tasks import RunTask, start
from .chat.change_tools import ChangeTools
from .chat.threshold_row import ThresholdRow
from .threshold_mover import ThresholdMover


class MovableAnswer(QObject):
    """Belongs to ``exchange``, which it tells ``show_moved(MovedAnswer)``. ``scores``: the ``KeptScores``, or the
    ``KeptMasks`` of one class. ``tools``: the buttons of a change, of which one adds the scores as a layer.

    What the slider says is what a layer added from the answer says of itself, so it rests while there is one.
    Main thread only; scores are read by tasks.
    """

    def __init__(self, exchange, scores, tools: Optional[ChangeTools] = None) -> None:
        super().__init__(exchange)
        self.exchange, self.scores, self.tools = exchange, scores, tools
        self.label = getattr(scores, "label", "")
        self.row = ThresholdRow(scores.own, scores.threshold, legend_of(self.label) if self.label else "")
        self.mover = ThresholdMover(scores, self)
        self.row.sliding.connect(self.mover.count)
        self.row.settled.connect(self._settled)
        self.mover.counted.connect(self._counted)
        self.mover.moved.connect(self._moved)
        self.mover.failed.connect(self._failed)
        self._scores_task: Optional[RunTask] = None
        self._undo_scores = None
        if tools is not None:
            tools.show_scores(False)
            tools.scores_wanted.connect(self._toggle_scores)
        QgsProject.instance().layersRemoved.connect(self._layers_removed)

    def show_count(self) -> None:
        """How many objects the answer as it is shown points at."""
        features = self.exchange.features
        found = () if features is None else features.features
        self.row.show_count(sum(1 for one in found if not self.label or one.label == self.label))

    def show_kept(self, kept: bool) -> None:
        """Rest while the objects are a layer, and for good once the scores are gone."""
        reason = self.tr("The objects are a layer now. Undo first to move the threshold.") if kept else ""
        if self.scores is None:
            reason = self.tr("The scores of this answer are no longer kept. Ask again to move the threshold.")
        self.row.hold(reason)

    def let_go(self) -> None:
        """Keep the scores no longer: their files are as large as the imagery."""
        if self.scores is None:
            return
        self.mover.let_go()
        self.scores = None
        self.show_kept(False)
        if self.tools is not None:
            self.tools.scores.setEnabled(self._undo_scores is not None)

    def stop(self) -> None:
        """The conversation is over; a score layer stays."""
        self.mover.stop()
        if self._scores_task is not None:
            self._scores_task.cancel()
        QgsProject.instance().layersRemoved.disconnect(self._layers_removed)

    def _settled(self, threshold: float) -> None:
        # Until the objects follow, what would be added is not what the slider says.
        self._let_add(False)
        self.mover.answer(threshold)

    def _failed(self, text: str) -> None:
        self._let_add(True)
        self.exchange.card.say(text)

    def _let_add(self, on: bool) -> None:
        self.exchange.card.actions.add_button.setEnabled(on)
        self.exchange.card.actions.export_button.setEnabled(on)

    def _counted(self, threshold: float, objects: int) -> None:
        if abs(threshold - self.row.threshold) < 0.015:
            self.row.show_count(objects)

    def _moved(self, moved) -> None:
        self._let_add(True)
        self.exchange.show_moved(moved, self.label)
        self.show_count()

    def _toggle_scores(self, on: bool) -> None:
        if not on:
            self._take_scores_back()
        elif self._scores_task is None:
            place, title, scores = QgsProject.instance().fileName(), self.exchange.keeping.title, self.scores
            self._scores_task = RunTask(
                self.tr("Terralogue: writing the scores"), lambda _progress, cancel: prepare_scores(scores, place, title, cancel)
            )
            self._scores_task.finished_with.connect(self._scores_written)
            start(self._scores_task)

    def _scores_written(self, outcome) -> None:
        self._scores_task = None
        if not outcome.ok:
            self.tools.show_scores(False)
            if not outcome.stale:
                self.exchange.card.say(outcome.message)
            return
        exchange = self.exchange
        provenance = {key: value for key, value in exchange.provenance.items() if key != "threshold"}
        try:
            layer = add_scores(
                outcome.result, QgsProject.instance(), exchange.keeping.title, exchange.outlined(), provenance,
                exchange.keeping.stamp,
            )
        except PluginError as error:
            log.error(error, "adding the scores")
            self.tools.show_scores(False)
            exchange.card.say(sentence(error))
            return
        self._undo_scores = undo_handle([layer])
        self.tools.show_scores(True)

    def _take_scores_back(self) -> None:
        handle, self._undo_scores = self._undo_scores, None
        if handle is not None:
            handle.undo()
            self.tools.scores.setEnabled(self.scores is not None)

    def _layers_removed(self, layer_ids) -> None:
        if self._undo_scores is not None and set(self._undo_scores.layer_ids) & set(layer_ids):
            self._undo_scores = None
            self.tools.show_scores(False)
            self.tools.scores.setEnabled(self.scores is not None)
