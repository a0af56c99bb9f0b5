//! A command in a process of its own.

use crate::catalogs::Shop;
use crate::shop::Declared;
use event_cli::Env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const ARGS: &str = "EVENTS_CRASH_ARGS";
const DECLARED: &str = "EVENTS_CRASH_DECLARED";
const BEGUN: &str = "the command begins";

/// Runs the command that the environment names and ends the process; returns where it names none.
pub fn be_a_command() {
    let (Ok(args), Ok(declared)) = (std::env::var(ARGS), std::env::var(DECLARED)) else { return };
    let catalog = Declared::of_text(&declared).catalog();
    // From here on the time is the command's. It begins when the test says so.
    println!("\n{BEGUN}");
    let _ = std::io::stdin().read(&mut [0]).unwrap();
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let code = event_cli::run(
        catalog,
        args.lines().map(Into::into),
        &mut out,
        &mut err,
        &Env::of_process(),
    );
    std::process::exit(code.into());
}

/// A command that waits for its start.
pub struct Started {
    child: Child,
    go: ChildStdin,
    out: BufReader<ChildStdout>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// `None` when it was killed.
    pub code: Option<i32>,
    pub said: String,
}

impl Started {
    /// A command in the shop's package, which declares `declared`.
    pub fn new(shop: &Shop, declared: Declared, args: &[&str]) -> Self {
        Self::by(Command::new(std::env::current_exe().unwrap()), shop, declared, args)
    }

    /// The same where no file can become larger than some blocks of 512 or 1024 bytes.
    pub fn limited(blocks: u32, shop: &Shop, declared: Declared, args: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        // Without the trap the signal ends the process.
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
        shell.arg(std::env::current_exe().unwrap());
        Self::by(shell, shop, declared, args)
    }

    fn by(mut command: Command, shop: &Shop, declared: Declared, args: &[&str]) -> Self {
        let mut child = command
            .args(["--exact", "child", "--nocapture"])
            .current_dir(shop.directory.path())
            .envs(&shop.env.variables)
            .env(ARGS, args.join("\n"))
            .env(DECLARED, declared.text())
            .env_remove("CI")
            .env_remove("GITHUB_ACTIONS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (go, mut out) =
            (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut line = String::new();
        while line.trim_end() != BEGUN {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "the command does not begin");
        }
        Self { child, go, out }
    }

    pub fn go(&mut self) {
        self.go.write_all(b"\n").unwrap();
    }

    /// Waits for its end.
    pub fn end(mut self) -> Ended {
        let mut said = String::new();
        self.out.read_to_string(&mut said).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        Ended { code: self.child.wait().unwrap().code(), said }
    }

    /// Runs it, and kills it after some time unless it has ended by then.
    pub fn kill_after(mut self, life: Duration) -> Ended {
        self.go();
        std::thread::sleep(life);
        let _ = self.child.kill();
        self.end()
    }
}

/// How long a command takes that nobody kills; it has to succeed.
pub fn undisturbed(shop: &Shop, declared: Declared, args: &[&str]) -> Duration {
    let mut started = Started::new(shop, declared, args);
    let begun = Instant::now();
    started.go();
    let ended = started.end();
    assert_eq!(ended.code, Some(0), "{args:?}: {}", ended.said);
    begun.elapsed()
}

/// When commands are killed: at points that are spread over twice the time that it takes to the
/// change, on this machine, as busy as it is.
pub struct Kills {
    span: Duration,
    before: u32,
    behind: u32,
    /// How many temporary files were left.
    pub left: usize,
}

impl Kills {
    /// As a first guess, the change comes when the command would end.
    pub fn new(undisturbed: Duration) -> Self {
        Self { span: undisturbed * 2, before: 0, behind: 0, left: 0 }
    }

    pub fn point(&self) -> Duration {
        let round = self.before + self.behind;
        self.span.mul_f64(f64::from((round * 619 + 13) % 1_000) / 1_000.0)
    }

    /// What a kill struck: it came behind the change, or before.
    pub fn struck(&mut self, is_behind: bool) {
        if is_behind {
            self.behind += 1;
            self.span = self.span.mul_f64(0.9);
        } else {
            self.before += 1;
            self.span = self.span.mul_f64(1.1);
        }
    }

    /// Kills that all struck on one side have shown nothing.
    pub fn are_on_both_sides(&self) {
        let Self { before, behind, left, .. } = self;
        println!(
            "{before} kills before the change, {behind} behind it; {left} temporary files left"
        );
        assert!(*before >= 5 && *behind >= 5, "{before} before, {behind} behind");
    }
}
