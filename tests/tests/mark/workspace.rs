//! A workspace of a generated catalog and the services on it, with a target directory of its own.

use super::builds::Build;
use super::services::{PRELUDE, SERVICES};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DOMAINS: [&str; 5] = ["Order", "Payment", "Shipping", "Account", "Report"];
const ACTIONS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];
const STATUSES: [&str; 3] = ["Started", "Completed", "Failed"];

pub(crate) struct Workspace {
    dir: PathBuf,
}

/// The names of the catalog's events.
pub(crate) fn event_types() -> Vec<String> {
    let all = DOMAINS.iter().flat_map(|domain| ACTIONS.map(|action| (domain, action)));
    let all = all.flat_map(|(domain, action)| {
        STATUSES.map(|status| format!("{domain}.step_{action}.{status}"))
    });
    all.map(|name| name.to_lowercase()).collect()
}

/// The lines that a program writes.
pub(crate) fn output(program: &Path) -> String {
    let output = Command::new(program).output().unwrap();
    assert!(
        output.status.success(),
        "{}: {}",
        program.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// One block: ten actions of three events each. The first that completes is wide in each.
fn block(domain: &str) -> String {
    let actions = ACTIONS.map(|action| format!("Step{action}")).join(", ");
    let mut events = String::new();
    for (action, status) in
        ACTIONS.iter().flat_map(|action| STATUSES.map(|status| (action, status)))
    {
        let level = if status == "Failed" { "error" } else { "info" };
        let wide = if (*action, status) == ("A", "Completed") {
            format!(", wide({domain}Contribution)")
        } else {
            String::new()
        };
        writeln!(
            events,
            "#[event({level}{wide})] pub struct {domain}Step{action}{status} {{ pub n: u32 }}"
        )
        .unwrap();
    }
    format!(
        "pub mod {module} {{
            event_core::events! {{
                #[domain] pub enum {domain} {{ {actions} }}
                #[group] pub struct {domain}Contribution {{ pub part: u32 }}
                {events}
            }}
        }}\n",
        module = domain.to_lowercase()
    )
}

/// The catalog, and code that emits: called, not called, and behind a table of functions that
/// nobody makes.
fn library() -> String {
    let blocks: String = DOMAINS.into_iter().map(block).collect();
    let parts: String =
        DOMAINS.map(|domain| format!("{domain}({}::{domain}), ", domain.to_lowercase())).concat();
    format!(
        "{blocks}
        event_core::catalog! {{ pub enum All {{ {parts} }} }}

        pub trait Job {{ fn run(&self); }}
        struct Built;
        impl Job for Built {{
            fn run(&self) {{ order::emit_order_step_c_completed(order::OrderStepCCompleted {{ n: 3 }}); }}
        }}
        #[inline(never)]
        pub fn job() -> Box<dyn Job> {{ Box::new(Built) }}

        pub struct Unbuilt;
        impl Job for Unbuilt {{
            fn run(&self) {{ order::emit_order_step_d_completed(order::OrderStepDCompleted {{ n: 4 }}); }}
        }}
        #[inline(never)]
        pub fn uncalled() {{ order::emit_order_step_e_completed(order::OrderStepECompleted {{ n: 5 }}); }}
        "
    )
}

impl Workspace {
    /// Its files. What was built for it before is kept.
    pub(crate) fn create() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mark");
        fs::create_dir_all(dir.join("src/bin")).unwrap();
        let manifest = format!(
            "[package]\nname = \"audited\"\nversion = \"0.0.0\"\nedition = \"2024\"\n
            [dependencies]\nevent-core = {{ path = '{}' }}\n
            [workspace]\n",
            root.join("event-core").display()
        );
        let workspace = Self { dir };
        workspace.write("Cargo.toml", &manifest);
        fs::copy(root.join("Cargo.lock"), workspace.dir.join("Cargo.lock")).unwrap();
        workspace.write("src/lib.rs", &library());
        for service in SERVICES {
            workspace.write(
                &format!("src/bin/{}.rs", service.name),
                &format!("{PRELUDE}{}", service.code),
            );
        }
        workspace
    }

    /// Writes a file, unless it is there already: cargo builds what is newer.
    fn write(&self, file: &str, text: &str) {
        let path = self.dir.join(file);
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            return;
        }
        fs::write(path, text).unwrap();
    }

    pub(crate) fn build(&self, build: &Build) {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["build", "--offline", "--quiet", "--bins"])
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("EVENTS_LOCK")
            .env("RUSTFLAGS", build.rustflags);
        for (key, value) in build.profile.iter().copied().flatten() {
            command.env(format!("CARGO_PROFILE_DEV_{key}"), value);
        }
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{}:\n{}",
            build.name,
            String::from_utf8_lossy(&output.stderr)
        );
    }

    pub(crate) fn binary(&self, name: &str) -> PathBuf {
        self.target().join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }

    fn target(&self) -> PathBuf {
        self.dir.join("target")
    }
}
