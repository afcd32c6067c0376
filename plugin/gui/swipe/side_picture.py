"""Some layers drawn as the canvas would draw them, by threads of their own: what one side of the swipe shows."""

from typing import Callable, List, Optional, Set

from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapLayer,
    QgsMapRendererJob,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMapToPixel,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage, QTransform

#: Milliseconds between two looks at a picture that is still being drawn: web layers arrive tile by tile.
LOOKS = 250


class SidePicture(QObject):
    """``changed()`` whenever there is more to see. ``layers``: () → what is drawn, topmost first. Main thread only."""

    changed = pyqtSignal()

    def __init__(self, layers: Callable[[], List[QgsMapLayer]], background: Optional[QColor], parent=None) -> None:
        """``background`` None: see-through where no layer is."""
        super().__init__(parent)
        self._layers, self._background = layers, background
        self.image = QImage()
        self._settings: Optional[QgsMapSettings] = None
        self._job: Optional[QgsMapRendererParallelJob] = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS)
        self._timer.timeout.connect(self._look)

    @property
    def drawn(self) -> bool:
        """Whether nothing is being drawn any more."""
        return self._job is None

    def draw(self, settings: QgsMapSettings) -> None:
        """Draw the view of ``settings``; what was drawn before is shown, moved to its place, until then."""
        self.stop()
        layers = self._layers()
        if not layers:
            self.image = QImage()
            self.changed.emit()
            return
        own = QgsMapSettings(settings)
        own.setLayers(layers)
        own.setBackgroundColor(QColor(0, 0, 0, 0) if self._background is None else self._background)
        own.setFlag(QgsMapSettings.Flag.RenderPartialOutput, True)
        context = QgsExpressionContext()
        scopes = QgsExpressionContextUtils
        for scope in (scopes.globalScope(), scopes.projectScope(QgsProject.instance()), scopes.mapSettingsScope(own)):
            context.appendScope(scope)
        own.setExpressionContext(context)
        job = self._job = QgsMapRendererParallelJob(own)
        job.finished.connect(self._finished)
        job.start()
        self._timer.start()

    def stop(self) -> None:
        """Give up drawing, without waiting for it."""
        job, self._job = self._job, None
        self._timer.stop()
        if job is not None:
            job.finished.disconnect(self._finished)
            _let_go(job)

    def placed(self, now: QgsMapSettings) -> Optional[QTransform]:
        """From pixels of ``image`` to those of ``now``; None where nothing drawn yet has a place there."""
        then = self._settings
        if then is None or self.image.isNull() or then.destinationCrs() != now.destinationCrs():
            return None
        return _between(then.mapToPixel(), now.mapToPixel())

    def _look(self) -> None:
        if self._job is not None:
            self._take(self._job)

    def _finished(self) -> None:
        job, self._job = self._job, None
        self._timer.stop()
        if job is not None:
            self._take(job)
            _let_go(job)

    def _take(self, job: QgsMapRendererParallelJob) -> None:
        self.image, self._settings = job.renderedImage(), job.mapSettings()
        self.changed.emit()


def _between(then: QgsMapToPixel, now: QgsMapToPixel) -> QTransform:
    """The affine map between the pixels of two views of one CRS."""
    corners = []
    for x, y in ((0, 0), (1000, 0), (0, 1000)):
        point = then.toMapCoordinates(x, y)
        there = now.transform(point)
        corners.append((there.x(), there.y()))
    (x0, y0), (x1, y1), (x2, y2) = corners
    return QTransform((x1 - x0) / 1000, (y1 - y0) / 1000, (x2 - x0) / 1000, (y2 - y0) / 1000, x0, y0)


#: Jobs that were given up and have not ended yet; without a reference they would make the main thread wait for them.
_ending: Set[QgsMapRendererJob] = set()


def _let_go(job: QgsMapRendererJob) -> None:
    if not job.isActive():
        QTimer.singleShot(0, job.deleteLater)
        return
    _ending.add(job)
    # Not from inside its own signal: it is still at work there.
    job.finished.connect(lambda: QTimer.singleShot(0, lambda: _ending.discard(job)))
    job.cancelWithoutBlocking()
