//! A workspace of generated crates, and what cargo and rustc say of them.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Crates below this workspace's target directory, which build without a network: they share its
/// `Cargo.lock`.
pub(crate) struct Workspace {
    dir: PathBuf,
}

/// An error, where rustc reports it.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    /// The file, from the workspace's directory.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: u64,
    /// From 1, and the one after the last.
    pub(crate) columns: (u64, u64),
    pub(crate) message: String,
    /// As on a terminal.
    pub(crate) rendered: String,
}

/// What one call of cargo gave.
pub(crate) struct Checked {
    pub(crate) is_ok: bool,
    pub(crate) errors: Vec<Diagnostic>,
    /// The packages that were compiled, not found to be fresh.
    pub(crate) compiled: Vec<String>,
}

/// The directory of this project's workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Where all of these workspaces build.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("lock-gate-target")
}

impl Workspace {
    /// An empty one. What was built for it before is kept.
    pub(crate) fn create(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir).unwrap();
        }
        fs::create_dir_all(&dir).unwrap();
        fs::write(
            dir.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
        )
        .unwrap();
        fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).unwrap();
        Self { dir }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.dir.join(file)
    }

    /// Writes a file, and what directories it needs.
    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.dir.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The manifest of `crates/<name>`; `{root}` in what follows stands for this project's
    /// directory.
    pub(crate) fn manifest(&self, name: &str, rest: &str) {
        let rest = rest.replace("{root}", &root().to_string_lossy());
        let head =
            format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
        self.write(&format!("crates/{name}/Cargo.toml"), &format!("{head}\n{rest}"));
    }

    /// Writes a file; `{root}` in it stands for this project's directory.
    pub(crate) fn rooted(&self, file: &str, text: &str) {
        self.write(file, &text.replace("{root}", &root().to_string_lossy()));
    }

    /// What `cargo package` makes of a package: the archive that a registry would have.
    pub(crate) fn package(&self, name: &str) -> PathBuf {
        let arguments =
            ["package", "--no-verify", "--allow-dirty", "--exclude-lockfile", "--package", name];
        let output = self.cargo(&arguments, None);
        assert!(
            output.status.success(),
            "`{name}` is packaged:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        target().join(format!("package/{name}-0.0.0.crate"))
    }

    fn cargo(&self, arguments: &[&str], switch: Option<&str>) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("EVENTS_LOCK");
        if let Some(switch) = switch {
            command.env("EVENTS_LOCK", switch);
        }
        command.output().unwrap()
    }

    /// What a program of the workspace prints.
    pub(crate) fn run(&self, package: &str) -> String {
        let output = self.cargo(&["run", "--package", package], None);
        assert!(
            output.status.success(),
            "`{package}` runs:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn check(&self, package: &str) -> Checked {
        self.check_with(package, None)
    }

    /// The same, with `EVENTS_LOCK` set.
    pub(crate) fn check_with(&self, package: &str, switch: Option<&str>) -> Checked {
        let output = self.cargo(&["check", "--message-format=json", "--package", package], switch);
        let mut checked =
            Checked { is_ok: output.status.success(), errors: Vec::new(), compiled: Vec::new() };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let message: Value = serde_json::from_str(line).unwrap();
            match message["reason"].as_str() {
                Some("compiler-artifact") if message["fresh"] == false => {
                    checked.compiled.push(message["target"]["name"].as_str().unwrap().to_owned());
                }
                Some("compiler-message") if message["message"]["level"] == "error" => {
                    checked.errors.extend(diagnostic(&message["message"]));
                }
                _ => {}
            }
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(checked.is_ok || !checked.errors.is_empty(), "cargo itself fails:\n{said}");
        checked
    }
}

/// `None` for the sum of all errors, which has no place.
fn diagnostic(message: &Value) -> Option<Diagnostic> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    // What a macro generates is reported where its tokens come from.
    Some(Diagnostic {
        file: text(&span["file_name"]),
        line: span["line_start"].as_u64()?,
        columns: (span["column_start"].as_u64()?, span["column_end"].as_u64()?),
        message: text(&message["message"]),
        rendered: text(&message["rendered"]),
    })
}
