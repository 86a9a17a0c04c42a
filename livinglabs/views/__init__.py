"""The doors of living labs and their offers."""
