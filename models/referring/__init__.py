"""Phrases that pick single things out of what was found: read from words, then chosen among candidates.

Propose, then select (GeoPix, arXiv 2501.06828, section III; NANO 5): everything of the class is proposed by the model, the
phrase only chooses. So a phrase that fits nothing gives nothing, however well its class is seen.
"""
