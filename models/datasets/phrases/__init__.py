"""Banks of wordings, split so that what is tested on was never trained on."""

from .bank import PARTS, fillings, tasks, wordings

__all__ = ["PARTS", "fillings", "tasks", "wordings"]
