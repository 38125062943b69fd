"""Questions put to people, bound to the content they show, and the answers given.

A decision is a row. No run waits for it: the next run that needs the answer finds it. An answer
counts only for exactly the content that was shown; if that changed, the question is put again.

Who must answer says the approval matrix, and where it is silent the question itself. Every holder
of the role may answer; one of them owns the question, and is the one who is chased.
"""

from vendorops.books.questions.answering import AlreadyAnswered, Answer, answer, answer_sha256
from vendorops.books.questions.asking import answered, decided, take_effect
from vendorops.books.questions.authority import NotAllowed
from vendorops.books.questions.correcting import TookEffect, correct
from vendorops.books.questions.question import (
    OPEN,
    SUPPLIER_ROLE,
    Question,
    answers,
    those_who_answered,
    waiting,
    who_answered,
)

__all__ = [
    "OPEN",
    "SUPPLIER_ROLE",
    "AlreadyAnswered",
    "Answer",
    "NotAllowed",
    "Question",
    "TookEffect",
    "answer",
    "answer_sha256",
    "answered",
    "answers",
    "correct",
    "decided",
    "take_effect",
    "those_who_answered",
    "waiting",
    "who_answered",
]
