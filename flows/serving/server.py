"""Starts Prefect's server on this machine alone, and ends it again.

Nothing here imports Prefect: its client reads once, when imported, where the server is.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from flows import prepare
from vendorops.domain.refusal import Refused

HOST = "127.0.0.1"
STARTING_SECONDS = 180
"""A new database takes a while on a busy machine."""
ENDING_SECONDS = 20
PAUSE_SECONDS = 0.2


class PortTaken(Refused):
    """Something else listens where the server should."""


class ServerDown(Refused):
    """The server ended, or did not answer in time."""


@contextmanager
def server(home: Path, port: int) -> Iterator[str]:
    """Run a server that keeps its own records in `home`, and lend its address.

    Whatever imports Prefect afterwards, in this process or in one it starts, uses this server.
    """
    _check_free(port)
    prepare(home)
    os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"
    command = ["-m", "flows.serving.process", "--host", HOST, "--port", str(port)]
    # In a session of its own, so that Ctrl-C reaches the flows first and the server last.
    running = subprocess.Popen([sys.executable, *command], start_new_session=True)  # noqa: S603 - our own words only.
    try:
        _await_answer(running, port)
        yield f"http://{HOST}:{port}"
    finally:
        _end(running)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortTaken(
                f"port {port} is in use on this machine; stop what listens there, or give --port"
            ) from None


def _await_answer(running: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not _answers(port):
        if running.poll() is not None or time.monotonic() > deadline:
            raise ServerDown(
                f"the Prefect server ended, or took more than {STARTING_SECONDS} seconds to "
                "start; its own words are above"
            )
        time.sleep(PAUSE_SECONDS)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200  # noqa: PLR2004 - HTTP's own word for yes.
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and end whatever is left of its session."""
    running.send_signal(signal.SIGINT)
    try:
        running.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
