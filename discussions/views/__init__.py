"""Doors of discussions: found and read, written in, led. The noun they stand on is found by its host."""
