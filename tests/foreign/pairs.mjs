// Writes, for each declared kind, the published schema beside what our reader accepts, for `compat`: whatever the one allows, the other has to read.
// usage: node pairs.mjs LIST SCHEMAS PAIRS: writes PAIRS/KIND.old.json and PAIRS/KIND.new.json. SCHEMAS are exported of payloads, for readers, as draft-07, which the published schema is too.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitionOf, reached } from "./published.mjs";

const [listFile, schemas, pairs] = process.argv.slice(2);

/** JSON Schema's integers have no bounds, and ours have 64 bits. Some ids are called numbers. */
function bounded(schema) {
  const numbers = new Set(["id", "number"]);
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (value?.type === "number" && numbers.has(key)) value.type = "integer";
    if ([value?.type].flat().includes("integer")) Object.assign(value, { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });
    return value;
  });
}

mkdirSync(pairs, { recursive: true });
for (const { name, event_type: kind, version } of JSON.parse(readFileSync(listFile, "utf8"))) {
  writeFileSync(join(pairs, `${kind}.old.json`), JSON.stringify(bounded(reached(definitionOf(kind)))));
  copyFileSync(join(schemas, `${name}.v${version}.json`), join(pairs, `${kind}.new.json`));
}
