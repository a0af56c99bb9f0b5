//! What the command takes over large catalogs.

use crate::catalogs::catalog;
use event_benches::{Table, Target};
use event_cli::Env;
use event_core::Catalog;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Instant;

/// Seconds for a thousand events.
const TARGET: f64 = 1.0;

/// What is run, whether it has the target, in this order: each finds what the ones before it wrote.
const COMMANDS: &[(&str, bool, &[&str])] = &[
    ("export json-schema", true, &["export", "json-schema"]),
    ("export json-schema --check", true, &["export", "json-schema", "--check"]),
    ("lock: lock all", false, &["lock"]),
    ("lock, nothing to do", false, &["lock"]),
    ("check", true, &["check"]),
    ("diff", false, &["diff"]),
    ("changelog", false, &["changelog"]),
];

pub(crate) fn table(counts: &[usize]) -> io::Result<Table> {
    let mut heading = vec!["command, s".to_owned()];
    heading.extend(counts.iter().map(|count| format!("{count} events")));
    heading.push("target for 1000".to_owned());
    let mut table = Table::new(&heading.iter().map(String::as_str).collect::<Vec<_>>());
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); COMMANDS.len()];
    for count in counts {
        let directory =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("evolution-command-{count}"));
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        fs::create_dir_all(&directory)?;
        // The lock is the package's.
        fs::write(directory.join("Cargo.toml"), "[package]\nname = \"generated\"\n")?;
        let catalog = catalog(*count);
        for (row, (what, _, arguments)) in rows.iter_mut().zip(COMMANDS) {
            let seconds = run(catalog, arguments, &directory)?;
            eprintln!("{count} events, {what}: {seconds:.2} s");
            row.push(seconds);
        }
    }
    for (seconds, (what, has_target, _)) in rows.into_iter().zip(COMMANDS) {
        let verdict = match seconds.first() {
            Some(first) if *has_target && counts[0] == 1_000 => {
                Target::AtMost(TARGET).verdict(*first)
            }
            _ => String::new(),
        };
        let seconds = seconds.into_iter().map(|seconds| format!("{seconds:.2}"));
        table.row([(*what).to_owned()].into_iter().chain(seconds).chain([verdict]));
    }
    Ok(table)
}

fn run(catalog: &'static Catalog, arguments: &[&str], directory: &Path) -> io::Result<f64> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let env = Env { directory: directory.to_owned(), ..Env::default() };
    let arguments = arguments.iter().map(|argument| (*argument).into());
    let start = Instant::now();
    let code = event_cli::run(catalog, arguments, &mut out, &mut err, &env);
    let seconds = start.elapsed().as_secs_f64();
    if code != 0 {
        return Err(io::Error::other(format!(
            "exit code {code}:\n{}",
            String::from_utf8_lossy(&err)
        )));
    }
    Ok(seconds)
}
