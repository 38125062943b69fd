"""Runs a command in a process of its own, as people do."""

import json
import os
import subprocess
import sys

PROGRAM = [sys.executable, "-m", "vendorops"]


def ran(settings, *words):
    """Run one command as people do: a process of its own, in which Prefect starts."""
    done = subprocess.run(
        [*PROGRAM, *words],
        env=os.environ | settings.environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = {row.get("kind") for row in rows}
    return {kind: [row for row in rows if row.get("kind") == kind] for kind in kinds}
