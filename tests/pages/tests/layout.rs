//! Builds the declaration and the service of README.md in a workspace. The errors in the page are
//! rustc's, its commands run, its picture is drawn from their output, and the service does not
//! compile the command.
//!
//! `UPDATE_README=1 cargo test -p event-pages --test layout` writes the errors and the picture.
#![allow(clippy::unwrap_used, reason = "a test may")]

use event_grammar::lock::Lock;
use event_pages::blocks::{Block, blocks, pages};
use event_pages::picture::{Panel, picture};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Packages that only the command needs.
const OF_THE_COMMAND: &[&str] = &["clap", "event-cli", "event-schema", "rustix", "schemars"];

/// A file of the workspace that `cargo event new` makes, under its name among the templates.
macro_rules! template {
    ($file:literal) => {
        include_str!(concat!("../../../event-cli/src/cargo_event/new/template/", $file))
    };
}

/// The files that README.md does not show.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", template!("workspace.toml")),
    ("shop-events/Cargo.toml", template!("events.toml")),
    ("shop-events/src/lib.rs", template!("events.rs")),
    ("shop-command/Cargo.toml", template!("command.toml")),
    ("shop-command/src/main.rs", template!("command.rs")),
    ("shop-service/Cargo.toml", template!("service.toml")),
];

const PAYMENT: &str = "shop-events/src/payment.rs";
const PICTURE: &str = "docs/picture.svg";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// A manifest that takes the crates from this checkout.
fn with_paths(manifest: &str) -> String {
    ["event-core", "event-cli"].iter().fold(manifest.to_owned(), |text, krate| {
        let path = root().join(krate).display().to_string();
        text.replace(&format!("{{ git = \"{krate}\" }}"), &format!("{{ path = \"{path}\" }}"))
    })
}

struct Workspace {
    directory: PathBuf,
}

impl Workspace {
    /// [`FILES`], and those that README.md shows.
    fn of_the_readme() -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(&directory).unwrap();
        fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
        let workspace = Self { directory };
        for (file, text) in FILES {
            workspace.write(file, &with_paths(text));
        }
        workspace.write("shop-events/events.lock", &Lock::new("shop-command").render());
        let shown = blocks(&page("README.md"));
        for block in shown.iter().filter(|block| block.path().is_some()) {
            workspace.write(block.path().unwrap(), &block.text);
        }
        workspace
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.directory.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.directory.join(file)).unwrap()
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO"));
        // The subcommand first: arguments after `--` belong to the program.
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

    /// The errors of `cargo check`, up to the line that counts them.
    fn errors(&self) -> String {
        let output = self.cargo(&["check", "-p", "shop-events", "--color", "never"]);
        assert!(!output.status.success(), "it does not build");
        let said = String::from_utf8(output.stderr).unwrap();
        let errors = said.split("\nerror: could not compile").next().unwrap();
        errors.split("\nFor more information").next().unwrap().trim_end().to_owned() + "\n"
    }

    /// The packages that a package depends on.
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

/// The arguments of each `cargo event ..` in README.md, except `cargo event new`.
fn commands(readme: &str) -> Vec<Vec<String>> {
    let shown = blocks(readme);
    let consoles = shown.iter().filter(|block: &&Block| block.info == "console");
    let lines = consoles.flat_map(|block| block.text.lines());
    let commands = lines.filter_map(|line| {
        let arguments = line.strip_prefix("$ cargo event ")?.split('#').next()?;
        Some(arguments.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    });
    let (new, others) = commands.partition::<Vec<_>, _>(|arguments| arguments[0] == "new");
    // `event-cli/tests/new` runs it.
    assert_eq!(new, [["new", "shop", "--path", "event-catalog"]]);
    others
}

/// Compares the text block after `<!-- error: NAME -->` with the error of rustc.
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

/// Checks that the service printed the line that the page shows, except for the time.
fn the_service_prints_what_the_page_shows(workspace: &Workspace, readme: &str) -> String {
    let without_time = |line: &str| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["timestamp"].take().is_string());
        line
    };
    let shown = blocks(readme).into_iter().find(|block| block.info == "json").unwrap();
    assert_eq!(without_time(&workspace.read("events.ndjson")), without_time(&shown.text));
    shown.text
}

fn a_service_does_not_compile_the_command(workspace: &Workspace) {
    let (service, command) = (workspace.tree("shop-service"), workspace.tree("shop-command"));
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

/// The declaration with the two mistakes mended.
fn mended(declaration: &str) -> String {
    let mended = declaration
        .replace("PaymentProcesFailed", "PaymentProcessFailed")
        .replace("        pub email", "        #[sensitive(email)]\n        pub email");
    assert_ne!(mended, declaration);
    mended
}

fn a_break_names_the_command_package(workspace: &Workspace) -> String {
    let payment = workspace.read(PAYMENT);
    workspace.write(PAYMENT, &payment.replace("amount_cents: i64", "amount_cents: i32"));
    let error = workspace.errors();
    assert!(error.contains("-p shop-command -- accept"), "{error}");
    workspace.write(PAYMENT, &payment);
    error
}

fn a_damaged_lock_names_the_command_package(workspace: &Workspace) {
    let lock = workspace.read("shop-events/events.lock");
    workspace.write("shop-events/events.lock", &lock.replace("i64", "i32"));
    let error = workspace.errors();
    assert!(error.contains("-p shop-command -- lock --repair`"), "{error}");
    workspace.write("shop-events/events.lock", &lock);
}

/// The properties of an exported schema, one on each line. Patterns are cut.
fn properties(schema: &str) -> String {
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let properties = schema["properties"].as_object().unwrap().iter();
    let own = properties.filter(|(name, _)| {
        ["order_id", "amount_cents", "email", "event", "version"].contains(&name.as_str())
    });
    let lines: Vec<String> = own
        .map(|(name, property)| {
            let mut property = property.clone();
            let words = property.as_object_mut().unwrap();
            words.remove("description");
            if let Some(serde_json::Value::String(pattern)) = words.get_mut("pattern") {
                *pattern = pattern.chars().take(12).chain(['…']).collect();
            }
            format!("\"{name}\": {property}")
        })
        .collect();
    format!("{}\n\"additionalProperties\": {}\n", lines.join("\n"), schema["additionalProperties"])
}

#[test]
fn the_readme_is_a_workspace_that_works() {
    let (workspace, mut readme) = (Workspace::of_the_readme(), page("README.md"));
    let errors = workspace.errors();
    hold_against(&mut readme, "a misspelt action and an address without a mask", &errors);
    let declaration = mended(&workspace.read(PAYMENT));
    workspace.write(PAYMENT, &declaration);
    a_service_does_not_compile_the_command(&workspace);
    workspace.write("events.ndjson", &workspace.ok(&["run", "-p", "shop-service"]));
    let line = the_service_prints_what_the_page_shows(&workspace, &readme);
    let commands = commands(&readme);
    assert_eq!(commands.len(), 4, "{commands:?}");
    for arguments in &commands {
        let arguments = arguments.iter().map(String::as_str);
        workspace.ok(&["run", "-p", "shop-command", "--"]
            .into_iter()
            .chain(arguments)
            .collect::<Vec<_>>());
    }
    workspace.ok(&["run", "-p", "shop-command", "--", "validate", "events.ndjson"]);
    workspace.ok(&["check", "--workspace", "--all-targets"]);
    let breaks = a_break_names_the_command_package(&workspace);
    hold_against(&mut readme, "a field of a locked event is retyped", &breaks);
    a_damaged_lock_names_the_command_package(&workspace);
    let schema = workspace.read("schemas/payment_process_failed.v1.json");
    let panel = |title, text: &str| Panel { title, text: text.to_owned() };
    let body = declaration.split_once("events!(\n").unwrap().1;
    let drawn = picture(
        "One declaration gives a line of JSON and a schema; mistakes and breaking changes are compile errors",
        [
            &[
                panel("Declare an event once", &format!("events!(\n{body}")),
                panel("Emitted: one line of JSON, masked by the encoder", &line),
                panel("Exported: a JSON Schema for each version", &properties(&schema)),
            ],
            &[
                panel("A misspelt name and a leaked address do not compile", &errors),
                panel("A breaking change does not compile", &breaks),
            ],
        ],
    );
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(root().join("README.md"), readme).unwrap();
        fs::write(root().join(PICTURE), drawn).unwrap();
    } else {
        assert_eq!(
            page(PICTURE),
            drawn,
            "`UPDATE_README=1 cargo test -p event-pages --test layout` draws it"
        );
    }
}

#[test]
fn the_readme_is_short() {
    let readme = page("README.md");
    assert!(readme.len() <= 9_000, "README.md has {} bytes of 9,000", readme.len());
    let repository = format!("git = \"{}\"", env!("CARGO_PKG_REPOSITORY"));
    assert!(readme.contains(&repository), "README.md does not say {repository}");
    let index = page("docs/README.md");
    for (name, _) in pages(&root()).unwrap().iter().filter(|(name, _)| name != "docs/README.md") {
        let Some(file) = name.strip_prefix("docs/") else { continue };
        assert!(index.contains(&format!("({file}")), "docs/README.md does not list {file}");
    }
}
