// What the API's owner publishes: its schema, and the payloads that its servers sent.
import { readFileSync, readdirSync } from "node:fs";

const packages = new URL("node_modules/@octokit/", import.meta.url);
const json = (path) => JSON.parse(readFileSync(new URL(path, packages), "utf8"));

/** The published schema. */
export const schema = json("webhooks-schemas/schema.json");
const { $schema, definitions } = schema;

/** The definition that a kind has in it. */
export const definitionOf = (kind) => (kind.includes(".") ? kind.replace(".", "$") : `${kind}$event`);

/** The servers that payloads were recorded of: the public one, and releases of the one that enterprises run. */
export const servers = () =>
  readdirSync(new URL("webhooks-examples/", packages), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** The kinds and payloads of a server. A kind is the name of the webhook, and the action where the schema has one of it. */
export const examplesOf = (server) =>
  json(`webhooks-examples/${server}/index.json`).flatMap(({ name, examples }) =>
    examples.map((payload) => [`${name}$event` in definitions ? name : `${name}.${payload.action}`, payload]),
  );

/** A definition of the published schema as a schema of its own, with the definitions that it reaches. */
export function reached(name) {
  const found = {};
  const reach = (name) => {
    if (name in found) return;
    found[name] = definitions[name];
    JSON.stringify(definitions[name], (key, value) => {
      if (key === "$ref") reach(value.replace("#/definitions/", ""));
      return value;
    });
  };
  reach(name);
  return { $schema, allOf: [{ $ref: `#/definitions/${name}` }], definitions: found };
}
