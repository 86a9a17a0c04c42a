"""Doors of working groups: found, read, joined, led."""
