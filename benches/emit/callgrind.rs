//! What callgrind counts: the bench runs one contender of itself under it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FEW: u32 = 2_000;
const MANY: u32 = 12_000;

/// Whether callgrind is there.
pub(crate) fn is_there() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Instructions of one event: what two counts of events differ by.
pub(crate) fn instructions(group: &str, name: &str) -> io::Result<f64> {
    let (few, many) = (collected(group, name, FEW)?, collected(group, name, MANY)?);
    Ok((many - few) / f64::from(MANY - FEW))
}

fn collected(group: &str, name: &str, count: u32) -> io::Result<f64> {
    let output = run(Path::new("/dev/null"), group, name, count)?;
    let report = String::from_utf8_lossy(&output.stderr);
    let counted =
        report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.ok_or_else(|| io::Error::other(format!("callgrind did not count `{name}`:\n{report}")))
}

fn run(out: &Path, group: &str, name: &str, count: u32) -> io::Result<Output> {
    Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", out.display())])
        .arg(std::env::current_exe()?)
        .args(["--only", group, name, &count.to_string()])
        .output()
}

/// What a function executes itself, what is inlined from elsewhere not counted.
pub(crate) struct Function {
    pub(crate) name: String,
    /// For one event.
    pub(crate) instructions: f64,
}

/// The functions that execute most, most first.
pub(crate) fn profile(group: &str, name: &str) -> io::Result<Vec<Function>> {
    let out = PathBuf::from(format!(
        "{}.callgrind",
        std::env::temp_dir().join(std::process::id().to_string()).display()
    ));
    run(&out, group, name, MANY)?;
    let annotated = Command::new("callgrind_annotate")
        .args(["--auto=no", "--threshold=100"])
        .arg(&out)
        .output();
    std::fs::remove_file(&out)?;
    let report = String::from_utf8_lossy(&annotated?.stdout).into_owned();
    Ok(report.lines().filter_map(function).collect())
}

/// `1,234 (5.6%)  path/file.rs:name [binary]`
fn function(line: &str) -> Option<Function> {
    let (count, rest) = line.trim_start().split_once(' ')?;
    let count: f64 = count.replace(',', "").parse().ok()?;
    let place = rest.split_once(')')?.1.trim().split(" [").next()?;
    let (file, name) = place.split_once(".rs:").unwrap_or(("", place));
    let file = file.rsplit('/').next()?;
    (name != "PROGRAM TOTALS").then(|| Function {
        name: format!("{file}: {name}"),
        instructions: count / f64::from(MANY),
    })
}
