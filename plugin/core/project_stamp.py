"""Which project is open: a number that grows whenever the project is closed or another one is read."""

from qgis.core import QgsProject


class ProjectStamp:
    """Counts the projects this session has seen. Construct on the main thread; :meth:`current` on any thread."""

    _instance = None

    def __init__(self) -> None:
        self._count = 0
        QgsProject.instance().cleared.connect(self._turn)

    @classmethod
    def instance(cls) -> "ProjectStamp":
        """The one counter, listening from its first use on."""
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def _turn(self) -> None:
        self._count += 1

    def current(self) -> int:
        """The number of the open project. A result made under another number belongs to a project that is gone."""
        return self._count
