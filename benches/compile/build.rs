//! A workspace of generated crates, and what cargo takes to build one of them.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROUNDS: u32 = 3;

#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Check,
    Debug,
    Release,
}

impl Mode {
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// Crates that share the project's lock file: what is not in it is not fetched.
pub(crate) struct Workspace {
    dir: PathBuf,
    root: PathBuf,
}

pub(crate) struct Krate {
    name: &'static str,
    lib: PathBuf,
    source: String,
}

impl Workspace {
    /// An empty one in `dir`; `root` is the project's own workspace.
    pub(crate) fn create(dir: &Path, root: &Path) -> io::Result<Self> {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
        fs::create_dir_all(dir)?;
        fs::write(dir.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"with-*\"]\n")?;
        fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock"))?;
        Ok(Self { dir: dir.to_owned(), root: root.to_owned() })
    }

    /// Adds a library. `{root}` in a dependency is the project's directory.
    pub(crate) fn krate(&self, name: &'static str, dependencies: &[&str], source: &str) -> io::Result<Krate> {
        let dir = self.dir.join(name);
        fs::create_dir_all(dir.join("src"))?;
        let dependencies = dependencies.join("\n").replace("{root}", &self.root.to_string_lossy());
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n"
        );
        fs::write(dir.join("Cargo.toml"), manifest)?;
        let lib = dir.join("src/lib.rs");
        fs::write(&lib, source)?;
        Ok(Krate { name, lib, source: source.to_owned() })
    }

    /// Processor time of building the crate alone.
    pub(crate) fn seconds(&self, krate: &Krate, mode: Mode) -> io::Result<f64> {
        self.cargo(krate, mode)?;
        let (mut fresh, mut changed) = (f64::INFINITY, f64::INFINITY);
        for round in 0..ROUNDS {
            fresh = fresh.min(self.cargo(krate, mode)?);
            fs::write(&krate.lib, format!("{}// {round}\n", krate.source))?;
            changed = changed.min(self.cargo(krate, mode)?);
        }
        Ok(changed - fresh)
    }

    /// The size of the crate as it was built last.
    pub(crate) fn megabytes(&self, krate: &Krate, mode: Mode) -> io::Result<f64> {
        let profile = if matches!(mode, Mode::Release) { "release" } else { "debug" };
        let name = format!("lib{}.rlib", krate.name.replace('-', "_"));
        let bytes = fs::metadata(self.target().join(profile).join(name))?.len();
        #[expect(clippy::cast_precision_loss, reason = "it is printed with two decimals")]
        Ok(bytes as f64 / 1e6)
    }

    fn target(&self) -> PathBuf {
        self.dir.join("target")
    }

    /// Seconds of processor time of one call of cargo.
    fn cargo(&self, krate: &Krate, mode: Mode) -> io::Result<f64> {
        let before = children()?;
        let output = Command::new(env!("CARGO"))
            .args(mode.arguments())
            .args(["--offline", "--quiet", "--package", krate.name])
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .stdout(Stdio::null())
            .output()?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("`{}` does not build:\n{errors}", krate.name)));
        }
        Ok(children()? - before)
    }
}

/// Seconds of processor time of the children so far.
fn children() -> io::Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    #[expect(clippy::cast_precision_loss, reason = "hours have fewer than 2^52 microseconds")]
    Ok(micros as f64 / 1e6)
}
