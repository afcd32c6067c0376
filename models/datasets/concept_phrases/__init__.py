"""What concepts are called, in many wordings, and words that name no concept; split so that tests use unseen wordings."""

from .wordings import CONCEPTS, names_of, negatives, phrases, said

__all__ = ["CONCEPTS", "names_of", "negatives", "phrases", "said"]
