"""What tests of screening share: lists that compliance loads, and what it says of the hits."""

from sqlmodel import col, select

from tests import make
from tests.stages.onboarding.applying import run
from vendorops.screening import load_watchlist
from vendorops.tables import Review, Watchlist

HEAD = "id,schema,name,aliases,birth_date,countries,program_ids\n"
BOREALIS = "W-1,Company,Borealis Marine Trading FZE,Boreal Marine,,ae,SHIP\n"
VERESOV = "W-2,Person,Anatol Veresov,Анатоль Вересов,1961-07,by,PEP\n"


def listed(opener, *rows: str, name: str = "own", **given) -> Watchlist:
    with opener(actor="gu.compliance", **given)() as books:
        return load_watchlist(books, (HEAD + "".join(rows)).encode(), name)


def reviews(opener) -> list[Review]:
    with opener()() as books:
        return list(books.session.exec(select(Review).order_by(col(Review.id))))


def settle(opener, says: str) -> None:
    run(opener, "reviews")
    make.reply(opener, "review", "gu.compliance", says)
    run(opener, "reviews")
