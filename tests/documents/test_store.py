"""Files are kept whole under their hash, and damage does not pass for the original."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vendorops.documents import (
    DocumentDamaged,
    DocumentMissing,
    DocumentStore,
    StoreUnavailableError,
)

FULL_DISK = """
import resource, sys
from pathlib import Path
from vendorops.documents import DocumentStore, StoreUnavailableError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    DocumentStore(Path(sys.argv[1])).put(b"x" * 5000, ".pdf")
except StoreUnavailableError as error:
    print(error)
"""


@pytest.fixture
def store(tmp_path):
    return DocumentStore(tmp_path / "documents")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(data=st.binary(max_size=2000))
def test_what_is_put_comes_back_under_its_hash(store, data):
    stored = store.put(data, ".pdf")

    assert stored.sha256 == sha256(data).hexdigest()
    assert stored.size == len(data)
    assert stored.path.name == f"{stored.sha256}.pdf"
    assert stored.path.parent == store.root / stored.sha256[:2] / stored.sha256[2:4]
    assert store.get(stored.sha256) == data


def test_putting_the_same_bytes_twice_keeps_one_file(store):
    first = store.put(b"contract", ".pdf")
    written = first.path.stat()

    second = store.put(b"contract", ".bin")

    assert second == first
    assert second.path.stat() == written
    assert [path for path in store.root.rglob("*") if path.is_file()] == [first.path]


def test_many_writers_of_one_file_leave_one_whole_file(store):
    data = b"evidence" * 50_000

    with ThreadPoolExecutor(8) as pool:
        stored = set(pool.map(lambda _: store.put(data, ".pdf"), range(24)))

    assert len(stored) == 1
    assert [path.name for path in store.root.rglob("*") if path.is_file()] == [
        f"{sha256(data).hexdigest()}.pdf"
    ]


def test_a_damaged_file_is_refused_and_repaired_by_putting_it_again(store):
    stored = store.put(b"pay 100", ".txt")
    stored.path.write_bytes(b"pay 900")

    with pytest.raises(DocumentDamaged, match="restore it from a backup"):
        store.get(stored.sha256)
    store.put(b"pay 100", ".txt")

    assert store.get(stored.sha256) == b"pay 100"


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", "*", "A" * 64])
def test_what_is_not_in_the_store_is_refused(store, digest):
    store.put(b"something", ".txt")

    with pytest.raises(DocumentMissing):
        store.get(digest)
    with pytest.raises(DocumentMissing):
        store.path(digest)


@pytest.mark.parametrize("suffix", ["/../x", ".p/f", "pdf", ".PDF", "..", ".tar.gz", ".\n"])
def test_a_display_name_never_becomes_part_of_a_path(store, suffix):
    with pytest.raises(ValueError, match="suffix"):
        store.put(b"x", suffix)

    assert not store.root.exists()


def test_a_full_disk_is_told_and_leaves_nothing_behind(store):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(store.root)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "cannot keep a file of 5000 bytes (File too large); free space" in done.stdout
    assert not [path for path in store.root.rglob("*") if path.is_file()]


def test_a_root_that_is_no_folder_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")

    with pytest.raises(StoreUnavailableError, match="cannot keep a file of 1 bytes"):
        DocumentStore(blocked).put(b"x", ".txt")


def test_only_the_owner_may_read_a_stored_file(store):
    assert stat.S_IMODE(store.put(b"secret", ".txt").path.stat().st_mode) == 0o600
