// Holds what was emitted against the exported schemas with ajv in strict mode, and against the schema that the API's owner publishes: what that accepts of a
// payload as it came, it accepts of the same payload as it was emitted.
// usage: node check.mjs SCHEMAS PAYLOADS RECORDS: RECORDS.line.ndjson and RECORDS.envelope.ndjson have a record for each of PAYLOADS.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { definitionOf, schema } from "./published.mjs";

const [schemas, payloadsFile, records] = process.argv.slice(2);
const ndjson = (file) => readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const deliveries = ndjson(payloadsFile);
const emitted = { line: ndjson(`${records}.line.ndjson`), envelope: ndjson(`${records}.envelope.ndjson`) };
const problems = [];

const kindOf = (record) => (record.event_type ?? record.event).replaceAll(".", "_");
const STRANGER = "nobody_declared_this";

/** Every object within, the record itself first. */
function* objects(value) {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield value;
  for (const held of Object.values(value)) yield* objects(held);
}

function ours(form, dialect, contract) {
  const ajv = new (dialect === "2020-12" ? Ajv2020 : Ajv)({ strict: true, allErrors: false });
  addFormats(ajv);
  const folder = join(schemas, form, `${dialect}.${contract}`);
  const files = readdirSync(folder).filter((file) => /\.v\d+\.json$/.test(file));
  const validators = new Map(files.map((file) => [file.replace(/\.v\d+\.json$/, ""), ajv.compile(JSON.parse(readFileSync(join(folder, file), "utf8")))]));
  let valid = 0;
  for (const record of emitted[form]) {
    const validate = validators.get(kindOf(record));
    if (validate(record)) valid += 1;
    else problems.push(`${folder}/${kindOf(record)}: ${JSON.stringify(validate.errors)}`);
    // The first and the last object of a record with one key more: a closed schema refuses it wherever it is.
    const held = [...objects(record.payload ?? record)];
    for (const object of new Set([held[0], held.at(-1)])) {
      if (FREE.some((key) => parentOf(record, object) === key)) continue;
      object[STRANGER] = 1;
      if (validate(record) !== (contract === "read")) problems.push(`${folder}/${kindOf(record)}: an undeclared key is ${contract === "read" ? "refused" : "accepted"}`);
      delete object[STRANGER];
    }
  }
  console.log(`ajv strict ${form} ${dialect} ${contract}: ${validators.size} schemas compile, ${valid} of ${emitted[form].length} records valid`);
}

/** Keys that hold an object of any keys. */
const FREE = ["custom_properties", "payload"];
function parentOf(record, object) {
  for (const holder of objects(record)) for (const [key, held] of Object.entries(holder)) if (held === object) return record === holder && record.event_type ? undefined : key;
  return undefined;
}

for (const form of ["line", "envelope"]) {
  if (emitted[form].length !== deliveries.length) problems.push(`${emitted[form].length} records were emitted of ${deliveries.length} payloads`);
  for (const dialect of ["2020-12", "draft-07"]) for (const contract of ["write", "read"]) ours(form, dialect, contract);
}

const theirs = new Ajv({ strict: false });
addFormats(theirs);
theirs.addSchema(schema, "published");
/** The keys under which we write what a line of ours has for itself. */
const RENAMED = { environment_name: "environment" };
let accepted = 0;
deliveries.forEach(({ kind, payload }, at) => {
  const validate = theirs.getSchema(`published#/definitions/${encodeURIComponent(definitionOf(kind))}`);
  const again = Object.fromEntries(Object.entries(emitted.envelope[at].payload).map(([key, value]) => [RENAMED[key] ?? key, value]));
  const before = validate(payload);
  const after = validate(again);
  if (before !== after) problems.push(`${kind}: the published schema ${before ? "accepts" : "refuses"} the payload, and not what was emitted: ${JSON.stringify(validate.errors)}`);
  if (before && after) accepted += 1;
});
console.log(`the published schema accepts ${accepted} of ${deliveries.length} payloads, as they came and as they were emitted; the others are of other releases than it`);

if (problems.length > 0) {
  console.error(problems.slice(0, 20).join("\n"));
  console.error(`${problems.length} problems`);
  process.exit(1);
}
