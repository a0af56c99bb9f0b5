//! When cargo compiles anew: the lock appears, changes and goes; and what a lock that cannot be
//! read says.

use crate::cargo::{Checked, Workspace};
use event_grammar::lock::Lock;
use std::fs;

const CORE: &str = "[dependencies]\nevent-core = { path = \"{root}/event-core\" }\n";
const DECLARED: &str = "[package.metadata.events]\nlock = \"events.lock\"\n\n";

const SOURCE: &str = "event_core::events!(
    #[domain]
    pub enum Order { Create }

    #[event(error)]
    pub struct OrderCreateFailed {
        pub amount: i64,
    }
);
";

/// What is locked: `amount` is what `form` says.
fn lock(form: &str) -> String {
    const TEXT: &str = r#"{
"lock_format": 2,
"package": "shop",

"order_create_failed@1 type": "order.create.failed",
"order_create_failed@1 stage": "locked",
"order_create_failed@1 mode": "full-transitive",
"order_create_failed@1 r0 fingerprint": "0000000000000000",
"order_create_failed@1 r0 level": "error",
"order_create_failed@1 r0 .amount": "FORM",
"order_create_failed@1 r0 write": "sha256:",
"order_create_failed@1 r0 read": "sha256:",
"order_create_failed@1 samples": "sha256:",
"order_create_failed@1 sum": "0000000000000000",

"lock_end": 2
}
"#;
    Lock::parse_unsummed(&TEXT.replace("FORM", form)).unwrap().render()
}

/// A workspace with one crate of the same name: two of one name would be one to cargo, since the
/// workspaces share a target directory.
fn shop(name: &str, manifest: &str) -> Workspace {
    let workspace = Workspace::create(name);
    workspace.manifest(name, &format!("{manifest}{CORE}"));
    workspace.write(&format!("crates/{name}/src/lib.rs"), SOURCE);
    workspace
}

fn builds(checked: &Checked) {
    let said: String = checked.errors.iter().map(|error| error.rendered.as_str()).collect();
    assert!(checked.is_ok, "{said}");
}

/// One error, and what it says.
fn fails<'c>(checked: &'c Checked, with: &str) -> &'c str {
    let said: Vec<&str> = checked.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains(with), "`{}` says `{with}`", said[0]);
    said[0]
}

fn compiles(checked: &Checked, name: &str) -> bool {
    checked.compiled.iter().any(|compiled| *compiled == name.replace('-', "_"))
}

#[test]
fn a_lock_that_is_declared_comes_changes_and_goes() {
    const NAME: &str = "lock-declared";
    let workspace = shop(NAME, DECLARED);
    let file = format!("crates/{NAME}/events.lock");
    fails(&workspace.check(NAME), "which Cargo.toml declares to be the lock, is missing");
    workspace.write(&file, &lock("i64"));
    builds(&workspace.check(NAME));
    assert!(!compiles(&workspace.check(NAME), NAME), "nothing was edited");
    workspace.write(&file, &lock("text"));
    fails(
        &workspace.check(NAME),
        "[EV0208] `order_create_failed` v1 is locked, and `amount` changed its type",
    );
    workspace.write(&file, &lock("i64"));
    let checked = workspace.check(NAME);
    builds(&checked);
    assert!(compiles(&checked, NAME), "the lock was edited back");
    fs::remove_file(workspace.path(&file)).unwrap();
    let checked = workspace.check(NAME);
    let said =
        fails(&checked, "`events.lock`, which Cargo.toml declares to be the lock, is missing");
    assert!(said.contains(
        "help: restore it from version control, or begin a new one: `EVENTS_LOCK=off cargo event \
         lock`"
    ));
}

#[test]
fn a_lock_that_is_not_declared_is_seen_when_the_manifest_is_touched() {
    const NAME: &str = "lock-undeclared";
    let workspace = shop(NAME, "");
    let file = format!("crates/{NAME}/events.lock");
    builds(&workspace.check(NAME));
    assert!(!compiles(&workspace.check(NAME), NAME), "nothing was edited");
    workspace.write(&file, &lock("text"));
    assert!(!compiles(&workspace.check(NAME), NAME), "cargo cannot know that it came");
    workspace.manifest(NAME, CORE);
    fails(&workspace.check(NAME), "[EV0208]");
    workspace.write(&file, &lock("i64"));
    builds(&workspace.check(NAME));
    workspace.write(&file, &lock("text"));
    fails(&workspace.check(NAME), "[EV0208]");
    fs::remove_file(workspace.path(&file)).unwrap();
    builds(&workspace.check(NAME));
}

#[test]
fn the_switch_is_watched_and_has_one_value() {
    const NAME: &str = "lock-switch";
    let workspace = shop(NAME, DECLARED);
    workspace.write(&format!("crates/{NAME}/events.lock"), &lock("text"));
    fails(&workspace.check(NAME), "[EV0208]");
    builds(&workspace.check_with(NAME, Some("off")));
    fails(&workspace.check(NAME), "[EV0208]");
    let checked = workspace.check_with(NAME, Some("no"));
    let said = fails(&checked, "`EVENTS_LOCK` is `no`");
    assert!(said.contains("help: it is `off`, to build without the lock, or not set"));
    fs::remove_file(workspace.path(&format!("crates/{NAME}/events.lock"))).unwrap();
    builds(&workspace.check_with(NAME, Some("off")));
    fails(&workspace.check(NAME), "is missing");
}

#[test]
fn crates_of_a_workspace_share_a_lock() {
    let workspace = Workspace::create("lock-shared");
    let declared = "[package.metadata.events]\nlock = \"../../events.lock\"\n\n";
    workspace.manifest("orders", &format!("{declared}{CORE}"));
    workspace.write("crates/orders/src/lib.rs", SOURCE);
    workspace.manifest("stocks", &format!("{declared}{CORE}"));
    workspace.write(
        "crates/stocks/src/lib.rs",
        "event_core::events!(#[domain] pub enum Stock { Count } #[event(error)] pub struct \
         StockCountFailed { pub count: u32 });",
    );
    workspace.manifest(
        "shop",
        &format!("{declared}{CORE}orders = {{ path = \"../orders\" }}\nstocks = {{ path = \"../stocks\" }}\n"),
    );
    workspace.write(
        "crates/shop/src/lib.rs",
        "event_core::catalog!(pub enum ShopEvent { Order(orders::Order), Stock(stocks::Stock) });",
    );
    workspace.write("events.lock", &lock("i64"));
    builds(&workspace.check("shop"));
    workspace.write("events.lock", &lock("text"));
    let checked = workspace.check("shop");
    fails(&checked, "[EV0208]");
    assert_eq!(checked.errors[0].file, "crates/orders/src/lib.rs");
    let both = lock("i64")
        .replace("order_create_failed", "order_create_done")
        .replace("order.create.failed", "order.create.done");
    workspace.write("events.lock", &Lock::parse_unsummed(&both).unwrap().render());
    let checked = workspace.check("shop");
    fails(&checked, "[EV0201] `order_create_done` v1 is locked and is not declared any more");
    assert_eq!(checked.errors[0].file, "crates/shop/src/lib.rs");
}

/// Locks that cannot be read: where the error is, and what its help says.
fn unreadable(whole: &str) -> [(String, &'static str, &'static str); 9] {
    let lines: Vec<&str> = whole.lines().collect();
    let conflict = whole.replace(
        "\"order_create_failed@1 mode\": \"full-transitive\",\n",
        "<<<<<<< ours\n\"order_create_failed@1 mode\": \"full\",\n=======\n\"order_create_failed@1 mode\": \"none\",\n>>>>>>> theirs\n",
    );
    let repair = "EVENTS_LOCK=off cargo run -p shop -- lock --repair";
    [
        (String::new(), "events.lock:1: the file ends too early", "git checkout -- events.lock"),
        (
            lines[..8].join("\n"),
            "events.lock:8: the file ends too early",
            "git checkout -- events.lock",
        ),
        (conflict, "events.lock:7: a merge conflict is not resolved", repair),
        (
            whole.replace("\"lock_format\": 2", "\"lock_format\": 3"),
            "events.lock:2: the file has lock format 3, and this version of event-core reads \
             format 2",
            "build with that version: `cargo update -p event-core`",
        ),
        (
            whole.replace("\"lock_format\": 2", "\"lock_format\": 1"),
            "events.lock:2: the file has lock format 1, and this version of event-core reads \
             format 2",
            "begin a new lock: remove `events.lock` and `events.lock.d`",
        ),
        (
            whole.replace("\"i64\"", "\"text\""),
            "events.lock:14: the lines of `order_create_failed@1` were changed by hand",
            repair,
        ),
        (
            whole.replace("full-transitive", "fully"),
            "events.lock:7: `order_create_failed@1 mode` should be",
            repair,
        ),
        (
            whole.replace("\"order_create_failed@1 mode\"", "order_create_failed@1 mode"),
            "events.lock:7: expected a line of the form",
            repair,
        ),
        (
            whole.replace("\n\n\"lock_end\"", "\n\"lock_end\""),
            "events.lock:15: the line is not as the tool writes it",
            repair,
        ),
    ]
}

#[test]
fn a_lock_that_cannot_be_read_says_where_and_what_to_do() {
    const NAME: &str = "lock-broken";
    let whole = lock("i64");
    let workspace = shop(NAME, DECLARED);
    for (text, place, help) in unreadable(&whole) {
        workspace.write(&format!("crates/{NAME}/events.lock"), &text);
        let checked = workspace.check(NAME);
        let said = fails(&checked, place);
        assert!(said.contains(help), "{said}");
        builds(&workspace.check_with(NAME, Some("off")));
    }
    // What git does on Windows changes no contract.
    workspace.write(&format!("crates/{NAME}/events.lock"), &whole.replace('\n', "\r\n"));
    builds(&workspace.check(NAME));
}

#[test]
fn a_declaration_that_is_not_read_is_refused() {
    const NAME: &str = "lock-refused";
    let workspace = shop(NAME, "metadata.events.lock = \"events.lock\"\n\n");
    workspace.write(&format!("crates/{NAME}/events.lock"), &lock("i64"));
    let checked = workspace.check(NAME);
    let said = fails(&checked, "the path to the lock cannot be read");
    assert!(
        said.contains("help: in Cargo.toml, write two lines: `[package.metadata.events]` and `lock = \"events.lock\"`")
    );
}

#[test]
fn a_misspelt_or_half_typed_name_is_one_error_where_a_catalog_joins_the_block() {
    const NAME: &str = "lock-misspelt";
    let workspace = shop(NAME, "");
    let source = format!("crates/{NAME}/src/lib.rs");
    let catalog = "event_core::catalog!(pub enum Shop { Order(Order) });\n";
    workspace.write(&format!("crates/{NAME}/events.lock"), &lock("i64"));
    workspace.write(&source, &format!("{SOURCE}{catalog}"));
    builds(&workspace.check(NAME));
    workspace.write(
        &source,
        &format!("{}{catalog}", SOURCE.replace("OrderCreateFailed", "OrderCraeteFailed")),
    );
    fails(&workspace.check(NAME), "unknown action `craete`, did you mean `create`?");
    workspace.write(
        &source,
        &format!("{}{catalog}", SOURCE.replace("struct OrderCreateFailed {", "struct {")),
    );
    fails(&workspace.check(NAME), "expected a name after this");
    // Taken out without a mistake, it is missed.
    let empty = "event_core::events!(#[domain] pub enum Order { Create });\n";
    workspace.write(&source, &format!("{empty}{catalog}"));
    fails(&workspace.check(NAME), "[EV0201]");
}
