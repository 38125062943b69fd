"""What the clauses say they cover they do cover, and it is what published agreements cover."""

import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.documents.contract_facts import TEMPLATES

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "contracts"
TOPICS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "clause_topics.yaml").read_text("utf-8")
)
CONTRACTS = sorted(
    path.relative_to(TEMPLATES).parent.as_posix()
    for path in TEMPLATES.glob("*/*/*.typ")
    if "clauses" not in path.relative_to(TEMPLATES).parts
)
CLAUSES = sorted(
    path for path in TEMPLATES.glob("clauses/*/*/*.typ") if path.parent.name != "prelude"
)
SOURCES = [path for path in sorted(TEMPLATES.rglob("*.typ")) if path.parent.name != "prelude"]
TAGGED = [path for path in SOURCES if path.read_text("utf-8").startswith("// covers:")]
COMPARED = sorted(
    contract for contract in CONTRACTS if contract.partition("/")[0] in TOPICS["comparable"]
)
ENOUGH = 0.95
RUN = 9
"""So many words in the same order are no accident."""
beside = pytest.mark.skipif(
    not CORPUS.exists(), reason="the collection of contracts is not beside this checkout"
)


def named(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def newest(folder: Path) -> Path:
    return max(folder.glob("*.typ"))


def covers(source: str) -> list[str]:
    first = source.partition("\n")[0]
    if not first.startswith("// covers:"):
        return []
    return [tag.strip() for tag in first.removeprefix("// covers:").split(",")]


def spoken(source: str, language: str) -> list[str]:
    """Return every passage in one language: what stands in the brackets of `zh: [..]`."""
    plain = re.sub(r"<%.*?%>", " ", source, flags=re.DOTALL)
    found = []
    for start in (match.end() for match in re.finditer(rf"\b{language}: \[", plain)):
        at, open_brackets = start, 1
        while open_brackets:
            open_brackets += {"[": 1, "]": -1}.get(plain[at], 0)
            at += 1
        found.append(" ".join(plain[start : at - 1].split()))
    return found


def tags_of(contract: str) -> set[str]:
    """Collect the tags of a contract's own text and of the clauses it includes."""
    source = newest(TEMPLATES / contract).read_text("utf-8")
    place, found = contract.partition("/")[2], set(covers(source))
    for name in re.findall(r'include "([\w-]+)"', source):
        places = [TEMPLATES / "clauses" / where / name for where in (place, "all")]
        folder = next(folder for folder in places if folder.is_dir())
        found |= set(covers(newest(folder).read_text("utf-8")))
    return found


@dataclass
class Coverage:
    covered: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    @property
    def share(self) -> float:
        return len(self.covered) / len(self.covered | self.missing)


@cache
def published() -> dict[str, list[str]]:
    known: dict[str, list[str]] = json.loads((CORPUS / "clauses.json").read_text("utf-8"))
    return {name: [it.removeprefix("[cover] ") for it in titles] for name, titles in known.items()}


def coverage(contract: str) -> Coverage:
    tags, result = tags_of(contract), Coverage()
    documents = TOPICS["comparable"][contract.partition("/")[0]]
    titles = {title for name in documents for title in published()[name]} - set(TOPICS["noise"])
    for title in titles:
        wanted = TOPICS["titles"].get(title)
        if title in TOPICS["foreign"]:
            result.foreign.add(title)
        elif wanted is None:
            result.unknown.add(title)
        else:
            (result.covered if set(wanted) <= tags else result.missing).add(title)
    return result


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("path", CLAUSES, ids=named)
def test_every_clause_lists_topics_that_the_vocabulary_knows(path):
    tags = covers(path.read_text("utf-8"))

    assert tags, "start it with: // covers: <tags of tests/conformance/clause_topics.yaml>"
    assert set(tags) <= set(TOPICS["tags"])
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("path", TAGGED, ids=named)
def test_the_key_words_of_every_topic_stand_in_the_english_text(path):
    source = path.read_text("utf-8")
    english = " ".join(spoken(source, "en")).lower()

    untrue = [
        (tag, words)
        for tag in covers(source)
        for words in TOPICS["tags"][tag]
        if not any(word.lower() in english for word in words.split("|"))
    ]

    assert not untrue


def test_every_topic_and_every_wanted_tag_is_claimed_by_some_text():
    claimed = {tag for path in TAGGED for tag in covers(path.read_text("utf-8"))}
    wanted = {tag for tags in TOPICS["titles"].values() for tag in tags}

    assert set(TOPICS["tags"]) == claimed
    assert wanted <= claimed


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_both_languages_say_the_same_facts_in_every_clause(path):
    source = path.read_text("utf-8")
    chinese, english = spoken(source, "zh"), spoken(source, "en")

    assert len(chinese) == len(english)
    for zh, en in zip(chinese, english, strict=True):
        facts = [sorted(set(re.findall(r"data\.(\w+)", text))) for text in (zh, en)]
        assert facts[0] == facts[1], en
        assert re.search(r"[\u4e00-\u9fff]", zh), en
        assert len(re.findall(r"\uff08\d\uff09", zh)) == len(re.findall(r"\(\d\) ", en)), en


@pytest.mark.parametrize("wanted", TOPICS["dispatch"], ids=lambda it: it["content"])
def test_the_dispatch_agreement_settles_all_that_the_law_demands(wanted):
    assert set(wanted["tags"]) <= tags_of("staffing/cn"), wanted["law"]


@beside
@pytest.mark.parametrize("contract", COMPARED)
def test_our_contracts_cover_what_published_ones_of_their_kind_cover(contract):
    found = coverage(contract)

    print(  # noqa: T201 - the report, seen with `pytest -s`
        f"\n{contract}: {found.share:.1%} of {len(found.covered | found.missing)} topics;"
        f" missing {sorted(found.missing) or 'none'};"
        f" left out { ({it: TOPICS['foreign'][it] for it in sorted(found.foreign)}) }"
    )
    assert not found.unknown, "say in clause_topics.yaml what these titles are"
    assert found.missing <= set(TOPICS["missing"])
    assert found.share >= ENOUGH


@beside
def test_a_clause_that_went_missing_would_show_in_the_coverage(monkeypatch):
    whole = tags_of("bpo/cn")
    monkeypatch.setitem(globals(), "tags_of", lambda _: whole - {"confidentiality", "survival"})

    found = coverage("bpo/cn")

    assert {"Confidentiality", "Survival"} <= found.missing


@beside
def test_no_sentence_is_taken_from_a_published_agreement():
    ours = set().union(*(runs(" ".join(spoken(it.read_text("utf-8"), "en"))) for it in SOURCES))

    for path in CORPUS.rglob("template.docx"):
        body = zipfile.ZipFile(path).read("word/document.xml").decode()
        assert not ours & runs(re.sub(r"<[^>]+>", "", body)), path
