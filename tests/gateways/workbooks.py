"""Makes workbooks and text files, sound ones and such as have been seen to harm readers."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows, name="applications", **cells):
    """A workbook of text; `cells` are put in as given, such as B2=1.5 or B3="=1+1"."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
        for place, value in cells.items():
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(place, value, None, "42")
            else:
                sheet.write(place, value)
    return data.getvalue()


def altered(data, **members):
    """The workbook with members in place of others or besides; `None` leaves one out."""
    made = BytesIO()
    named = {name.replace("__", "/").replace("_DOT_", "."): new for name, new in members.items()}
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in named:
                new.writestr(item, old.read(item))
        for name, content in named.items():
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()


def with_sheet(data, xml):
    return altered(data, **{SHEET.replace("/", "__").replace(".", "_DOT_"): xml})


def sheet_xml(data):
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(SHEET).decode()
