"""Reads every emitted record, a flat line or an envelope, with the pydantic model that datamodel-code-generator made of its schema.

usage: check.py SCHEMAS MODELS RECORDS
"""

import importlib
import json
import pathlib
import sys

import pydantic


def strangers(event: dict):
    """The record with a key that nobody declared: beside its own, and in each object of an envelope."""
    yield event | {"nobody_declared_this": 1}
    for key in ["actor", "entity", "context", "payload"] if "event_type" in event else ["actor"]:
        if key in event:
            yield event | {key: event[key] | {"nobody_declared_this": 1}}


def main(schemas: str, models: str, records: str) -> int:
    folder = pathlib.Path(models)
    sys.path.insert(0, str(folder.parent))
    found = {}
    for path in sorted(pathlib.Path(schemas).glob("*.v*.json")):
        schema = json.loads(path.read_text())
        # The generator writes dots in file names as underscores.
        module = importlib.import_module(f"{folder.name}.{path.stem.replace('.', '_')}")
        found[path.stem] = getattr(module, schema["title"])
    problems = []
    count = 0
    for line in pathlib.Path(records).read_text().splitlines():
        event = json.loads(line)
        # Both spellings of a name are the name of its file.
        name = (event.get("event") or event["event_type"]).replace(".", "_")
        model = found[f"{name}.v{event.get('version') or event['event_version']}"]
        count += 1
        try:
            model.model_validate_json(line)
        except pydantic.ValidationError as error:
            problems.append(f"{name}: {error}")
        for stranger in strangers(event):
            try:
                model.model_validate(stranger)
                problems.append(f"{name}: an undeclared key is accepted")
            except pydantic.ValidationError as error:
                # A payload without fields becomes a dictionary of no items.
                if [found["type"] for found in error.errors()] not in [["extra_forbidden"], ["too_long"]]:
                    problems.append(f"{name}: refused for another reason than the undeclared key: {error}")
    print(f"pydantic: {len(found)} models, {count} records read")
    print("\n".join(problems[:20]), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
