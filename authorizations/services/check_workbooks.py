"""The result of a run as a workbook: every cell is text, so that no spreadsheet makes a number of a code."""

import csv
import io
from typing import BinaryIO

import xlsxwriter

SHEET = "Uitkomst"
WIDTH = 18


def write(result: BinaryIO, outgoing: BinaryIO) -> None:
    """Write the rows of a result (CSV with its mark) as a workbook; memory doesn't grow with the file."""
    book = xlsxwriter.Workbook(outgoing, {"constant_memory": True})
    book.set_properties({"title": SHEET})
    as_text, head = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, WIDTH, as_text)
    sheet.freeze_panes(1, 0)
    lines = io.TextIOWrapper(result, encoding="utf-8-sig", newline="")
    for number, cells in enumerate(csv.reader(lines, delimiter=";")):
        if number == 0:
            sheet.set_column(0, len(cells) - 1, WIDTH, as_text)
        for at, cell in enumerate(cells):
            sheet.write_string(number, at, cell, head if number == 0 else as_text)
    lines.detach()
    book.close()
