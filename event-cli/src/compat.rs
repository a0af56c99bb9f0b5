//! `compat OLD.json.. NEW.json` and `compat --batch FILE.jsonl`.

use crate::Env;
use crate::args::{CompatArgs, Format};
use crate::console::{Console, Ending};
use event_schema::Json;
use event_schema::compat::{self, Finding, Report, Severity, Verdict};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

pub(crate) fn run(args: &CompatArgs, env: &Env, console: &mut Console<'_>) -> Result<(), Ending> {
    if let Some(file) = &args.batch {
        return batch(file, args, env, console);
    }
    let mut versions = Vec::new();
    for file in &args.versions {
        versions.push(schema(file, env)?);
    }
    let Some((new, old)) = versions.split_last() else { return Ok(()) };
    let old: Vec<&Value> = old.iter().collect();
    let report = compat::check_versions(&old, new, args.mode.mode(), args.rules.rules());
    let text = match args.format {
        Format::Human => human(&report, args),
        Format::Json => format!("{}\n", json(&report).to_line()),
    };
    match (console.print(&text), report.verdict) {
        // Whoever reads only the first lines has findings all the same.
        (Ok(()) | Err(Ending::OutputClosed), Verdict::Incompatible) => Err(Ending::Findings),
        (Ok(()) | Err(Ending::OutputClosed), Verdict::Undecided) => Err(undecided(&report)),
        (printed, _) => printed,
    }
}

fn schema(file: &Path, env: &Env) -> Result<Value, Ending> {
    let text = fs::read(env.directory.join(file)).map_err(|error| cannot_read(file, &error))?;
    serde_json::from_slice(&text).map_err(|error| {
        Ending::could_not_run(
            format!("`{}` is not JSON: {error}", file.display()),
            "a schema is one JSON document".to_owned(),
        )
    })
}

fn cannot_read(file: &Path, error: &std::io::Error) -> Ending {
    Ending::could_not_run(format!("cannot read `{}`: {error}", file.display()), None)
}

fn undecided(report: &Report) -> Ending {
    let what = format!("could not decide: {}", report.undecided.join("; "));
    Ending::could_not_run(what, "what is not decided stands in docs/compatibility.md".to_owned())
}

fn human(report: &Report, args: &CompatArgs) -> String {
    let name =
        |index: Option<usize>| index.and_then(|index| args.versions.get(index)).map(|file| file.display().to_string());
    let last = name(args.versions.len().checked_sub(1)).unwrap_or_default();
    let mut lines = Vec::new();
    for finding in &report.findings {
        let severity = match finding.rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let old = name(Some(finding.version)).unwrap_or_default();
        lines.push(format!("{severity}[{}]: {}", finding.rule.id, finding.message));
        lines.push(format!("  --> {old}#{} → {last}#{}", finding.old, finding.new));
        if let (Some(breaks), Some(witness)) = (finding.breaks, &finding.witness) {
            lines.push(format!("  {} refuse {witness}", breaks.as_str()));
        }
    }
    lines.push(match report.verdict {
        Verdict::Compatible => "compatible".to_owned(),
        Verdict::Incompatible => "not compatible".to_owned(),
        Verdict::Undecided => "undecided".to_owned(),
    });
    lines.join("\n") + "\n"
}

fn json(report: &Report) -> Json {
    let compatible = match report.verdict {
        Verdict::Compatible => Json::Bool(true),
        Verdict::Incompatible => Json::Bool(false),
        Verdict::Undecided => Json::Null,
    };
    let mut members =
        vec![("compatible", compatible), ("findings", Json::List(report.findings.iter().map(finding_json).collect()))];
    if report.verdict == Verdict::Undecided {
        members.push(("undecided", Json::texts(report.undecided.iter().map(String::as_str))));
    }
    Json::object(members)
}

fn finding_json(finding: &Finding) -> Json {
    Json::object([
        ("rule", finding.rule.id.into()),
        ("category", finding.rule.category.as_str().into()),
        ("path", finding.new.as_str().into()),
        ("old", finding.old.as_str().into()),
        ("new", finding.new.as_str().into()),
        ("version", Json::from(finding.version as u64)),
        ("breaks", finding.breaks.map(compat::Breaks::as_str).into()),
        ("message", finding.message.as_str().into()),
        ("witness", finding.witness.clone().map(Json::from).into()),
    ])
}

/// How the lines of a batch came out.
#[derive(Default)]
struct Tally {
    incompatible: usize,
    errors: usize,
}

fn batch(file: &Path, args: &CompatArgs, env: &Env, console: &mut Console<'_>) -> Result<(), Ending> {
    let opened = fs::File::open(env.directory.join(file)).map_err(|error| cannot_read(file, &error))?;
    let mut tally = Tally::default();
    for (index, line) in BufReader::new(opened).split(b'\n').enumerate() {
        let line = line.map_err(|error| cannot_read(file, &error))?;
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
        return Err(Ending::could_not_run(what, "each has an `error` that says why".to_owned()));
    }
    if tally.incompatible > 0 { Err(Ending::Findings) } else { Ok(()) }
}

/// The answer for one line, with its id as far as it has one.
fn pair(line: &[u8], args: &CompatArgs) -> (Value, Result<bool, String>) {
    let mut pair: Value = match serde_json::from_slice(line) {
        Ok(pair) => pair,
        Err(error) => return (Value::Null, Err(format!("is not JSON, at column {}", error.column()))),
    };
    let id = pair.get_mut("id").map(Value::take).unwrap_or_default();
    let (Some(old), Some(new)) = (pair.get("old"), pair.get("new")) else {
        return (id, Err("is no object with `id`, `old` and `new`".to_owned()));
    };
    let report = compat::check(old, new, args.mode.mode(), args.rules.rules());
    let answer = match report.verdict {
        Verdict::Compatible => Ok(true),
        Verdict::Incompatible => Ok(false),
        Verdict::Undecided => Err(report.undecided.join("; ")),
    };
    (id, answer)
}
