// Writes every example payload of the declared kinds as a line: `{"kind":..,"from":..,"payload":..}`.
// usage: node collect.mjs LIST PAYLOADS, where LIST is what `list --format json` prints.
import { readFileSync, writeFileSync } from "node:fs";
import { examplesOf, servers } from "./published.mjs";

const [listFile, payloadsFile] = process.argv.slice(2);
const kinds = new Set(JSON.parse(readFileSync(listFile, "utf8")).map((event) => event.event_type));
const deliveries = servers().flatMap((from) => examplesOf(from).map(([kind, payload]) => ({ kind, from, payload }))).filter(({ kind }) => kinds.has(kind));
for (const kind of kinds) {
  if (!deliveries.some((delivery) => delivery.kind === kind)) throw new Error(`no example of the declared kind ${kind}`);
}
writeFileSync(payloadsFile, deliveries.map((delivery) => `${JSON.stringify(delivery)}\n`).join(""));
console.log(`${deliveries.length} example payloads of ${kinds.size} kinds, from ${servers().length} servers`);
