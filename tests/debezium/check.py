"""Debezium publishes the outbox by the configuration of docs/debezium.md alone.

usage: check.py PYTHON START_SERVERS OUT

The table has 50 events when Debezium starts. Then three writers commit 1,000 more, with rollbacks
in between, while old events are purged and Debezium is killed once. Each of the 1,050 has to arrive
with its bytes, its key and its headers, in order for each entity; no event that was rolled back,
and no purge. At last a row is changed without the trigger: that has to stop the connector.
"""

import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT, STREAMED, WRITERS = 50, 1_000, 3
COLUMNS = (
    "event_id, event_type, event_version, entity_type, entity_id, occurred_at, recorded_at, envelope"
)
PURGE = (
    "DELETE FROM domain_events WHERE seq IN (SELECT seq FROM domain_events ORDER BY seq {})"
)


def blocks(language):
    """The blocks of code of the page, in a language."""
    page = (ROOT / "docs/debezium.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


class Database:
    def __init__(self, programs, url):
        self.psql, self.url = programs, url
        self.port = re.search(r":(\d+)/", url)[1]

    def run(self, statements, name="shop"):
        """Runs statements, each in a transaction of its own unless they say otherwise."""
        command = [self.psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        command.append(self.url.removesuffix("/postgres") + "/" + name)
        return subprocess.run(command, input=statements, capture_output=True, text=True)

    def do(self, statements, name="shop"):
        result = self.run(statements, name)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()


def event(entity, number):
    """An event: its id, and its statement. The text of the envelope is no normal form of JSON."""
    id = str(uuid.uuid4())
    envelope = f'{{"n" :{number}, "b": 1.50,"a":1e400, "t":"é\\u00e9 it\'\'s", "n": {number}}}'
    key = "'order', '" + entity + "'" if entity else "NULL, NULL"
    row = f"'{id}', 'order.payment.submitted', 1, {key}, now(), now(), '{envelope}'"
    statement = f"INSERT INTO domain_events ({COLUMNS}) VALUES ({row});\n"
    return id, (entity, envelope.replace("''", "'")), statement


def write(database, writer, count, committed):
    """Commits `count` events in transactions of 1 to 4, and rolls back every fifth transaction."""
    script, number, turn = [], 0, 0
    while number < count:
        turn += 1
        rolled_back = turn % 5 == 0
        script.append("BEGIN;\n")
        for _ in range(min(1 + turn % 4, count - number)):
            # Every tenth event has no entity.
            entity = None if number % 10 == 9 else f"{writer}-{number % 7}"
            id, expected, statement = event(entity, number)
            script.append(statement)
            if not rolled_back:
                committed[id] = expected
                number += 1
        script.append("ROLLBACK;\n" if rolled_back else "COMMIT;\n")
        script.append("SELECT FROM pg_sleep(0.003);\n")
    database.do("".join(script))


class Engine:
    """Debezium as a process."""

    def __init__(self, command, log):
        self.records, self.log = queue.Queue(), log
        with log.open("ab") as file:
            # Its configuration of logging writes into the current directory, too.
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=file, cwd=log.parent
            )
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            # A process that is killed may leave a part of a line.
            if line.endswith(b"\n"):
                self.records.put(json.loads(line))

    def take(self, got, until, limit=120):
        """Takes events into `got` until there are so many different ones."""
        end = time.monotonic() + limit
        while len({record["headers"]["ce_id"] for record in got}) < until:
            try:
                record = self.records.get(timeout=1)
            except queue.Empty:
                ended = self.process.poll() is not None
                if ended or time.monotonic() > end:
                    what = "Debezium has ended" if ended else f"not within {limit} s"
                    sys.exit(f"error: {len(got)} of {until} events: {what}; see {self.log}")
                continue
            if not record["topic"].startswith("__debezium-heartbeat."):
                got.append(record)

    def kill(self):
        self.process.kill()
        self.process.wait()


def prepare(database):
    """The tables, the statements of the page, and 50 rows that are not in order on disk.

    Returns what is in the table, in the order of `seq`.
    """
    database.do("CREATE DATABASE shop", "postgres")
    steps = sorted((ROOT / "delivery/event-outbox/src/sql/postgres").glob("[0-9]*.sql"))
    assert steps, "the migration of event-outbox was found"
    for statements in [step.read_text() for step in steps] + blocks("sql"):
        database.do(statements)
    write(database, "old", 80, {})
    database.do(PURGE.format("DESC OFFSET 40"))
    database.do("VACUUM domain_events")
    write(database, "old", 10, {})
    rows = database.do("SELECT event_id, entity_id, envelope FROM domain_events ORDER BY seq")
    rows = (row.split("|") for row in rows.splitlines())
    committed = {id: (entity or None, text) for id, entity, text in rows}
    assert len(committed) == SNAPSHOT, len(committed)
    orders = "SELECT array_agg(seq ORDER BY ctid) = array_agg(seq ORDER BY seq) FROM domain_events"
    assert database.do(orders) == "f", "the rows are not in order on disk"
    return committed


def judge(database, committed, order, got):
    """Compares what arrived with what was committed. Returns how many arrived again."""
    first = {}
    for record in got:
        first.setdefault(record["headers"]["ce_id"], record)
    unknown = first.keys() - committed.keys()
    assert not unknown, f"{len(unknown)} events arrived that were rolled back"
    missing = committed.keys() - first.keys()
    assert not missing, f"{len(missing)} events are lost"
    for id, record in first.items():
        entity, envelope = committed[id]
        assert (record["key"], record["value"]) == (entity, envelope), record
        assert record["topic"] == "events.shop", record
        headers = record["headers"]
        expected = {
            "ce_specversion": "1.0",
            "ce_source": "/shop",
            "ce_type": "order.payment.submitted",
            "content-type": "application/json",
            "event_version": "1",
            "id": id,
        }
        assert {name: headers[name] for name in expected} == expected, headers
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", headers["ce_time"]), headers
        assert headers.keys() == expected.keys() | {"ce_id", "ce_time", "seq"}, headers
    for entity in {entity for entity, _ in committed.values() if entity}:
        arrived = [id for id, record in first.items() if record["key"] == entity]
        assert arrived == [id for id in order if committed[id][0] == entity], f"order of {entity}"
    return len(got) - len(first)


def check(python, database, out):
    committed = prepare(database)
    order = list(committed)
    text = blocks("properties")[0]
    own = {"hostname": "127.0.0.1", "port": database.port, "password": "any"}
    for name, value in own.items():
        text, count = re.subn(rf"(?m)^database\.{name}=.*$", f"database.{name}={value}", text)
        assert count == 1, name
    (out / "outbox.properties").write_text(text)
    program = Path(__file__).with_name("engine.py")
    command = [python, program, out / "outbox.properties", out / "offsets"]
    engine, got, start = Engine(command, out / "log"), [], time.monotonic()
    engine.take(got, SNAPSHOT)
    took = time.monotonic() - start
    print(f"snapshot: {len(got)} of {SNAPSHOT} events, {took:.1f} s after the start")

    share = [STREAMED // WRITERS + (writer < STREAMED % WRITERS) for writer in range(WRITERS)]
    arguments = [(database, f"w{writer}", count, committed) for writer, count in enumerate(share)]
    threads = [threading.Thread(target=write, args=argument) for argument in arguments]
    for thread in threads:
        thread.start()
    engine.take(got, SNAPSHOT + STREAMED // 3)
    engine.kill()
    before = len(got)
    database.do(PURGE.format("LIMIT 40"))
    restart = time.monotonic()
    engine = Engine(command, out / "log")
    engine.take(got, SNAPSHOT + STREAMED)
    took = time.monotonic() - restart
    for thread in threads:
        thread.join()
    assert len(committed) == SNAPSHOT + STREAMED, len(committed)
    rows = database.do("SELECT event_id FROM domain_events ORDER BY seq").splitlines()
    order = order + [id for id in rows if id not in set(order)]
    again = judge(database, committed, order, got)
    print(f"killed after {before}; then {len(got) - before} more, {took:.1f} s after the start")
    print(f"{len(committed)} of {len(committed)} events, {again} of them again, 0 lost, 0 changed")

    refused = database.run("UPDATE domain_events SET event_version = 2")
    assert "append-only" in refused.stderr, refused
    database.do(
        "ALTER TABLE domain_events DISABLE TRIGGER USER;"
        "UPDATE domain_events SET event_version = 2"
    )
    engine.process.wait(timeout=60)
    assert "Unexpected update message received" in (out / "log").read_text(errors="replace")
    print("an UPDATE: refused by the table; without its trigger, it stops the connector")


def main(python, start_servers, out):
    servers = subprocess.Popen(
        [start_servers, "postgres:wal_level=logical"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        words = servers.stdout.readline().split()
        if not words:
            sys.exit("error: PostgreSQL did not start")
        check(python, Database(os.environ.get("PSQL", "psql"), words[1]), Path(out))
    finally:
        servers.stdin.close()
        servers.wait()


main(*sys.argv[1:])
