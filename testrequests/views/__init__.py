"""Doors of test requests: written, sent, answered, looked after."""

from testrequests.views.answering import accept_terms, ask_back, carry_out, propose_terms, write
from testrequests.views.keeping import add_file, add_task, finish_task, remove_file, remove_task, reopen_task
from testrequests.views.reading import application, board, detail, history, request_list
from testrequests.views.writing import ask_lab, create, delete, edit, save, save_new, send

__all__ = [
    "accept_terms", "add_file", "add_task", "application", "ask_back", "ask_lab", "board", "carry_out", "create", "delete", "detail",
    "edit", "finish_task", "history", "propose_terms", "remove_file", "remove_task", "reopen_task", "request_list", "save", "save_new",
    "send", "write",
]  # fmt: skip
