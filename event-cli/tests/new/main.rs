//! Five minutes: a new workspace is made, builds, tests, emits, exports, locks, breaks and mends,
//! and its CI job passes in a shallow clone. Nothing is fetched.
//!
//! `cargo test -p event-cli --test new -- --nocapture` prints the time of each step. What it builds
//! is kept in `target/tmp/new-target`; without that, it is what a newcomer waits for.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

mod refusals;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use workspace::*;

const LIMIT: Duration = Duration::from_secs(300);

/// A declaration, and a change of it that breaks readers of the locked version.
const AMOUNT: &str = "pub amount_cents: i64,";
const BREAK: &str = "pub amount_cents: i32,";

/// The next version.
const NEXT: &str = "
    /// The gateway took the money.
    #[event(info, version = 2)]
    pub struct PaymentProcessCompleted<'a> {
        /// Order being charged.
        #[entity]
        pub order_id: Str<'a>,
        /// In minor units of the currency.
        #[field(unit = \"cents\")]
        pub amount_cents: i32,
    }
";

/// Another domain.
const SHIPPING: &str = "
event_core::events!(
    /// Bringing parcels to customers.
    #[domain(owner = \"shipping\")]
    pub enum Shipping {
        /// Hand parcels over.
        Deliver,
    }

    /// Parcels were handed over.
    #[event(info)]
    pub struct ShippingDeliverCompleted {
        /// How many.
        pub parcels: u32,
    }
);
";

/// The conversion of the old version, below the block.
const UPCAST: &str = "
impl UpcastFrom<PaymentProcessCompletedV1<'static>> for PaymentProcessCompleted<'static> {
    fn upcast(old: PaymentProcessCompletedV1<'static>) -> Self {
        Self {
            order_id: old.order_id,
            amount_cents: i32::try_from(old.amount_cents).unwrap_or(i32::MAX),
        }
    }
}
";

/// The workspace, and where its files are.
struct Shop {
    root: PathBuf,
    payment: PathBuf,
}

impl Shop {
    fn cargo(&self, words: &str) -> Ran {
        run("cargo", &self.root, &words.split(' ').collect::<Vec<_>>())
    }

    fn git(&self, words: &[&str]) {
        run("git", &self.root, words).ok();
    }

    fn commit(&self, says: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", says]);
    }
}

fn made(place: &Path) -> Shop {
    let new = ["event", "new", "book-shop", "--path"];
    let mut command = program("cargo", place);
    let ran = command.args(new).arg(checkout()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(said.contains("cd book-shop\n"), "{said}");
    note(&said);
    let root = place.join("book-shop");
    // Without a network, only the versions in this lock file are available.
    fs::copy(checkout().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let payment = root.join("book-shop-events/src/payment.rs");
    let shop = Shop { root, payment };
    shop.git(&["init", "-q", "-b", "main"]);
    shop
}

/// Runs the service: it emits an event with a masked address.
fn emitted(shop: &Shop) -> String {
    let line = shop.cargo("run --quiet").ok();
    let event: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (&event["event"], &event["email"]),
        (&"payment_process_failed".into(), &"a***@example.com".into())
    );
    line
}

fn a_service_does_not_compile_the_command(shop: &Shop) {
    let tree = |package| {
        shop.cargo(&format!("tree --package {package} --edges normal,build --prefix none")).ok()
    };
    let (service, command) = (tree("book-shop-service"), tree("book-shop-command"));
    for krate in ["clap ", "event-cli ", "event-schema ", "schemars "] {
        let is_in = |tree: &str| tree.lines().any(|line| line.starts_with(krate));
        assert!(!is_in(&service), "{krate}: {service}");
        assert!(is_in(&command), "the test looks at the right trees: {krate}: {command}");
    }
    let built = shop.cargo("build --quiet --message-format json").ok();
    assert!(built.contains("book-shop-service") && !built.contains("event-cli"), "by default");
}

/// Runs the command from a subdirectory, with a relative path, and with standard input and output.
fn the_command_is_found(shop: &Shop, line: &str) {
    event(&shop.root, "export json-schema").ok();
    fs::remove_dir_all(shop.root.join("schemas")).unwrap();
    let below = shop.root.join("book-shop-events/src");
    event(&below, "export json-schema -o ../../schemas").ok();
    assert!(shop.root.join("schemas/index.json").is_file());
    event(&shop.root, "export json-schema --check").ok();
    let validate = ["event", "validate", "-"];
    run_reading("cargo", &below, &validate, line).ok();
    let clear = line.replace("a***@", "ada@");
    let ran = run_reading("cargo", &below, &validate, &clear);
    assert_eq!(ran.code, Some(100), "the exit code is the command's: {}", ran.err);
    assert_eq!(event(&below, "export json-shema").code, Some(2));
    event(&shop.root, "list").ok();
    let listed = event(&below, "-p book-shop-command list").ok();
    assert!(listed.contains("payment_process_completed"), "{listed}");
}

fn locked(shop: &Shop) {
    let said = event(&shop.root.join("book-shop-service"), "lock").ok();
    assert!(said.contains("payment_process_completed"), "{said}");
    assert!(shop.root.join("book-shop-events/events.lock.d").is_dir());
    event(&shop.root, "check").ok();
}

/// Breaks the lock. The error is at the type of the field, and shows both ways to mend it.
fn broken(shop: &Shop) {
    edit(&shop.payment, AMOUNT, BREAK);
    let said = shop.cargo("check");
    assert_eq!(said.code, Some(101));
    let text = fs::read_to_string(&shop.payment).unwrap();
    let line = text.lines().position(|line| line.contains(BREAK)).unwrap() + 1;
    for expected in [
        "[EV0208] `payment_process_completed` v1 is locked, and `amount_cents` changed its type",
        "help: undo the change, or declare v2",
        "cargo run -p book-shop-command -- accept",
        &format!("--> book-shop-events/src/payment.rs:{line}:27\n"),
    ] {
        assert!(said.err.contains(expected), "{expected}: {}", said.err);
    }
    // The command works when it is needed most.
    let checked = event(&shop.root, "check");
    assert!(checked.code == Some(100) && checked.err.contains("EV0208"), "{}", checked.err);
    assert!(checked.err.starts_with("note: the catalog compiles only with"), "{}", checked.err);
    let explained = event(&shop.root, "explain EV0208").ok();
    assert!(explained.contains("EV0208"), "{explained}");
    edit(&shop.payment, BREAK, "pub amount_cents: i33,");
    let unbuilt = event(&shop.root, "check");
    assert!(unbuilt.code == Some(101) && unbuilt.err.contains("`i33`"), "{}", unbuilt.err);
    edit(&shop.payment, "pub amount_cents: i33,", BREAK);
    // So it does when the lock is damaged.
    let lock = shop.root.join("book-shop-events/events.lock");
    let whole = fs::read_to_string(&lock).unwrap();
    fs::write(&lock, &whole[..whole.len() / 2]).unwrap();
    let damaged = event(&shop.root, "check");
    assert!(damaged.code == Some(100) && damaged.err.contains("EV0226"), "{}", damaged.err);
    fs::write(&lock, whole).unwrap();
}

fn undone(shop: &Shop) {
    edit(&shop.payment, BREAK, AMOUNT);
    shop.cargo("check --quiet").ok();
}

/// Declares the next version, and keeps the old one.
fn next_version(shop: &Shop) {
    let payment = &shop.payment;
    edit(payment, "use event_core::{Str, events};", "use event_core::{Str, UpcastFrom, events};");
    edit(payment, "pub struct PaymentProcessCompleted<", "pub struct PaymentProcessCompletedV1<");
    let failed = "\n    /// The gateway refused the charge.";
    edit(payment, failed, &format!("{NEXT}{failed}"));
    edit(payment, "\n);\n", &format!("\n);\n{UPCAST}"));
    shop.cargo("check --quiet").ok();
    event(&shop.root, "lock").ok();
    event(&shop.root, "export json-schema").ok();
    event(&shop.root, "check --baseline-rev main").ok();
}

/// Runs the steps of the CI job in a clone that has one commit of one branch.
fn ci(shop: &Shop) {
    let clone = shop.root.with_file_name("clone");
    let url = format!("file://{}", shop.root.display());
    let arguments = ["clone", "-q", "--depth=1", "--branch", "change", &url];
    let mut git = program("git", shop.root.parent().unwrap());
    assert!(git.args(arguments).arg(&clone).status().unwrap().success());
    let job = fs::read_to_string(clone.join(".github/workflows/events.yml")).unwrap();
    let scripts = scripts(&job);
    assert!(scripts.len() >= 5, "{scripts:?}");
    for script in &scripts {
        let ran = ci_step(&clone, script, "main");
        assert_eq!(ran.code, Some(0), "{script}: {}{}", ran.out, ran.err);
    }
    let against_base = scripts.last().unwrap();
    assert!(against_base.contains("--baseline-rev FETCH_HEAD"), "{against_base}");
    // The base of the first change has an empty lock.
    ci_step(&clone, against_base, "fresh").ok();
    // If a break is locked again, only the comparison with the base finds it.
    let payment = clone.join("book-shop-events/src/payment.rs");
    edit(&payment, "pub reason: Str<'a>,", "pub reason: Option<Str<'a>>,");
    let lock = clone.join("book-shop-events/events.lock");
    fs::remove_dir_all(lock.with_extension("lock.d")).unwrap();
    fs::copy(shop.root.with_file_name("fresh.lock"), &lock).unwrap();
    event(&clone, "lock").ok();
    let ran = ci_step(&clone, against_base, "main");
    assert!(ran.code == Some(100) && ran.err.contains("EV0230"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_new_workspace_works_within_five_minutes() {
    let place = Temp::new("five-minutes");
    let steps = Steps::new(LIMIT);
    let shop = step("make the workspace", || made(&place.0));
    shop.commit("a new workspace");
    shop.git(&["branch", "fresh"]);
    let lock = shop.root.join("book-shop-events/events.lock");
    fs::copy(lock, place.0.join("fresh.lock")).unwrap();
    let line = step("build, and emit an event", || emitted(&shop));
    step("test", || shop.cargo("test --quiet").ok());
    step("build the command, export, validate", || the_command_is_found(&shop, &line));
    a_service_does_not_compile_the_command(&shop);
    step("lock", || locked(&shop));
    shop.commit("lock");
    step("break: an error of cargo check", || broken(&shop));
    step("mend: undo", || undone(&shop));
    shop.git(&["switch", "-q", "-c", "change"]);
    step("mend: the next version", || next_version(&shop));
    shop.commit("the next version");
    step("the CI job, in a shallow clone", || ci(&shop));
    for package in ["command", "events", "service"] {
        let package = format!("book-shop-{package}");
        shop.cargo(&format!("fmt --check --package {package}")).ok();
    }
    the_first_page_shows_this(&shop);
    steps.end();
}

/// The text of the first block in docs/start.md that begins with this fence and line.
fn block_of_the_first_page(begins: &str) -> String {
    let page = fs::read_to_string(checkout().join("docs/start.md")).unwrap();
    let (_, rest) = page.split_once(begins).expect("the page has the block");
    let text = rest.split_once("```").unwrap().0;
    format!("{}{text}", begins.split_once('\n').unwrap().1)
}

/// The last steps of docs/start.md: a catalog is added to an existing workspace, and a domain to it.
#[test]
fn a_catalog_joins_another_workspace() {
    let place = Temp::new("joined");
    let mut new = program("cargo", &place.0);
    new.args(["event", "new", "shop", "--path"]).arg(checkout());
    assert!(new.output().unwrap().status.success());
    let root = place.0.join("own");
    fs::create_dir(&root).unwrap();
    for package in ["shop-events", "shop-command"] {
        fs::rename(place.0.join("shop").join(package), root.join(package)).unwrap();
    }
    let manifest = block_of_the_first_page("```toml\n[workspace]");
    let path = format!("{}/", checkout().display());
    fs::write(root.join("Cargo.toml"), manifest.replace("../event-catalog/", &path)).unwrap();
    fs::copy(checkout().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let catalog = root.join("shop-events/src");
    let joined = "```rust\n// shop-events/src/lib.rs";
    fs::write(catalog.join("lib.rs"), block_of_the_first_page(joined)).unwrap();
    fs::write(catalog.join("shipping.rs"), SHIPPING).unwrap();
    let listed = event(&root, "list").ok();
    assert!(
        listed.contains("payment_process_failed") && listed.contains("shipping_deliver_completed")
    );
}

/// The commands in docs/start.md. This test runs them.
const COMMANDS: &[&str] = &[
    "cargo install --path event-catalog/event-cli",
    "cargo event new shop --path event-catalog",
    "cd shop",
    "cargo run --quiet",
    "cargo test",
    "cargo event list",
    "cargo event export json-schema",
    "cargo run --quiet | cargo event validate -",
    "cargo event lock",
    "cargo event check",
    "cargo check",
];

/// Checks docs/start.md: a program of this test printed each line of output, and the declarations
/// are the ones that mended the break.
fn the_first_page_shows_this(shop: &Shop) {
    let page = fs::read_to_string(checkout().join("docs/start.md")).unwrap();
    let name = |text: &str| text.replace("book-shop", "shop");
    let said: Vec<String> = said().iter().map(|line| without_time(&name(line))).collect();
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    assert_eq!(commands, COMMANDS, "the page shows the commands of this test");
    let mut shown = 0;
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let lines = block.lines().filter(|line| !line.starts_with("$ ") && *line != "..");
        for line in lines.map(without_time) {
            assert!(said.contains(&line), "docs/start.md shows, and nothing printed: {line}");
            shown += 1;
        }
    }
    assert!(shown >= 15, "{shown}");
    for declared in [NEXT, UPCAST] {
        assert!(page.contains(declared), "docs/start.md shows another: {declared}");
    }
    assert!(shop.root.join(".github/workflows/events.yml").is_file());
}

fn without_time(line: &str) -> String {
    match line.split_once("\"timestamp\":\"") {
        Some((before, behind)) => {
            let after = behind.split_once('"').unwrap().1;
            format!("{before}{after}")
        }
        None => line.to_owned(),
    }
}
