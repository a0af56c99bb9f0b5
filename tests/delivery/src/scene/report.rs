//! A row of the table that a run prints.

use crate::oracle::Verdict;
use std::fmt;
use std::time::Duration;

/// What happened in a scene.
#[derive(Clone, Debug)]
pub struct Row {
    /// The name of the scene.
    pub name: String,
    /// How often a relay was started.
    pub relays: u64,
    /// How many processes were killed.
    pub kills: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// How long it took.
    pub took: Duration,
}

impl Row {
    /// The first line of the table.
    pub const HEAD: &str = "scene                          relays kills committed delivered \
                            duplicates unexplained lost phantoms disorder dead seconds";

    /// The sum of rows.
    pub fn total(rows: &[Self]) -> Self {
        let mut total = Self {
            name: "total".to_owned(),
            relays: 0,
            kills: 0,
            verdict: Verdict::default(),
            took: Duration::ZERO,
        };
        for row in rows {
            total.relays += row.relays;
            total.kills += row.kills;
            total.verdict.add(&row.verdict);
            total.took += row.took;
        }
        total
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, relays, kills, verdict, took } = self;
        write!(
            f,
            "{name:<30} {relays:>6} {kills:>5} {:>9} {:>9} {:>10} {:>11} {:>4} {:>8} {:>8} {:>4} \
             {:>7.1}",
            verdict.committed,
            verdict.delivered,
            verdict.duplicates,
            verdict.unexplained,
            verdict.lost,
            verdict.phantoms,
            verdict.out_of_order,
            verdict.dead,
            took.as_secs_f64()
        )
    }
}
