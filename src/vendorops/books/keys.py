"""Mints 64-bit keys that rise with time."""

import os
from datetime import UTC, datetime
from threading import Lock

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_NODE_BITS = 12
_COUNT_BITS = 10


class Mint:
    """41 bits of milliseconds since 2024, 12 bits of this process, 10 bits of a counter.

    Keys of one process always rise, even when the clock stands still or jumps back. Those of
    several do once each has seen the end of the history, which whoever locks the log has.
    """

    def __init__(self) -> None:
        self._node = int.from_bytes(os.urandom(2)) >> (16 - _NODE_BITS)
        self._process = os.getpid()
        self._last = 0
        self._lock = Lock()

    def next(self, now: datetime) -> int:
        """Return a key larger than every key this process minted before."""
        return self.block(1, now)

    def block(self, count: int, now: datetime) -> int:
        """Return the first of `count` keys in a row, for rows that a database numbers itself.

        A block of millions reaches into the next milliseconds of other processes; whoever
        takes one must hold the log's lock, so that no other process mints for that table.
        """
        with self._lock:
            if self._process != os.getpid():  # A forked child must not mint its parent's keys.
                self._process = os.getpid()
                self._node = int.from_bytes(os.urandom(2)) >> (16 - _NODE_BITS)
            milliseconds = int((now - _EPOCH).total_seconds() * 1000)
            first = max(self._last + 1, self._floor(milliseconds))
            self._last = first + count - 1
            return first

    def _floor(self, milliseconds: int) -> int:
        return ((milliseconds << _NODE_BITS) | self._node) << _COUNT_BITS

    def see(self, key: int) -> None:
        """Mint nothing below a key that another process minted, nor what it minted after that.

        Its later keys are of the same millisecond, even where its clock is ahead of ours.
        """
        with self._lock:
            if key > self._last:
                millisecond = (key >> (_NODE_BITS + _COUNT_BITS)) + 1
                self._last = self._floor(millisecond) - 1


MINT = Mint()
