"""The company's memory and the only way to it: a unit of work over SQLite or PostgreSQL."""

from vendorops.books.chain import canonical, content_sha256
from vendorops.books.engine import forget_engines
from vendorops.books.ledger import AccountName, Entry, balance, post
from vendorops.books.opening import Opener, Terms, open_books
from vendorops.books.outbox import promise_file
from vendorops.books.questions import Answer, Question, answer, correct, decided, waiting
from vendorops.books.unit import Books, NotInTheBooks, Overtaken, name_of, status_of

__all__ = [
    "AccountName",
    "Answer",
    "Books",
    "Entry",
    "NotInTheBooks",
    "Opener",
    "Overtaken",
    "Question",
    "Terms",
    "answer",
    "balance",
    "canonical",
    "content_sha256",
    "correct",
    "decided",
    "forget_engines",
    "name_of",
    "open_books",
    "post",
    "promise_file",
    "status_of",
    "waiting",
]
