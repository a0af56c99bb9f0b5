//! What compiles under strange names also works under them.

use ec::Capture;
use hygiene::{Everything, bare, within};

#[test]
fn every_line_is_read_by_the_catalog() {
    let capture = Capture::new();
    let scope = capture.enter();
    bare::play();
    within::play();
    drop(scope);
    let lines = capture.lines();
    assert_eq!(lines.len(), 7);
    // The hidden one is in no catalog.
    for line in lines.iter().filter(|line| !line.contains("hidden")) {
        Everything::decode(line).expect("a line of the catalog reads back");
    }
}
