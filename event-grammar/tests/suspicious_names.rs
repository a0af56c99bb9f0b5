//! How well suspicious names are found, measured on names of published schemas: `names/README.md`
//! says what is in them and how they were labelled.
//!
//! `cargo test -p event-grammar --test suspicious_names -- --nocapture` prints the figures.
#![allow(clippy::print_stdout, reason = "figures for a person")]

use event_grammar::fields::suspicious_word;

/// Names with a label, of which so many were found.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    found: u32,
    of: u32,
}

impl Measure {
    fn share(self) -> f64 {
        f64::from(self.found) / f64::from(self.of)
    }
}

/// Recall and false alarms on the names of one file; `look` is shown each name that is judged
/// wrongly.
fn measure(text: &str, mut look: impl FnMut(&str)) -> (Measure, Measure) {
    let (mut recall, mut alarms) = (Measure::default(), Measure::default());
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(name), Some(label)) = (columns.next(), columns.next()) else {
            panic!("a name and a label: {line}")
        };
        let is_sensitive = label == "sensitive";
        assert!(is_sensitive || label == "innocent", "{line}");
        let measure = if is_sensitive { &mut recall } else { &mut alarms };
        let is_found = suspicious_word(name).is_some();
        measure.of += 1;
        measure.found += u32::from(is_found);
        if is_found != is_sensitive {
            look(line);
        }
    }
    (recall, alarms)
}

fn print(file: &str, (recall, alarms): (Measure, Measure)) {
    println!(
        "{file}: recall {:.3} ({} of {}), false alarms {:.3} ({} of {})",
        recall.share(),
        recall.found,
        recall.of,
        alarms.share(),
        alarms.found,
        alarms.of
    );
}

#[test]
fn names_that_the_author_of_the_list_has_read() {
    let seen = measure(include_str!("names/seen.txt"), |line| println!("wrong: {line}"));
    print("seen", seen);
}

/// The author of the list has not read these names: a wrong one is counted, and not shown. The
/// totals of `unseen` were known when the list was changed last, those of `reserve` were not.
#[test]
fn names_that_the_author_of_the_list_has_not_read() {
    let files = [
        ("unseen", include_str!("names/unseen.txt")),
        ("reserve", include_str!("names/reserve.txt")),
    ];
    for (file, names) in files {
        let (recall, alarms) = measure(names, |_| {});
        print(file, (recall, alarms));
        assert!(recall.share() >= 0.97, "{file}: recall {recall:?}");
        assert!(alarms.share() <= 0.03, "{file}: false alarms {alarms:?}");
    }
}
