//! The workspace that README.md shows, made of the README's own files: its commands run, its errors
//! are rustc's, and its service does not compile the command.
//!
//! `UPDATE_README=1 cargo test -p event-pages --test layout` writes the errors into the page.
#![allow(clippy::unwrap_used, reason = "a test may")]

use event_pages::blocks::{Block, blocks};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What only the command needs.
const OF_THE_COMMAND: &[&str] = &["clap", "event-cli", "event-schema", "rustix", "schemars"];

/// Where the README has the crates.
const CRATES: &str = "../../event-catalog/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

struct Workspace {
    directory: PathBuf,
}

impl Workspace {
    /// The files of the pages; not those that end a file which is there.
    fn of_pages() -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(&directory).unwrap();
        fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
        let workspace = Self { directory };
        let shown = [blocks(&page("README.md")), blocks(&page("docs/lock.md"))].concat();
        for block in shown.iter().filter(|block| block.path().is_some() && !block.is_end_of_file())
        {
            workspace.write(block.path().unwrap(), &block.text);
        }
        workspace
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.directory.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let crates = format!("{}/", root().display());
        fs::write(path, text.replace(CRATES, &crates)).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.directory.join(file)).unwrap()
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO"));
        // The verb first: what is behind `--` is the program's.
        command.arg(arguments[0]).args(["--offline", "--quiet"]).args(&arguments[1..]);
        command
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("USER", "ada")
            .env_remove("RUSTFLAGS")
            .env_remove("EVENTS_LOCK");
        for variable in ["CI", "GITHUB_ACTIONS", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"] {
            command.env_remove(variable);
        }
        command.output().unwrap()
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{arguments:?}\n{}{said}",
            String::from_utf8_lossy(&output.stdout)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a line of a console block: `cargo ..`, perhaps with `> FILE` behind it.
    fn line(&self, line: &str) {
        let (line, to) = line.split_once(" > ").unwrap_or((line, ""));
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[0], "cargo", "{line}");
        let out = self.ok(&words[1..]);
        if !to.is_empty() {
            fs::write(self.directory.join(to.trim()), out).unwrap();
        }
    }

    /// The errors of `cargo check`, up to the sum of them.
    fn errors(&self) -> String {
        let output = self.cargo(&["check", "-p", "shop-events", "--color", "never"]);
        assert!(!output.status.success(), "it does not build");
        let said = String::from_utf8(output.stderr).unwrap();
        let errors = said.split("\nerror: could not compile").next().unwrap();
        errors.split("\nFor more information").next().unwrap().trim_end().to_owned() + "\n"
    }

    /// The packages that a package is built of.
    fn tree(&self, package: &str) -> Vec<String> {
        let tree = self
            .ok(&["tree", "-p", package, "-e", "normal", "--prefix", "none", "--format", "{p}"]);
        let mut names: Vec<_> =
            tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The command lines of the README's blocks that run `shop-command` or the service, in order. Two
/// need what a test has not: a remote, and files of one's own.
fn console_lines(readme: &str) -> Vec<String> {
    let shown = blocks(readme);
    let consoles = shown.iter().filter(|block: &&Block| block.info == "console");
    let lines = consoles.flat_map(|block| block.text.lines());
    let lines = lines
        .filter_map(|line| Some(line.strip_prefix("$ ")?.split(" #").next()?.trim().to_owned()));
    let is_of_the_shop =
        |line: &String| line.contains("-p shop-command") || line.contains("-p checkout");
    let needs_more =
        |line: &String| line.contains("--baseline-rev") || line.contains("compat old.json");
    lines.filter(|line| is_of_the_shop(line) && !needs_more(line)).collect()
}

/// Holds the text block behind `<!-- error: NAME -->` against what rustc says.
fn hold_against(readme: &mut String, name: &str, expected: &str) {
    let marker = format!("<!-- error: {name} -->\n```text\n");
    let start = readme.find(&marker).expect("the page has the error") + marker.len();
    let end = start + readme[start..].find("```").unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        readme.replace_range(start..end, expected);
    } else {
        let shown = &readme[start..end];
        assert_eq!(
            shown, expected,
            "`UPDATE_README=1 cargo test -p event-pages --test layout` writes it"
        );
    }
}

/// What the service has printed is what the page shows, but for the time.
fn the_service_prints_what_the_page_shows(workspace: &Workspace, readme: &str) {
    let without_time = |line: &str| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["timestamp"].take().is_string());
        line
    };
    let shown = blocks(readme).into_iter().find(|block| block.info == "json").unwrap();
    assert_eq!(without_time(&workspace.read("events.ndjson")), without_time(&shown.text));
}

fn a_service_does_not_compile_the_command(workspace: &Workspace) {
    let (service, command) = (workspace.tree("checkout"), workspace.tree("shop-command"));
    assert!(
        service.contains(&"event-core".to_owned()) && service.contains(&"shop-events".to_owned()),
        "{service:?}"
    );
    for name in OF_THE_COMMAND {
        assert!(
            !service.iter().any(|own| own == name || own.starts_with(&format!("{name}_"))),
            "{name}: {service:?}"
        );
    }
    for name in ["clap", "event-cli", "event-schema", "schemars"] {
        assert!(
            command.iter().any(|own| own == name),
            "the test looks at the right trees: {name}: {command:?}"
        );
    }
}

fn the_catalog_is_free_to_change_before_it_is_locked(workspace: &Workspace, readme: &mut String) {
    let payment = workspace.read("shop-events/src/payment.rs");
    let misspelt = payment.replace("struct PaymentProcessFailed", "struct PaymentProcesFailed");
    workspace.write(
        "shop-events/src/payment.rs",
        &misspelt.replace("        #[sensitive(email)]\n", ""),
    );
    hold_against(readme, "a misspelt action and an address without a mask", &workspace.errors());
    workspace.write("shop-events/src/payment.rs", &payment);
}

fn a_break_names_the_command_package(workspace: &Workspace, readme: &mut String) {
    let payment = workspace.read("shop-events/src/payment.rs");
    workspace.write(
        "shop-events/src/payment.rs",
        &payment.replace("amount_cents: i64", "amount_cents: i32"),
    );
    let error = workspace.errors();
    assert!(error.contains("`EVENTS_LOCK=off cargo run -p shop-command -- accept"), "{error}");
    hold_against(readme, "a field of a locked event is retyped", &error);
    workspace.write("shop-events/src/payment.rs", &payment);
}

fn a_damaged_lock_names_the_command_package(workspace: &Workspace) {
    let lock = workspace.read("shop-events/events.lock");
    workspace.write("shop-events/events.lock", &lock.replace("i64", "i32"));
    let error = workspace.errors();
    assert!(
        error.contains("`EVENTS_LOCK=off cargo run -p shop-command -- lock --repair`"),
        "{error}"
    );
    workspace.write("shop-events/events.lock", &lock);
}

#[test]
fn the_readme_is_a_workspace_that_works() {
    let (workspace, mut readme) = (Workspace::of_pages(), page("README.md"));
    a_service_does_not_compile_the_command(&workspace);
    the_catalog_is_free_to_change_before_it_is_locked(&workspace, &mut readme);
    let lines = console_lines(&readme);
    for wanted in
        ["export json-schema --check", "validate events.ndjson", "-- lock", "-- check", "-- diff"]
    {
        assert!(lines.iter().any(|line| line.ends_with(wanted)), "the README shows `{wanted}`");
    }
    for line in &lines {
        workspace.line(line);
    }
    the_service_prints_what_the_page_shows(&workspace, &readme);
    assert!(workspace.directory.join("schemas/payment_process_failed.v1.json").exists());
    assert!(
        workspace.directory.join("shop-events/events.lock.d").is_dir()
            && !workspace.directory.join("events.lock").exists()
    );
    // What the README puts at the end of files that are there.
    for block in blocks(&readme).iter().filter(|block| block.is_end_of_file()) {
        let file = block.path().unwrap();
        workspace.write(file, &format!("{}\n{}", workspace.read(file), block.text));
    }
    workspace.ok(&["check", "--workspace", "--all-targets"]);
    workspace.ok(&["test", "-p", "shop-events", "-p", "shop-command"]);
    workspace.ok(&["run", "-p", "shop-command", "--", "check", "--fail-on", "warning"]);
    a_break_names_the_command_package(&workspace, &mut readme);
    a_damaged_lock_names_the_command_package(&workspace);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(root().join("README.md"), readme).unwrap();
    }
}
