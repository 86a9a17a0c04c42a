"""Doors of organisations: found, read, joined, looked after."""
