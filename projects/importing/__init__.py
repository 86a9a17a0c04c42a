"""Bringing projects in from files of other people: CSV, XLSX, JSON Lines. docs/import.md describes the columns.

A row goes through four hands: `reading` turns a file into cells by column, `rows` turns cells into a `ProjectRow` or
says by column what is wrong, `matching` finds the organisations that are meant, `writing` brings the rows into the
database in one transaction.
"""
