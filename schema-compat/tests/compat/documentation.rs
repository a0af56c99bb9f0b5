//! The tables of `docs/compatibility.md` that are made from what the code says.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// Tests run side by side, and each rewrites its own table of one file.
static FILE: Mutex<()> = Mutex::new(());

/// Holds the table between `<!-- name -->` and `<!-- /name -->` against what it has to be.
/// `UPDATE_DOCS=1` rewrites it.
pub(crate) fn hold(name: &str, table: &str) {
    let _is_mine = FILE.lock().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/compatibility.md");
    let text = fs::read_to_string(&path).unwrap();
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let (before, rest) = text.split_once(&start).unwrap();
    let (found, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{before}{start}{table}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, table, "UPDATE_DOCS=1 writes it");
    }
}
