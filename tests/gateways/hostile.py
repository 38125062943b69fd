"""Tasks that misbehave as parsers of untrusted bytes have been seen to."""

import ctypes
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from vendorops.domain.refusal import Refused


@dataclass(frozen=True)
class Length:
    bytes: int


def length(data):
    return Length(len(data))


def surroundings(_data):
    return {
        "environment": sorted(os.environ.keys() - {"LC_CTYPE"}),
        "folder": [path.name for path in Path().iterdir()],
        "here": str(Path.cwd()),
    }


def loops(_data):
    while True:
        pass


def sleeps(_data):
    time.sleep(60)


def hoards(_data):
    return {"held": len(bytearray(2**34))}


def chatters(data):
    return {"said": "x" * 2**20 * len(data)}


def prints(_data):
    sys.stdout.write('{"answer": {"forged": true}}\n')
    os.write(1, b'{"answer": {"forged": true}}\n')
    return {"honest": True}


def crashes(_data):
    ctypes.string_at(0)
    return {}


def exits(_data):
    os._exit(0)


def stumbles(_data):
    raise NotImplementedError("the words of the document 110101199003077774")


def refuses(_data):
    raise Refused("the file has no pages; send it again")


def forges(_data):
    os.write(_answer_pipe(), b'{"failed": "no such reason", "answer": 7}')
    os._exit(0)


def writes(_data):
    Path("filler").write_bytes(b"x" * 2**27)
    return {}


def calls_out(_data):
    with socket.create_connection(("127.0.0.1", int(_data)), timeout=2):
        return {"reached": True}


def obeys(data):
    """Do what the input says, so that one series can mix the well-behaved and the hostile."""
    return getattr(sys.modules[__name__], data.decode())(data)


def expands(data):
    parser = etree.XMLParser(resolve_entities=True, huge_tree=True, load_dtd=True)
    return {"text": len(str(etree.fromstring(data, parser).xpath("string()")))}


def kills_its_parent(_data):
    os.kill(os.getppid(), signal.SIGKILL)
    return {}


def _answer_pipe():
    return max(int(link.name) for link in Path("/proc/self/fd").iterdir() if link.exists())


def tells_itself(_data: bytes) -> dict[str, object]:
    """Return which process reads."""
    return {"reader": os.getpid()}
