//! Instructions of one event: the bench runs itself under callgrind with two counts, and takes the difference.

use std::io;
use std::process::Command;

const FEW: u32 = 2_000;
const MANY: u32 = 12_000;

/// Whether callgrind is there.
pub(crate) fn is_there() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Instructions of one event of the contender `name`.
pub(crate) fn instructions(name: &str) -> io::Result<f64> {
    let (few, many) = (collected(name, FEW)?, collected(name, MANY)?);
    Ok((many - few) / f64::from(MANY - FEW))
}

fn collected(name: &str, count: u32) -> io::Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["--only", name, &count.to_string()])
        .output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    let counted = report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.ok_or_else(|| io::Error::other(format!("callgrind did not count `{name}`:\n{report}")))
}
