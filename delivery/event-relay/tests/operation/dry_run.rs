//! `--dry-run` changes nothing, and without a terminal nothing is destroyed or repeated by mistake.

use crate::status::busy;

/// Each command that asks, and what it would do.
const ASKING: &[(&str, &str)] = &[
    ("dead requeue --target billing --all", "sends 2 parked events to `billing` again"),
    (
        "dead skip --target billing --seq 1",
        "never sends 1 event to `billing`; sends 2 events behind",
    ),
    (
        "rewind --target billing --to-seq 2",
        "moves the cursor of `billing` from 4 to 2; sends 2 events again, 2 of them parked now",
    ),
    ("replay --target search --from 2020-01-01", "sends 6 events to `search` again"),
    (
        "purge --keep 0d --no-targets",
        "deletes 2 events; keeps 4 old events, because parked events are kept",
    ),
];

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let shop = busy();
    let before = shop.dump();
    for (words, what) in ASKING {
        for more in ["--dry-run", "--dry-run --yes"] {
            let ran = shop.run(&format!("{words} {more}"));
            let expected = (0, format!("dry run: {what}\n"), "");
            assert_eq!((ran.code, ran.out, ran.err.as_str()), expected, "{words}");
        }
    }
    let out = shop.run("dead requeue --target billing --seq 1 --dry-run").ok();
    assert_eq!(out, "dry run: sends 1 parked event to `billing` again\n");
    assert_eq!(shop.dump(), before);
}

#[test]
fn without_a_terminal_it_needs_a_yes() {
    let shop = busy();
    let before = shop.dump();
    for (words, what) in ASKING {
        let ran = shop.run(words);
        let text = format!(
            "error: {what}: this needs a confirmation, and there is no terminal\n\
             help: add `--yes` to confirm, or `--dry-run` to see what would happen\n"
        );
        assert_eq!((ran.code, ran.err), (2, text), "{words}");
    }
    assert_eq!(shop.dump(), before);
    for (words, _) in ASKING {
        let shop = busy();
        let before = shop.dump();
        shop.run(&format!("{words} --yes")).ok();
        assert_ne!(shop.dump(), before, "{words}");
    }
}

#[test]
fn a_dry_run_writes_to_no_file() {
    let shop = busy();
    let held = shop.connection();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    for (words, _) in ASKING {
        // It would wait for the writer's lock.
        shop.run(&format!("{words} --dry-run")).ok();
    }
}
