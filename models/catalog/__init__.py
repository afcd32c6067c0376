"""The models known, their digests and licences."""
