// Writes NAME.old.json and NAME.new.json for every pair of pairs.json: two released versions, or one version and the same with an optional property more.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ADDED = "added_by_this_test";

/** What pairs.json lists: pairs of released versions, edits of one version, and what npm does not have. */
export const { released, edited, missing } = JSON.parse(readFileSync(new URL("pairs.json", import.meta.url), "utf8"));
export const listed = [...released, ...edited];

/** A schema of an installed package. Some of them begin with a byte order mark, which is no part of JSON. */
export function installed(path) {
  return JSON.parse(readFileSync(new URL(join("node_modules", path), import.meta.url), "utf8").replace(/^\uFEFF/, ""));
}

/** The schema, and the same with one optional property more in the object at `at`. `root` is where a document without a root schema begins. */
function edit({ name, schema, at, root }) {
  const old = installed(schema);
  if (root !== undefined) old.allOf = [{ $ref: `#${root}` }];
  const changed = structuredClone(old);
  const object = at.split("/").slice(1).reduce((value, key) => value?.[key], changed);
  if (object?.properties === undefined) throw new Error(`${name}: there is no object with properties at \`${at}\` of ${schema}`);
  object.properties[ADDED] = { type: "string" };
  return { old, new: changed };
}

/** Both schemas of a pair. `dialect` is what their `$schema` means to say. */
function schemas(pair) {
  const both = pair.at === undefined ? { old: installed(pair.old), new: installed(pair.new) } : edit(pair);
  if (pair.dialect !== undefined) for (const schema of Object.values(both)) schema.$schema = pair.dialect;
  return both;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [out] = process.argv.slice(2);
  mkdirSync(out, { recursive: true });
  for (const pair of listed) {
    const both = schemas(pair);
    for (const side of ["old", "new"]) writeFileSync(join(out, `${pair.name}.${side}.json`), `${JSON.stringify(both[side], null, 1)}\n`);
  }
}
