"""What the engine makes of views: how they are cut, encoded and blended, and the maps of scores that come of it."""
