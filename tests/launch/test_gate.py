"""The gate at which the web server waits until everything is prepared."""

from __future__ import annotations

import signal
import subprocess
import sys

from treffpunkt.launch import gate

PASSES = "import sys; from pathlib import Path; from treffpunkt.launch import gate; gate.wait(Path(sys.argv[1]))"
HOLDS = """
import sys, time; from pathlib import Path; from treffpunkt.launch import gate
with gate.shut(Path(sys.argv[1])):
    print("shut", flush=True); time.sleep(600)
"""


def test_gate_is_open_where_nobody_prepares(tmp_path):
    gate.wait(tmp_path)
    with gate.shut(tmp_path):
        pass
    gate.wait(tmp_path)


def test_whoever_comes_waits_until_it_opens(tmp_path):
    with gate.shut(tmp_path):
        waiting = subprocess.Popen([sys.executable, "-c", PASSES, tmp_path])
        try:
            waiting.wait(2)
        except subprocess.TimeoutExpired:
            pass
        else:
            raise AssertionError("nobody waited")
    assert waiting.wait(20) == 0


def test_gate_falls_with_whoever_held_it(tmp_path):
    holding = subprocess.Popen([sys.executable, "-c", HOLDS, tmp_path], stdout=subprocess.PIPE)
    assert holding.stdout is not None
    assert holding.stdout.readline() == b"shut\n"

    holding.send_signal(signal.SIGKILL)
    holding.communicate()

    gate.wait(tmp_path)
