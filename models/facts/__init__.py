"""Measured truths of a view or a pair of dates: pure functions from scores on a grid to JSON-able facts.

Every figure is computed from the same runs of pixels that become the polygons of the answer, so that whoever reads the
layer finds the same numbers. Schema: docs/facts.schema.json.
"""

#: Version of the facts' JSON layout; raised when a key changes its meaning or goes away.
SCHEMA = 1
