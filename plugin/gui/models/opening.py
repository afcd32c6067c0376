"""The one window of models of this QGIS, made when it is first asked for."""

from typing import TYPE_CHECKING, Optional

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt

if TYPE_CHECKING:
    from .manager_dialog import ManagerDialog

_dialog: "Optional[ManagerDialog]" = None


def show_models(parent=None, modal: bool = False) -> "ManagerDialog":
    """Show the window, looking anew at what there is. ``modal``: from a window that is so itself. Main thread."""
    global _dialog
    from .manager_dialog import ManagerDialog

    if _dialog is None or sip.isdeleted(_dialog):
        _dialog = ManagerDialog(parent)
    else:
        _dialog.refresh()
    modality = Qt.WindowModality.ApplicationModal if modal else Qt.WindowModality.NonModal
    if _dialog.windowModality() != modality:
        _dialog.hide()  # it counts from the next showing on
        _dialog.setWindowModality(modality)
    _dialog.show()
    _dialog.raise_()
    _dialog.activateWindow()
    return _dialog


def close_models() -> None:
    """Stop what runs in it and take it away. Safe to call without one."""
    global _dialog
    dialog, _dialog = _dialog, None
    if dialog is not None and not sip.isdeleted(dialog):
        dialog.unload()
