"""Makes the helpers beside the tests of mask engines importable."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path += [str(HERE), str(HERE.parent / "words"), str(HERE.parent / "tuned")]
