// Compiles every exported schema with ajv in strict mode, and validates emitted records against both contracts.
// Then generates TypeScript from the draft-07 write schemas, and one program that assigns every record to its type.
// A record is a flat line or an envelope, as the schemas are.
// usage: node check.mjs SCHEMAS RECORDS TYPESCRIPT
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { compile } from "json-schema-to-typescript";

const [schemas, recordsFile, typescript] = process.argv.slice(2);
const lines = readFileSync(recordsFile, "utf8").trim().split("\n").map((line) => JSON.parse(line));
// Both spellings of a name are the name of its file.
const fileOf = (line) => `${(line.event ?? line.event_type).replaceAll(".", "_")}.v${line.version ?? line.event_version}.json`;
// Each record with a key that nobody declared: beside its own, and in each object of an envelope.
const strangersOf = (line) => [
  { ...line, nobody_declared_this: 1 },
  ...(line.event_type ? ["actor", "entity", "context", "payload"] : ["actor"])
    .filter((key) => line[key])
    .map((key) => ({ ...line, [key]: { ...line[key], nobody_declared_this: 1 } })),
];
const problems = [];

const read = (folder) =>
  readdirSync(join(schemas, folder))
    .filter((file) => /\.v\d+\.json$/.test(file))
    .map((file) => [file, JSON.parse(readFileSync(join(schemas, folder, file), "utf8"))]);

for (const dialect of ["2020-12", "draft-07"]) {
  for (const contract of ["write", "read"]) {
    for (const profile of ["annotated", "strict"]) {
      const folder = `${dialect}.${contract}.${profile}`;
      const ajv = new (dialect === "2020-12" ? Ajv2020 : Ajv)({ strict: true, allErrors: true });
      addFormats(ajv);
      if (profile === "annotated") {
        // docs/schemas.md says so: strict mode refuses a keyword that it does not know.
        const [file, { $id, ...schema }] = read(folder)[0];
        try {
          ajv.compile(schema);
          problems.push(`${folder}/${file}: strict mode compiles it without the keyword, and the pages say that it does not`);
        } catch (error) {
          if (!error.message.includes("x-event")) problems.push(`${folder}/${file}: ${error.message}`);
        }
        ajv.addKeyword("x-event");
      }
      const validators = new Map();
      for (const [file, schema] of read(folder)) {
        try {
          validators.set(file, ajv.compile(schema));
        } catch (error) {
          problems.push(`${folder}/${file}: ${error.message}`);
        }
      }
      let valid = 0;
      for (const line of lines) {
        const validate = validators.get(fileOf(line));
        if (!validate?.(line)) problems.push(`${folder}/${fileOf(line)}: ${JSON.stringify(validate?.errors ?? "no schema")} for ${JSON.stringify(line)}`);
        else valid += 1;
        for (const stranger of strangersOf(line)) {
          const strange = validate?.(stranger);
          if (strange !== (contract === "read")) problems.push(`${folder}/${fileOf(line)}: an undeclared key is ${strange ? "accepted" : "refused"}`);
        }
      }
      console.log(`ajv ${folder}: ${validators.size} schemas compile, ${valid} of ${lines.length} records valid`);
    }
  }
}

mkdirSync(typescript, { recursive: true });
const titles = new Map();
for (const [file, schema] of read("draft-07.write.annotated")) {
  const source = await compile(schema, schema.title, { additionalProperties: false, maxItems: -1, bannerComment: "" });
  if (!source.includes(`export interface ${schema.title} `)) problems.push(`${file}: no TypeScript interface ${schema.title}`);
  if (/\bunknown\[\]|\bany\b/.test(source.replace(/\/\*[\s\S]*?\*\//g, "")) && !JSON.stringify(schema).includes("{}")) problems.push(`${file}: a type was lost in TypeScript`);
  writeFileSync(join(typescript, file.replace(/\.json$/, ".ts")), source);
  titles.set(file, schema.title);
}
const program = lines.map((line, at) => {
  const file = fileOf(line);
  return `import type { ${titles.get(file)} as Type${at} } from "./${file.replace(/\.json$/, "")}";\nexport const line${at}: Type${at} = ${JSON.stringify(line)};`;
});
// A record with a key that nobody declared must not have the type, or the types say nothing.
// Not in an empty payload: in TypeScript, `{}` is any object.
const strangers = [...titles].flatMap(([file, title], at) => {
  const own = lines.filter((line) => fileOf(line) === file);
  const line = own.find((line) => line.actor) ?? own[0];
  const told = strangersOf(line).filter((stranger) => Object.keys(stranger.payload ?? {}).join() !== "nobody_declared_this");
  return told.map((stranger, nth) => {
    const name = `Strange${at}_${nth}`;
    return `import type { ${title} as ${name} } from "./${file.replace(/\.json$/, "")}";\n// @ts-expect-error\nexport const strange${at}_${nth}: ${name} = ${JSON.stringify(stranger)};`;
  });
});
writeFileSync(join(typescript, "lines.ts"), `${[...program, ...strangers].join("\n")}\n`);
console.log(`json-schema-to-typescript: ${titles.size} schemas`);

if (problems.length > 0) {
  console.error(problems.slice(0, 20).join("\n"));
  console.error(`${problems.length} problems`);
  process.exit(1);
}
