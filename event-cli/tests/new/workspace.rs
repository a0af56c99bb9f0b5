//! Runs programs in a workspace that `cargo event new` made, and measures steps.

use std::cell::RefCell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Variables that cargo, git and a workflow set for this test, and that would change its programs.
const NOT_INHERITED: &[&str] = &[
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PKG_NAME",
    "CARGO_TARGET_DIR",
    "CI",
    "EVENTS_LOCK",
    "GITHUB_ACTIONS",
    "GIT_DIR",
    "RUSTFLAGS",
];

/// The checkout that the crates are taken from.
pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A directory that is removed when the test ends.
pub struct Temp(pub PathBuf);

impl Temp {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cargo-event-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A program in a directory. `cargo event` is installed, and the network is not used.
pub fn program(name: &str, directory: &Path) -> Command {
    let installed = Path::new(env!("CARGO_BIN_EXE_cargo-event")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(
        [installed.to_owned()].into_iter().chain(std::env::split_paths(&path)),
    );
    let mut command = Command::new(name);
    for variable in NOT_INHERITED {
        command.env_remove(variable);
    }
    command
        .current_dir(directory)
        .env("PATH", path.unwrap())
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // The next run of this test uses the same build.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-target"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("USER", "ada");
    for (who, name) in [("AUTHOR", "ada"), ("COMMITTER", "ada")] {
        command.env(format!("GIT_{who}_NAME"), name);
        command.env(format!("GIT_{who}_EMAIL"), "ada@example.com");
    }
    command
}

thread_local! {
    /// The output of all programs of a test.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Records the output of another program.
pub fn note(text: &str) {
    SAID.with_borrow_mut(|said| said.push(text.to_owned()));
}

/// The lines that the programs of this test printed.
pub fn said() -> Vec<String> {
    SAID.with_borrow(|said| said.iter().flat_map(|text| text.lines()).map(str::to_owned).collect())
}

/// The exit code and the output of a program.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The standard output of a program that must succeed.
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }
}

pub fn run(name: &str, directory: &Path, args: &[&str]) -> Ran {
    let ran = Ran::of(program(name, directory).args(args).stdin(Stdio::null()).output().unwrap());
    SAID.with_borrow_mut(|said| said.extend([ran.out.clone(), ran.err.clone()]));
    ran
}

/// Runs a program with text on its standard input.
pub fn run_reading(name: &str, directory: &Path, args: &[&str], input: &str) -> Ran {
    let mut command = program(name, directory);
    let streams = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = streams.stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap());
    SAID.with_borrow_mut(|said| said.push(ran.out.clone()));
    ran
}

/// `cargo event` with these words.
pub fn event(directory: &Path, words: &str) -> Ran {
    let words: Vec<_> = ["event"].into_iter().chain(words.split(' ')).collect();
    run("cargo", directory, &words)
}

/// Runs a step of the CI job like a runner.
pub fn ci_step(directory: &Path, script: &str, base: &str) -> Ran {
    let mut command = program("bash", directory);
    let variables = [("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", base)];
    command.args(["-e", "-o", "pipefail", "-c", script]).envs(variables);
    Ran::of(command.output().unwrap())
}

/// The scripts of a job's steps.
pub fn scripts(job: &str) -> Vec<String> {
    let mut scripts: Vec<String> = Vec::new();
    let mut block = None;
    for line in job.lines() {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|start| indent > start) {
            let script = scripts.last_mut().unwrap();
            *script = format!("{script}{}\n", line.trim());
            continue;
        }
        block = None;
        let Some((_, script)) = line.split_once("run: ") else { continue };
        if script == "|" {
            block = Some(indent);
        }
        scripts.push(script.trim_start_matches('|').to_owned());
    }
    scripts
}

/// One step, with the time that it takes.
pub fn step<T>(name: &str, step: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = step();
    println!("{:6.1} s  {name}", began.elapsed().as_secs_f64());
    done
}

/// All steps of a test.
pub struct Steps {
    began: Instant,
    worked: Duration,
    limit: Duration,
}

impl Steps {
    pub fn new(limit: Duration) -> Self {
        Self { began: Instant::now(), worked: processor_time().unwrap_or_default(), limit }
    }

    /// Fails if all steps together took longer than the limit. The smaller of the time on the clock
    /// and the processor time counts, because the machine may be busy with other work.
    pub fn end(self) {
        let (took, worked) = (self.began.elapsed(), processor_time());
        let worked = worked.map_or(took, |time| time.saturating_sub(self.worked));
        println!("{:6.1} s  in all, {:.1} s of CPU", took.as_secs_f64(), worked.as_secs_f64());
        let counts = took.min(worked);
        assert!(counts <= self.limit, "it took {counts:?}, and may take {:?}", self.limit);
    }
}

/// The processor time of the child processes that have ended. Only Linux has it in a file.
fn processor_time() -> Option<Duration> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // `cutime` and `cstime`, in hundredths of a second. They are counted from the closing
    // parenthesis, because the program's name before it may have spaces.
    let fields = told.rsplit_once(')')?.1.split_whitespace().skip(13).take(2);
    let hundredths: u64 = fields.filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(hundredths * 10))
}

/// Replaces a text that the file has exactly once.
pub fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{}: {from}", file.display());
    fs::write(file, text.replace(from, to)).unwrap();
}
