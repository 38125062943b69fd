"""What tests of onboarding share: our company loaded, a sample changed, and every row counted."""

from collections import Counter
from pathlib import Path

from sqlalchemy import func
from sqlmodel import SQLModel, select

from tests.stages.onboarding.sample_papers import SAMPLES
from vendorops.stages import sweep
from vendorops.stages.onboarding import apply, load_company

ATTACHED = SAMPLES / "documents"
STEPS = ("onboarding", "bank_accounts", "contracting", "signing")


def sample(name: str) -> bytes:
    """An application that is shipped."""
    return (SAMPLES / "applications" / f"{name}.yaml").read_bytes()


def changed(name: str, old: str, new: str) -> bytes:
    """A shipped application with one text in place of another."""
    text = sample(name).decode()
    assert old in text
    return text.replace(old, new).encode()


def load(opener, **terms) -> None:
    with opener(actor="system:company", **terms)() as books:
        load_company(books, (SAMPLES / "company.yaml").read_bytes())


def hand_in(opener, data: bytes, folder: Path = ATTACHED, **terms):
    with opener(actor="portal", **terms)() as books:
        return apply(books, data, folder)


def run(opener, stage: str, **terms):
    return sweep(stage, opener(actor=f"system:{stage}", **terms))


def counted(opener) -> Counter[str]:
    """How many rows each table has."""
    with opener()() as books:
        return Counter(
            {
                table.name: books.session.execute(select(func.count()).select_from(table)).scalar()
                for table in SQLModel.metadata.sorted_tables
            }
        )
