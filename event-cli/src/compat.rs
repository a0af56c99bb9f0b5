//! `compat OLD.json.. NEW.json` and `compat --batch FILE.jsonl`.

use crate::args::{Reporting, mode};
use crate::console::{Console, Ending};
use crate::environment::Env;
use crate::finding::{self, Place};
use clap::{Args, ValueEnum};
use event_grammar::lock::Mode;
use event_schema::lock::readers;
use event_schema::{Json, ParseError, parse};
use schema_compat::{Finding, Report, Rules, Verdict};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The arguments of `compat`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompatArgs {
    /// The old versions, the oldest first, and the new version last
    #[arg(value_name = "OLD.json.. NEW.json", required_unless_present = "batch", conflicts_with = "batch", num_args = 2..)]
    versions: Vec<PathBuf>,
    /// Which readers must read which writers
    #[arg(long, value_parser = mode(), default_value = Mode::FullTransitive.as_str())]
    mode: Mode,
    /// The rules to apply
    #[arg(long, value_enum, default_value_t = RulesArg::Semantic)]
    rules: RulesArg,
    #[command(flatten)]
    reporting: Reporting,
    /// Compare many pairs instead: one `{"id", "old", "new"}` per line; writes one JSON result per
    /// line
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "format")]
    batch: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  compat v1.json v2.json --mode backward
  compat v1.json v2.json v3.json --mode full-transitive --format json
  compat v1.json v2.json --mode backward --rules confluent-strict
  compat --batch pairs.jsonl --mode forward

Exits with 0 if the schemas are compatible, 100 if they are not, 101 if that is undecided.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RulesArg {
    /// JSON Schema semantics: readers accept everything that writers may write
    Semantic,
    /// A Confluent-compatible registry with its default policy
    ConfluentStrict,
    /// A Confluent-compatible registry with the policy `LENIENT`
    ConfluentLenient,
}

impl RulesArg {
    const fn rules(self) -> Rules {
        match self {
            Self::Semantic => Rules::Semantic,
            Self::ConfluentStrict => Rules::ConfluentStrict,
            Self::ConfluentLenient => Rules::ConfluentLenient,
        }
    }
}

pub(crate) fn run(args: &CompatArgs, env: &Env, console: &mut Console<'_>) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    if let Some(file) = &args.batch {
        return batch(file, args, env, console);
    }
    let mut versions = Vec::new();
    for file in &args.versions {
        versions.push(schema(file, env)?);
    }
    let Some((new, old)) = versions.split_last() else { return Ok(()) };
    let old: Vec<&Value> = old.iter().collect();
    let first = if args.mode.is_transitive() { 0 } else { old.len().saturating_sub(1) };
    let mut report =
        schema_compat::check_versions(&old[first..], new, readers(args.mode), args.rules.rules());
    report.findings.iter_mut().for_each(|finding| finding.version += first);
    let told = console.report(&told(&report, &args.versions));
    match (told, report.verdict) {
        (Ok(()) | Err(Ending::OutputClosed), Verdict::Undecided) => Err(undecided(&report)),
        (told, _) => told,
    }
}

fn schema(file: &Path, env: &Env) -> Result<Value, Ending> {
    let text =
        fs::read(env.directory.join(file)).map_err(|error| Ending::cannot("read", file, &error))?;
    parse(&text).map_err(|error| {
        let file = file.display();
        match error {
            ParseError::Duplicate { .. } => {
                Ending::could_not_run(format!("`{file}`: {error}"), DUPLICATE.to_owned())
            }
            error => Ending::could_not_run(
                format!("`{file}` is {error}"),
                "a schema is one JSON document".to_owned(),
            ),
        }
    })
}

/// The help for a key that appears twice.
const DUPLICATE: &str =
    "remove one of the two: parsers disagree about which one counts (RFC 8259, section 4)";

fn undecided(report: &Report) -> Ending {
    let what = format!("could not decide: {}", report.undecided.join("; "));
    Ending::could_not_run(what, "docs/compatibility.md lists the undecided cases".to_owned())
}

/// The verdict as a report.
fn told(report: &Report, files: &[PathBuf]) -> finding::Report {
    let (compatible, word) = match report.verdict {
        Verdict::Compatible => (Json::Bool(true), "compatible"),
        Verdict::Incompatible => (Json::Bool(false), "not compatible"),
        Verdict::Undecided => (Json::Null, "undecided"),
    };
    let findings = report.findings.iter().map(|finding| found(finding, files)).collect();
    let told =
        finding::Report::new(findings).text(format!("{word}\n")).with("compatible", compatible);
    if report.verdict == Verdict::Undecided {
        told.with("undecided", Json::texts(report.undecided.iter().map(String::as_str)))
    } else {
        told
    }
}

fn found(finding: &Finding, files: &[PathBuf]) -> finding::Finding {
    let mut found = finding::Finding::of_rule(finding.rule, finding.message.as_str());
    if let (Some(new), Some(old)) = (files.last(), files.get(finding.version)) {
        found = found
            .at(Place::file(new).pointer(&finding.new))
            .was_at(Place::file(old).pointer(&finding.old));
    }
    if let Some(who) = finding.reader {
        found = found.reader(who.as_str());
    }
    if let Some(witness) = &finding.witness {
        found = found.witness(witness.clone().into());
    }
    found
        .with("category", finding.rule.category.as_str().into())
        .with("old", finding.old.as_str().into())
        .with("new", finding.new.as_str().into())
        .with("version", Json::from(finding.version as u64))
}

/// The counts of a batch.
#[derive(Default)]
struct Tally {
    incompatible: usize,
    errors: usize,
}

fn batch(
    file: &Path,
    args: &CompatArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let opened = fs::File::open(env.directory.join(file))
        .map_err(|error| Ending::cannot("read", file, &error))?;
    let mut tally = Tally::default();
    for (index, line) in BufReader::new(opened).split(b'\n').enumerate() {
        let line = line.map_err(|error| Ending::cannot("read", file, &error))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let (id, answer) = pair(&line, args);
        let answer = match answer {
            Ok(compatible) => {
                tally.incompatible += usize::from(!compatible);
                ("compatible", Json::Bool(compatible))
            }
            Err(what) => {
                tally.errors += 1;
                ("error", format!("line {}: {what}", index + 1).into())
            }
        };
        let answer = Json::object([("id", Json::from(id)), answer]);
        console.print(&format!("{}\n", answer.to_line()))?;
    }
    if tally.errors > 0 {
        let pairs = if tally.errors == 1 { "pair" } else { "pairs" };
        let what = format!("{} {pairs} could not be decided", tally.errors);
        return Err(Ending::could_not_run(what, "the member `error` of each says why".to_owned()));
    }
    if tally.incompatible > 0 { Err(Ending::Findings) } else { Ok(()) }
}

/// The result for one line, with its id if the line has one.
fn pair(line: &[u8], args: &CompatArgs) -> (Value, Result<bool, String>) {
    let mut pair: Value = match parse(line) {
        Ok(pair) => pair,
        Err(ParseError::Duplicate { key, pointer, column, .. }) => {
            let (key, pointer) = (key.escape_debug(), pointer.escape_debug());
            let what = format!(
                "the key `{key}` appears twice in one object, at column {column} (`{pointer}`)"
            );
            return (Value::Null, Err(format!("{what}; {DUPLICATE}")));
        }
        Err(ParseError::Syntax { column, .. }) => {
            return (Value::Null, Err(format!("not JSON, at column {column}")));
        }
        Err(error) => return (Value::Null, Err(error.to_string())),
    };
    let id = pair.get_mut("id").map(Value::take).unwrap_or_default();
    let (Some(old), Some(new)) = (pair.get("old"), pair.get("new")) else {
        return (id, Err("not an object with `id`, `old` and `new`".to_owned()));
    };
    let report = schema_compat::check(old, new, readers(args.mode), args.rules.rules());
    let answer = match report.verdict {
        Verdict::Compatible => Ok(true),
        Verdict::Incompatible => Ok(false),
        Verdict::Undecided => Err(report.undecided.join("; ")),
    };
    (id, answer)
}
