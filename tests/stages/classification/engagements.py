"""Engagements that people classify, and where that stands."""

from tests import make
from tests.make.classification import DISGUISED, answers_of
from vendorops.stages import sweep
from vendorops.tables import ClassificationDecision
from vendorops.working.classified import NotClassified, refuse_unclassified
from vendorops.working.classifying import Stated, appeal, classify


def stated(opener, contract, yes=frozenset(), actor="lin.buyer", as_of=make.AS_OF):
    with opener(actor=actor, as_of=as_of)() as books:
        what = Stated(contract, "false_outsourcing", answers_of(yes=yes))
        return classify(books, what).reference


def row(opener, reference):
    with opener()() as books:
        return books.named(ClassificationDecision, reference)


def state(opener, reference):
    found = row(opener, reference)
    return (found.status, found.outcome)


def held(opener, contract):
    reference = stated(opener, contract, DISGUISED)
    sweep("classification", opener())
    return reference


def refusal(opener, contract, *orders):
    with opener()() as books:
        try:
            refuse_unclassified(books, contract, *orders)
        except NotClassified as refused:
            return str(refused)
    return None


def contested(opener, reference, actor="lin.buyer", reason="the manager is on site since May"):
    with opener(actor=actor)() as books:
        appeal(books, books.named(ClassificationDecision, reference), reason)
    sweep("classification", opener())
