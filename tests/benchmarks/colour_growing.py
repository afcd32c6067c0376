"""The plainest mask engine there is, to compare others with: what hangs together with a click and has its colour."""

import numpy as np

from terralogue.models.masks.engine import Embedding, Proposal
from terralogue.models.pointing import together


class ColourGrowing:
    """A pixel belongs if its colour lies within ``reach`` (0..1, Euclidean over RGB) of a click inside, nearer than of any
    click outside, and it hangs together with a click inside. ``smooth``: side of the mean that is taken first.
    """

    name, digest, side = "colour growing", "none", 256

    def __init__(self, reach=0.15, smooth=5):
        self.reach, self.smooth = reach, smooth

    def encode(self, rgb, gsd=None, cancel=None):
        half = self.smooth // 2
        padded = np.pad(rgb, ((0, 0), (half, half), (half, half)), mode="edge").astype(np.float64)
        sums = np.pad(padded, ((0, 0), (1, 0), (1, 0))).cumsum(1).cumsum(2)
        n = self.smooth
        mean = (sums[:, n:, n:] - sums[:, :-n, n:] - sums[:, n:, :-n] + sums[:, :-n, :-n]) / n**2
        return Embedding({"colours": mean.astype(np.float32)}, rgb.shape[1:])

    def decode(self, seen, prompt, cancel=None):
        colours = seen.arrays["colours"]

        def gap(places):
            gaps = [np.sqrt(((colours - colours[:, int(y), int(x), None, None]) ** 2).sum(0)) for x, y in places]
            return np.min(gaps, axis=0) if gaps else np.full(seen.shape, np.inf, np.float32)

        if not prompt.inside:
            return []
        near, far = gap(prompt.inside), gap(prompt.outside)
        mask = together((near <= self.reach) & (near < far), prompt.inside)
        return [Proposal(mask.astype(np.float32), 1.0)] if mask.any() else []
