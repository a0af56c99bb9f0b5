//! Every error, with the text that causes it, in `errors.txt`.
//! `UPDATE_SNAPSHOTS=1 cargo test -p event-relay --test config` writes the answers anew.
//!
//! A case begins with `=== ` and its name. Lines that begin with `$ ` set a variable; the others
//! are the file. Behind `---` is the answer.

use event_relay::config::Config;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/config/errors.txt");

struct Case<'t> {
    name: &'t str,
    text: &'t str,
}

fn cases(snapshot: &str) -> Vec<Case<'_>> {
    let cases = snapshot.split("=== ").skip(1).map(|case| {
        let (name, rest) = case.split_once('\n').expect("a case has a name and a text");
        let (text, _answer) = rest.split_once("---\n").expect("a case has an answer");
        Case { name, text }
    });
    cases.collect()
}

/// What the configuration answers. The file is in the directory of the tests, so that they run from
/// everywhere; the answer shows its name only.
fn answer(text: &str) -> String {
    let (mut file, mut environment) = (String::new(), BTreeMap::new());
    for line in text.lines() {
        match line.strip_prefix("$ ").and_then(|pair| pair.split_once('=')) {
            Some((name, value)) => {
                environment.insert(name.to_owned(), value.to_owned());
            }
            None => file = file + line + "\n",
        }
    }
    let path = Path::new(CASES).with_file_name("relay.toml");
    let here = path.parent().expect("it is in a directory").display().to_string() + "/";
    let error = Config::read(&path, &file, &environment).expect_err("each case has an error");
    error.to_string().replace(&here, "")
}

#[test]
fn each_error_is_the_one_of_the_snapshot() {
    let snapshot = std::fs::read_to_string(CASES).expect("it can be read");
    let mut now = String::new();
    let cases = cases(&snapshot);
    for Case { name, text } in &cases {
        writeln!(now, "=== {name}\n{text}---\n{}\n", answer(text)).expect("a string takes it");
    }
    assert!(cases.len() > 50, "the cases were read");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(CASES, now).expect("it can be written");
    } else {
        assert_eq!(now, snapshot, "`UPDATE_SNAPSHOTS=1` writes the answers anew");
    }
}
