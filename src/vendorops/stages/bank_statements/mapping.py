"""The form in which people say what the columns of a bank's table mean, as YAML."""

from typing import Annotated

from pydantic import Field

from vendorops.books import Books
from vendorops.documents.forms import Form, Words, read_form
from vendorops.domain.bank_layout import BankLayout
from vendorops.paying.bank_layouts import save
from vendorops.tables import BankAccount, BankTableLayout


class ColumnForm(Form):
    """One column."""

    heading: str
    means: str


class MappingForm(Form):
    """What the columns of a table of one of our accounts mean."""

    account: Words
    decimal: str = ""
    date_order: str = ""
    columns: Annotated[tuple[ColumnForm, ...], Field(min_length=1, max_length=100)]


def save_mapping(books: Books, data: bytes) -> BankTableLayout:
    """Keep a filled-in mapping. Raises BadForm and BadLayout."""
    form = read_form(data, MappingForm, "mapping")
    currency = books.named(BankAccount, form.account).currency
    columns = tuple((each.heading, each.means) for each in form.columns)
    return save(books, BankLayout(form.account, currency, columns, form.decimal, form.date_order))
