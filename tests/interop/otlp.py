"""Sends an event of the example `send` to oteltap, a receiver of OTLP over HTTP that does not know
this project, and looks at the log record that it shows.

usage: otlp.py PROGRAM
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

EXPECTED = {
    "order_id": {"stringValue": "ord_1"},
    "amount_cents": {"intValue": "4999"},
    "risk": {"doubleValue": 0.87},
    "is_final": {"boolValue": True},
    "rules": {"arrayValue": {"values": [{"stringValue": "velocity"}, {"stringValue": "geo"}]}},
    "card_number": {"stringValue": "****4242"},
    "version": {"intValue": "1"},
}


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def received(program: str) -> dict:
    """The log record that the receiver shows of the program's event."""
    port = free_port()
    tap = pathlib.Path(sys.executable).with_name("oteltap")
    with tempfile.TemporaryFile("w+") as out:
        receiver = subprocess.Popen([tap, "--port", str(port)], stdout=out)
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            url = f"http://127.0.0.1:{port}"
            environment = dict(os.environ, OTEL_EXPORTER_OTLP_ENDPOINT=url)
            subprocess.run([program], env=environment, check=True, timeout=60)
            while time.monotonic() < until:
                out.seek(0)
                lines = [line for line in out if line.startswith("{") and line.endswith("}\n")]
                if lines:
                    return json.loads(lines[0])
                time.sleep(0.1)
            sys.exit("otlp: the receiver has shown no record")
        finally:
            receiver.terminate()
            receiver.wait()


def main() -> None:
    log = received(sys.argv[1])
    attributes = {pair["key"]: pair["value"] for pair in log["attributes"]}
    uid = attributes.pop("log.record.uid")["stringValue"]
    for what, is_right in [
        ("event name", log["eventName"] == "payment_process_failed"),
        ("time", int(log["timeUnixNano"]) > 0 and int(log["observedTimeUnixNano"]) > 0),
        ("severity", (log["severityNumber"], log["severityText"]) == (17, "error")),
        ("trace", log["traceId"] == "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("span", log["spanId"] == "00f067aa0ba902b7"),
        ("id", len(uid) == 36),
        ("attributes", attributes == EXPECTED),
    ]:
        if not is_right:
            sys.exit(f"otlp: wrong {what}: {json.dumps(log, indent=1)}")
    print(f"oteltap: {log['eventName']}, {len(attributes)} typed attributes: ok")


main()
