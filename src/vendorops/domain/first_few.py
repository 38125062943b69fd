"""Names the first few of many in a sentence, and tells how many more there are."""

from collections.abc import Sequence


def first_few(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Return so many names at most, and how many more there are.

    >>> first_few(["a", "b", "c"], 2), first_few(["a", "b"], 2)
    ('a, b and 1 more', 'a, b')
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return between.join(names[:most]) + more


def first_few_are(names: Sequence[str], most: int) -> str:
    """Return the same with the verb.

    >>> first_few_are(["a"], 2), first_few_are(["a", "b", "c"], 2)
    ('a is', 'a, b and 1 more are')
    """
    return f"{first_few(names, most)} {'is' if len(names) == 1 else 'are'}"
