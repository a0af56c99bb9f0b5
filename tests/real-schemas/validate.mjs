// A second opinion about witnesses: ajv, set up to read a schema as docs/compatibility.md says that it is read.
import Ajv07 from "ajv";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import Ajv2019 from "ajv/dist/2019.js";
import Ajv2020 from "ajv/dist/2020.js";

// Those of the specifications that ajv-formats has. Its others (`url`, `byte` ..) are remarks, as any unknown name is.
const TEXTS = [
  "date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uri-template", "uuid", "json-pointer",
  "relative-json-pointer", "regex",
];
// Those that ajv-formats lacks: each is another one that allows letters beyond ASCII.
const WIDE = { "idn-email": "email", "idn-hostname": "hostname", iri: "uri", "iri-reference": "uri-reference" };
const RANGES = {};
for (const bits of [8, 16, 32, 64]) {
  RANGES[`int${bits}`] = [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  RANGES[`uint${bits}`] = [0, 2 ** bits - 1];
}

const holds = (format, text) => {
  const test = format.validate ?? format;
  return test instanceof RegExp ? test.test(text) : test(text);
};

/** The validator of the draft that a schema names; draft 07 reads 06 as well. */
function draftOf(schema) {
  const name = schema.$schema ?? "";
  if (name.includes("draft-04")) return { Ajv: Ajv04, onlyRef: true };
  if (name.includes("2020-12")) return { Ajv: Ajv2020, onlyRef: false };
  if (name.includes("2019-09") || name === "") return { Ajv: Ajv2019, onlyRef: false };
  return { Ajv: Ajv07, onlyRef: true };
}

/** ajv knows OpenAPI's `nullable`, which is no keyword of JSON Schema, and has no option to forget it. `under` is the keyword that holds the value. */
function withoutNullable(value, under) {
  if (Array.isArray(value)) return value.map((item) => withoutNullable(item, under));
  if (typeof value !== "object" || value === null || ["enum", "const", "default", "examples"].includes(under)) return value;
  const isMap = ["properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas"].includes(under);
  const kept = Object.entries(value).filter(([key, inner]) => isMap || key !== "nullable" || typeof inner !== "boolean");
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNullable(inner, isMap ? "" : key)]));
}

/** Says of a payload whether it fits the schema. `others` are documents that it refers to, by the URL in the reference. Throws where ajv cannot compile it. */
export function validatorOf(schema, others) {
  const { Ajv, onlyRef } = draftOf(schema);
  const id = Ajv === Ajv04 ? "id" : "$id";
  // Real schemas break the rules of their drafts (`required: true`, an unknown keyword): what they say is taken as far as it goes, as `compat` does.
  const options = { strict: false, validateSchema: false, validateFormats: true, logger: false, ignoreKeywordsWithRef: onlyRef };
  const compiled = (more) => {
    const ajv = new Ajv({ ...options, ...more });
    addFormats.default(ajv, TEXTS);
    for (const [wide, ascii] of Object.entries(WIDE)) ajv.addFormat(wide, (text) => holds(ajv.formats[ascii], text.replace(/[^\x00-\x7F]/gu, "a")));
    for (const [name, [min, max]] of Object.entries(RANGES)) {
      ajv.addFormat(name, { type: "number", validate: (value) => value >= min && value <= max });
    }
    // Everywhere but in draft 04 `id` is an unknown keyword, which ajv makes an error.
    if (id !== "id") ajv.removeKeyword("id");
    // The URL of the reference need not be the name that a document gives itself.
    for (const [url, other] of Object.entries(others)) ajv.addSchema(withoutNullable({ ...other, [id]: new URL(url, schema[id]).href }));
    return ajv.compile(withoutNullable(schema));
  };
  // Not every schema compiles with what is usual: `\-` outside of a class is an error in a pattern with the flag `u`; a bundle brings the schema of its draft with it.
  const attempts = [{}, { unicodeRegExp: false }, { meta: false }, { meta: false, unicodeRegExp: false }];
  const errors = [];
  for (const more of attempts) {
    try {
      return compiled(more);
    } catch (error) {
      errors.push(error);
    }
  }
  throw errors[0];
}
