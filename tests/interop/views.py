"""Reads envelopes with the views of `export sql`, in DuckDB and ClickHouse, and compares the rows.

usage: views.py golden FOLDER
           The views of FOLDER over its `events.ndjson`: the rows are those of `rows.json`, which
           PostgreSQL and SQLite show of the same events.
       views.py sample SCRIPTS LINES
           The views of the reference catalog over generated envelopes: both show equal rows, as
           many as there are lines.
"""

import json
import pathlib
import re
import sys
import tempfile
from decimal import Decimal

import chdb.session
import duckdb


def statements(script: str):
    """The statements of a script. No line within a text ends with `;`, but the last line does."""
    return [part for part in re.split(r";\n", script) if part.strip()]


class DuckDb:
    name = "duckdb"

    def __init__(self, script: str, lines: pathlib.Path):
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        # The folder's path is a text of SQL.
        path = str(lines).replace("'", "''")
        self.connection.execute(f"CREATE VIEW domain_events AS SELECT json AS envelope FROM read_ndjson_objects('{path}')")
        # A second run replaces the views.
        for _ in range(2):
            self.connection.execute(script)

    def views(self):
        found = self.connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE view_name LIKE 'ev\\_%' ESCAPE '\\'")
        return dict(found.fetchall())

    def columns(self, view: str):
        return [row[0] for row in self.connection.execute(f"DESCRIBE {view}").fetchall()]

    def comments(self, view: str):
        found = self.connection.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ?", [view])
        return {name: comment or "" for name, comment in found.fetchall()}

    def rows(self, view: str):
        # As texts: Python's own types would change some values.
        return self.connection.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {view} ORDER BY CAST({view}.event_id AS VARCHAR), {view}.event_version").fetchall()


class ClickHouse:
    name = "clickhouse"

    def __init__(self, script: str, lines: pathlib.Path):
        self.folder = tempfile.TemporaryDirectory()
        self.session = chdb.session.Session(self.folder.name)
        self.session.query("CREATE DATABASE views")
        self.session.query("USE views")
        path = str(lines).replace("\\", "\\\\").replace("'", "\\'")
        self.session.query(f"CREATE VIEW domain_events AS SELECT envelope FROM file('{path}', 'LineAsString', 'envelope String')")
        for _ in range(2):
            for statement in statements(script):
                self.session.query(statement)

    def query(self, query: str):
        # A text may have other line breaks than those between the rows.
        text = str(self.session.query(query, "JSONCompactEachRow"))
        return [json.loads(line) for line in text.split("\n") if line]

    def views(self):
        return dict(self.query("SELECT name, comment FROM system.tables WHERE database = 'views' AND name LIKE 'ev\\\\_%'"))

    def columns(self, view: str):
        return [row[0] for row in self.query(f"SELECT name FROM system.columns WHERE database = 'views' AND table = '{view}' ORDER BY position")]

    def comments(self, view: str):
        return dict(self.query(f"SELECT name, comment FROM system.columns WHERE database = 'views' AND table = '{view}'"))

    def rows(self, view: str):
        # As texts, like DuckDB's.
        names = [json.dumps(name, ensure_ascii=False) for name in self.columns(view)]
        texts = ", ".join(f"toString({view}.{name})" for name in names)
        return self.query(f"SELECT {texts} FROM {view} ORDER BY toString({view}.event_id), {view}.event_version")


def value(kind: str, text):
    """A value in the words of the golden file, from the text that a database shows of it."""
    if text is None:
        return None
    if kind == "boolean":
        return text == "true"
    if kind == "numeric":
        return str(Decimal(text)) if "." not in text else text.rstrip("0").rstrip(".")
    if kind == "double precision":
        return float(text)
    if kind == "timestamp with time zone":
        seconds, _, fraction = text.replace(" ", "T").removesuffix("+00").partition(".")
        return f"{seconds}.{fraction:0<6}Z"
    if kind == "jsonb":
        return json.loads(text)
    return text


def golden(folder: pathlib.Path) -> list:
    problems = []
    expected = json.loads((folder / "rows.json").read_text())
    for database in [DuckDb, ClickHouse]:
        script = (folder / f"{database.name}.sql").read_text()
        found = database(script, folder / "events.ndjson")
        views = found.views()
        if set(views) != set(expected):
            problems.append(f"{database.name} has the views {sorted(views)}")
            continue
        for view, rows in expected.items():
            # A file has no row numbers.
            columns = [column for column in rows["columns"] if column[0] != "seq"]
            if found.columns(view) != [name for name, _ in columns]:
                problems.append(f"{database.name}: {view} has the columns {found.columns(view)}")
                continue
            places = [place for place, column in enumerate(rows["columns"]) if column[0] != "seq"]
            wanted = [[row[place] for place in places] for row in rows["rows"]]
            got = [[value(kind, text) for (_, kind), text in zip(columns, row)] for row in found.rows(view)]
            if len(got) != len(wanted):
                problems.append(f"{database.name}: {view} has {len(got)} rows, not {len(wanted)}")
            for row, other in zip(got, wanted):
                for (name, _), mine, its in zip(columns, row, other):
                    if mine != its:
                        problems.append(f"{database.name}: {view}.{name} is {mine!r}, not {its!r}")
        if not views["ev_parcel_changed_v1"].startswith("A parcel was changed. It's the event that has \"everything\":\n`--`, \\ and /* too."):
            problems.append(f"{database.name}: the comment is {views['ev_parcel_changed_v1']!r}")
        if found.comments("ev_parcel_changed_v1")["note"] != "What the sender says, with 'quotes'.":
            problems.append(f"{database.name}: no comment of a column")
    return problems


def samples(scripts: pathlib.Path, lines: pathlib.Path) -> list:
    databases = [database((scripts / database.name / "events.sql").read_text(), lines) for database in [DuckDb, ClickHouse]]
    problems = []
    count = 0
    for view in databases[0].views():
        columns = databases[0].columns(view)
        # The texts of times and numbers differ: each is compared as what it looks like.
        one, other = ([[plain(text) for text in row] for row in database.rows(view)] for database in databases)
        if view.endswith("_latest"):
            count += len(one)
        if len(one) != len(other):
            problems.append(f"{view}: {len(one)} and {len(other)} rows")
        for row, its in zip(one, other):
            problems += [f"{view}.{name}: {a!r} and {b!r}" for name, a, b in zip(columns, row, its) if a != b]
    written = len(lines.read_text().splitlines())
    if count != written:
        problems.append(f"{count} rows of {written} lines")
    return problems


def plain(text):
    if text is None:
        return None
    time = re.fullmatch(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?(\+00)?", text)
    if time:
        return f"{time[1]} {time[2]}.{(time[3] or '.')[1:].rstrip('0')}"
    try:
        found = json.loads(text, parse_float=float)
    except ValueError:
        found = text
    return float(found) if isinstance(found, str) and re.fullmatch(r"-?\d+(\.\d+)?", found) else found


def main(mode: str, *paths: str) -> int:
    check = {"golden": golden, "sample": samples}[mode]
    problems = check(*(pathlib.Path(path).resolve() for path in paths))
    for problem in problems[:50]:
        print(problem, file=sys.stderr)
    print(f"duckdb, clickhouse, {mode}: {'ok' if not problems else f'{len(problems)} problems'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
