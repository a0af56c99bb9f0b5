// Asks `compat` about every pair, in both modes, and holds every witness against ajv: `node check.mjs BINARY FOLDER [NAME..]`.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { installed, listed, missing } from "./collect.mjs";
import { validatorOf } from "./validate.mjs";

const SECONDS = 10;
const MEGABYTES = 500;
// Long past the limit, so that the table says how slow a pair is, but it ends.
const KILLED_AFTER = 120;
const COLUMNS = [23, 9, 12, 12, 13, 9, 8, 8, 0];

const [binary, folder, ...names] = process.argv.slice(2);
const pairs = listed.filter((pair) => names.length === 0 || names.includes(pair.name));
const unknown = names.filter((name) => !pairs.some((pair) => pair.name === name));
if (unknown.length > 0) throw new Error(`pairs.json lists no pair ${unknown.join(", ")}`);

const failures = [];
const unchecked = new Map();
const totals = { questions: 0, compatible: 0, incompatible: 0, undecided: 0, witnesses: 0, checked: 0 };

const row = (cells) => console.log(cells.map((cell, at) => String(cell).padEnd(COLUMNS[at])).join(" ").trimEnd());
const definitions = (schema) => Object.keys({ ...schema.definitions, ...schema.$defs }).length;
const both = (of) => `${of("old")} > ${of("new")}`;

/** What `compat` says, how much time of the processor it took, which does not depend on what else runs, and how much memory it held at once. */
function ask(name, mode) {
  const usage = join(folder, "usage.txt");
  const files = ["old", "new"].map((side) => join(folder, `${name}.${side}.json`));
  const command = ["-q", "-o", usage, "-f", "%U %S %M", "timeout", KILLED_AFTER, binary, "compat", ...files, "--mode", mode, "--format", "json"];
  const { stdout, stderr } = spawnSync("/usr/bin/time", command.map(String), { encoding: "utf8", maxBuffer: 1 << 30 });
  const [user, system, kilobytes] = readFileSync(usage, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  const used = { seconds: user + system, megabytes: kilobytes / 1024 };
  try {
    return { ...used, answer: JSON.parse(stdout) };
  } catch {
    return { ...used, answer: null, error: stderr.trim() || `no answer within ${KILLED_AFTER} s` };
  }
}

/** Whether each witness is a payload of the writer and none of the reader. */
function checkWitnesses(pair, mode, schemas, witnesses) {
  if (witnesses.length === 0) return "-";
  const others = Object.fromEntries(Object.entries(pair.with ?? {}).map(([url, path]) => [url, installed(path)]));
  const [writer, reader] = mode === "backward" ? ["old", "new"] : ["new", "old"];
  let fits;
  try {
    fits = Object.fromEntries(["old", "new"].map((side) => [side, validatorOf(schemas[side], others)]));
  } catch (error) {
    unchecked.set(pair.name, error.message);
    return "NOT CHECKED";
  }
  let wrong = 0;
  for (const witness of witnesses) {
    const faults = [];
    if (!fits[writer](witness)) faults.push(`the writer's (${writer}) schema refuses it: ${JSON.stringify(fits[writer].errors?.slice(-2))}`);
    if (fits[reader](witness)) faults.push(`the reader's (${reader}) schema takes it`);
    for (const fault of faults) failures.push(`${pair.name}, ${mode}: a witness is none, as ${fault}\n    ${JSON.stringify(witness)}`);
    wrong += faults.length > 0 ? 1 : 0;
  }
  totals.checked += witnesses.length;
  return wrong === 0 ? `${witnesses.length} ok` : `${wrong} of ${witnesses.length} WRONG`;
}

/** The last column: the reason if it is undecided, and whether pairs.json expects that. */
function compareWithList(pair, mode, { answer, error }) {
  const expected = pair.undecided?.[mode];
  const reason = error ?? (answer.compatible === null ? answer.undecided.join("; ") : null);
  if (reason === null) {
    if (expected !== undefined) failures.push(`${pair.name}, ${mode}: it is decided now: remove it from \`undecided\` in pairs.json`);
    return null;
  }
  if (error !== undefined) failures.push(`${pair.name}, ${mode}: no answer: ${error}`);
  else if (expected === undefined) failures.push(`${pair.name}, ${mode}: undecided, and not listed so in pairs.json: ${reason}`);
  return reason.length > 160 ? `${reason.slice(0, 160)}..` : reason;
}

row(["pair", "mode", "size (KB)", "defs", "verdict", "findings", "time", "memory", "witnesses"]);
for (const pair of pairs) {
  const schemas = {};
  for (const side of ["old", "new"]) schemas[side] = JSON.parse(readFileSync(join(folder, `${pair.name}.${side}.json`), "utf8"));
  const size = both((side) => Math.ceil(statSync(join(folder, `${pair.name}.${side}.json`)).size / 1024));
  for (const mode of ["backward", "forward"]) {
    const asked = ask(pair.name, mode);
    const { seconds, megabytes } = asked;
    const findings = (asked.answer?.findings ?? []).filter((finding) => finding.severity === "error");
    const witnesses = findings.filter((finding) => finding.witness !== undefined && finding.witness !== null).map((finding) => finding.witness);
    const verdict = { true: "compatible", false: "incompatible" }[asked.answer?.compatible] ?? "undecided";
    const reason = compareWithList(pair, mode, asked);
    if (seconds > SECONDS) failures.push(`${pair.name}, ${mode}: ${seconds.toFixed(2)} s; the limit is ${SECONDS} s`);
    if (megabytes > MEGABYTES) failures.push(`${pair.name}, ${mode}: ${Math.round(megabytes)} MB; the limit is ${MEGABYTES} MB`);
    if (findings.length > witnesses.length) failures.push(`${pair.name}, ${mode}: ${findings.length - witnesses.length} findings have no witness`);
    if (verdict === "incompatible" && witnesses.length === 0) failures.push(`${pair.name}, ${mode}: incompatible, and no witness says why`);
    totals.questions += 1;
    totals[verdict] += 1;
    totals.witnesses += witnesses.length;
    const checked = checkWitnesses(pair, mode, schemas, witnesses);
    const last = reason === null ? checked : witnesses.length === 0 ? reason : `${checked}; ${reason}`;
    const defs = both((side) => definitions(schemas[side]));
    row([pair.name, mode, size, defs, verdict, findings.length, `${seconds.toFixed(2)} s`, `${Math.round(megabytes)} MB`, last]);
  }
}

for (const { name, why } of missing) console.log(`\n!!! NOT TESTED: ${name}: ${why}`);
for (const [name, error] of unchecked) console.log(`\n!!! NOT CHECKED: the witnesses of ${name}: ajv cannot compile its schemas: ${error}`);
const { questions, compatible, incompatible, undecided, witnesses, checked } = totals;
console.log(`\n${pairs.length} pairs, ${questions} questions: ${compatible} compatible, ${incompatible} incompatible, ${undecided} undecided.`);
console.log(`${witnesses} witnesses, ${checked} of them checked by ajv; ${failures.length} failures.`);
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
