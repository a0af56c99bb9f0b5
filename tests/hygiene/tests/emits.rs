//! What compiles under strange names also works under them.

use ec::Recorder;
use hygiene::{Everything, bare, within};

#[test]
fn every_line_is_read_by_the_catalog() {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    bare::play();
    within::play();
    drop(scope);
    let lines = recorder.lines();
    assert_eq!(lines.len(), 7);
    // The hidden one is in no catalog.
    for line in lines.iter().filter(|line| !line.contains("hidden")) {
        Everything::decode(line).expect("a line of the catalog reads back");
    }
}
