import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.request import Request, urlopen

import pytest

pytestmark = pytest.mark.soak
PATIENCE_SECONDS = 240


def asked(port, path, **body):
    """What the server's API answers."""
    content = json.dumps(body).encode()
    request = Request(
        f"http://127.0.0.1:{port}/api{path}", content, {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server.
        return json.load(answer)


def waited(question):
    """The first answer that is not empty, once the server is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            found = question()
        except OSError:
            found = None
        if found:
            return found
        time.sleep(1)
    raise TimeoutError


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serving_schedules_every_deployment_and_stops_cleanly(home, port, tmp_path, stop):
    log = tmp_path / "serve.log"
    with log.open("w") as out:
        serving = subprocess.Popen(
            [sys.executable, "-m", "vendorops", "serve", "--port", str(port)],
            env=os.environ | home.environment(),
            stdout=out,
            stderr=out,
        )
    runs = waited(
        lambda: asked(
            port, "/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}
        )
    )
    names = {row["name"] for row in asked(port, "/deployments/filter")}
    serving.send_signal(stop)
    ended = serving.wait(60)

    assert len(runs) > 3
    assert names == {"on-demand", "every-five-minutes", "third-working-day", "every-morning"}
    assert ended == 0, log.read_text()
    with pytest.raises(OSError, match="refused"):
        asked(port, "/deployments/filter")
