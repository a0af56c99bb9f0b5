//! The lines of a file.

use crate::oracle::Delivery;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The events of a file, and the number of lines that are no whole envelope.
///
/// # Errors
///
/// If the file cannot be read. A file that is not there has no lines.
pub(super) fn read_lines(path: &Path) -> io::Result<(Vec<Delivery>, u64)> {
    match fs::read(path) {
        Ok(bytes) => Ok(of_bytes(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((Vec::new(), 0)),
        Err(error) => Err(error),
    }
}

/// Counts the line breaks of a file, which is there, at each call. It reads what is new.
pub(super) fn count_lines(path: &Path) -> impl FnMut() -> u64 {
    let mut file = File::open(path).expect("the file");
    let (mut lines, mut new) = (0, Vec::new());
    move || {
        new.clear();
        file.read_to_end(&mut new).expect("the file");
        lines += new.split(|byte| *byte == b'\n').skip(1).count() as u64;
        lines
    }
}

fn of_bytes(bytes: &[u8]) -> (Vec<Delivery>, u64) {
    let (mut deliveries, mut torn) = (Vec::new(), 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let envelope = serde_json::from_slice::<Value>(line).unwrap_or_default();
        match envelope.get("event_id").and_then(Value::as_str) {
            Some(id) if line.ends_with(b"\n") => {
                deliveries.push(Delivery::of_any_relay(id));
            }
            _ => torn += 1,
        }
    }
    (deliveries, torn)
}

#[cfg(test)]
mod tests {
    use super::of_bytes;

    #[test]
    fn a_torn_line_is_found() {
        let whole = b"{\"event_id\":\"a\"}\n{\"event_id\":\"b\"}\n";
        let (deliveries, torn) = of_bytes(whole);
        assert_eq!((deliveries.len(), torn), (2, 0));
        assert_eq!(deliveries[1].event_id, "b");

        let count = |bytes| {
            let (deliveries, torn) = of_bytes(bytes);
            (deliveries.len(), torn)
        };
        assert_eq!(count(b"{\"event_id\":\"a\"}\n{\"event_id\":\"b\"}"), (1, 1), "no line feed");
        assert_eq!(count(b"{\"event_id\":\"a\"}\n{\"event_i\n"), (1, 1), "half an envelope");
        assert_eq!(count(b"{\"event_id\":{\"event_id\":\"a\"}\n"), (0, 1), "two lines in one");
        assert_eq!(count(b"\n"), (0, 1), "an empty line");
        assert_eq!(count(b""), (0, 0));
    }
}
