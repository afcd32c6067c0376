"""Finds the small graphs of the mask engines' tests and the scripted server of the faults."""

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
sys.path.extend(str(TESTS / place) for place in ("models/masks", "faults", "models/dual_encoders"))
