"""Masks by pointing: engines that look at a window once and answer every prompt from what they saw."""
