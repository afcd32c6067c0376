"""The folder of a data set: filled under another name beside it, and there as a whole or not at all."""

import os
import shutil
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from qgis.core import QgsProcessingException

from ..core.messages import short_name, tr


class TrainingFolder:
    """``path``: where the data set will be. Raises QgsProcessingException if there is something already."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        name = short_name(self.path.name)
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise QgsProcessingException(tr("{name} is not an empty folder. Choose an empty or a new one.").format(name=name))

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A folder to fill, which takes its place at the end of the block; after an error nothing of it is left."""
        draft = self.path.with_name(f".{self.path.name}-{uuid.uuid4().hex[:8]}")
        try:
            try:
                draft.mkdir(parents=True)
                yield draft
                if self.path.exists():
                    self.path.rmdir()
                os.replace(draft, self.path)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        except OSError as error:
            name = short_name(self.path.name)
            raise QgsProcessingException(
                tr("{name} could not be written. Free some space or choose another folder.").format(name=name)
            ) from error
