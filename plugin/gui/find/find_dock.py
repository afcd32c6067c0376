"""The dock of the Find window: an empty shell until it is first shown."""

from ..dock import Dock

NAME = "TerralogueFindDock"


class FindDock(Dock):
    """See :class:`Dock`."""

    def __init__(self, make_panel, parent=None) -> None:
        super().__init__(make_panel, parent)
        self.setObjectName(NAME)
        self.setWindowTitle(self.tr("Terralogue Find"))
