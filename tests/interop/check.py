"""Reads every emitted line with the pydantic model that datamodel-code-generator made of its schema.

usage: check.py SCHEMAS MODELS LINES
"""

import importlib
import json
import pathlib
import sys

import pydantic


def main(schemas: str, models: str, lines: str) -> int:
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
    for line in pathlib.Path(lines).read_text().splitlines():
        event = json.loads(line)
        model = found[f"{event['event']}.v{event['version']}"]
        count += 1
        try:
            model.model_validate_json(line)
        except pydantic.ValidationError as error:
            problems.append(f"{event['event']}: {error}")
        event["nobody_declared_this"] = 1
        try:
            model.model_validate(event)
            problems.append(f"{event['event']}: an undeclared key is accepted")
        except pydantic.ValidationError:
            pass
    print(f"pydantic: {len(found)} models, {count} lines read")
    print("\n".join(problems[:20]), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
