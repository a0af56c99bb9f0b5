//! A workspace of generated crates, and what cargo takes to build one of them.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROUNDS: u32 = 3;

#[derive(Clone, Copy, Debug)]
/// What cargo is asked for.
pub enum Mode {
    /// `cargo check`
    Check,
    /// `cargo build`
    Debug,
    /// `cargo build --release`
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
#[derive(Debug)]
pub struct Workspace {
    dir: PathBuf,
    root: PathBuf,
}

/// One of them.
#[derive(Debug)]
pub struct Krate {
    name: &'static str,
    lib: PathBuf,
    source: String,
}

/// What rustc said of a crate.
#[derive(Clone, Copy, Debug)]
pub struct Checked {
    /// How many errors there were.
    pub errors: usize,
    /// How often it said that a constant takes a long time.
    pub slow_constants: usize,
}

impl Workspace {
    /// An empty one in `dir`; `root` is the project's own workspace.
    pub fn create(dir: &Path, root: &Path) -> io::Result<Self> {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
        fs::create_dir_all(dir)?;
        fs::write(
            dir.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"with-*\"]\n",
        )?;
        fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock"))?;
        Ok(Self { dir: dir.to_owned(), root: root.to_owned() })
    }

    /// Adds a library. `{root}` in a dependency is the project's directory.
    pub fn krate(
        &self,
        name: &'static str,
        dependencies: &[&str],
        source: &str,
    ) -> io::Result<Krate> {
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
    pub fn seconds(&self, krate: &Krate, mode: Mode) -> io::Result<f64> {
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
    pub fn megabytes(&self, krate: &Krate, mode: Mode) -> io::Result<f64> {
        let profile = if matches!(mode, Mode::Release) { "release" } else { "debug" };
        let name = format!("lib{}.rlib", krate.name.replace('-', "_"));
        let bytes = fs::metadata(self.target().join(profile).join(name))?.len();
        #[expect(clippy::cast_precision_loss, reason = "it is printed with two decimals")]
        Ok(bytes as f64 / 1e6)
    }

    /// Builds the crate's program, `src/main.rs`, in release mode.
    pub fn binary(&self, krate: &Krate) -> io::Result<PathBuf> {
        let mut command = self.command();
        let built = command
            .args(["build", "--release", "--offline", "--quiet", "--package", krate.name])
            .output()?;
        if !built.status.success() {
            let errors = String::from_utf8_lossy(&built.stderr);
            return Err(io::Error::other(format!("`{}` does not build:\n{errors}", krate.name)));
        }
        Ok(self.target().join("release").join(krate.name))
    }

    /// Writes a file of the crate.
    pub fn write(&self, krate: &Krate, path: &str, content: &str) -> io::Result<()> {
        let path = self.dir.join(krate.name).join(path);
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        fs::write(path, content)
    }

    /// Removes a file of the crate, if it is there.
    pub fn remove(&self, krate: &Krate, path: &str) -> io::Result<()> {
        match fs::remove_file(self.dir.join(krate.name).join(path)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Processor time of `cargo check` of the crate as it is; and what rustc said.
    pub fn checked(&self, krate: &Krate, is_incremental: bool) -> io::Result<(f64, Checked)> {
        let before = children()?;
        let output = self
            .command()
            .env("CARGO_INCREMENTAL", if is_incremental { "1" } else { "0" })
            .args([
                "check",
                "--lib",
                "--offline",
                "--quiet",
                "--message-format=short",
                "--package",
                krate.name,
            ])
            .stdout(Stdio::null())
            .output()?;
        let seconds = children()? - before;
        let said = String::from_utf8_lossy(&output.stderr);
        let errors = said.lines().filter(|line| line.contains(": error")).count();
        let slow_constants =
            said.lines().filter(|line| line.contains("taking a long time")).count();
        if output.status.success() || errors > 0 {
            return Ok((seconds, Checked { errors, slow_constants }));
        }
        Err(io::Error::other(format!("`{}` does not build:\n{said}", krate.name)))
    }

    /// What a binary of the crate writes to standard output.
    pub fn output_of(&self, krate: &Krate, binary: &str) -> io::Result<String> {
        let output = self
            .command()
            .args(["run", "--offline", "--quiet", "--package", krate.name, "--bin", binary])
            .stdout(Stdio::piped())
            .output()?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("`{binary}` does not run:\n{errors}")));
        }
        String::from_utf8(output.stdout).map_err(io::Error::other)
    }

    fn target(&self) -> PathBuf {
        self.dir.join("target")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INCREMENTAL", "0");
        command.env_remove("RUSTFLAGS").env_remove("EVENTS_LOCK");
        // Set where benches are built: what the macros take for a package's tests.
        command.env_remove("CARGO_TARGET_TMPDIR");
        command
    }

    /// Seconds of processor time of one call of cargo.
    fn cargo(&self, krate: &Krate, mode: Mode) -> io::Result<f64> {
        let before = children()?;
        let output = self
            .command()
            .args(mode.arguments())
            .args(["--lib", "--offline", "--quiet", "--package", krate.name])
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
