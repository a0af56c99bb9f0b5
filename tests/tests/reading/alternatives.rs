//! Alternatives that contain themselves end, however they are nested.

use event_core::EventValue;
use event_core::read::Input;
use std::time::{Duration, Instant};

#[derive(EventValue, PartialEq)]
#[value(untagged)]
enum Chain {
    Long {
        #[field(recursive)]
        x: Box<Chain>,
        y: u8,
    },
    Short {
        #[field(recursive)]
        x: Box<Chain>,
    },
    End(u8),
}

fn nested(levels: usize) -> String {
    format!("{}1{}", r#"{"x":"#.repeat(levels), "}".repeat(levels))
}

#[test]
fn a_short_record_of_nested_alternatives_takes_no_hours() {
    let mut depth = 0;
    let mut read = Chain::read(Input::parse(&nested(8)).unwrap()).unwrap();
    while let Chain::Short { x } = read {
        (read, depth) = (*x, depth + 1);
    }
    assert!(depth == 8 && read == Chain::End(1));

    let start = Instant::now();
    let error = Chain::read(Input::parse(&nested(60)).unwrap()).unwrap_err();
    let words =
        "finding the alternatives of its untagged enums takes too long: they are nested too deep";
    assert!(error.to_string().ends_with(words), "{error}");
    // Not a limit that is measured: without one it would be the age of the universe.
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn many_alternatives_beside_each_other_are_read() {
    let many = format!("[{}]", vec![nested(3); 20_000].join(","));
    assert_eq!(Vec::<Chain>::read(Input::parse(&many).unwrap()).unwrap().len(), 20_000);
}
