//! `kill -9` at any point of `push`: the registry has each schema as a whole or not at all, and
//! the next run goes on from there.
#![cfg(unix)]

use crate::catalogs::{FIRST, MORE};
use crate::fake::Fake;
use crate::push;
use event_cli::Env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const URL: &str = "EVENTS_PUSH_URL";
const BEGUN: &str = "the command begins";
const ROUNDS: u32 = 60;

/// Not a test: the command that the test starts, and kills.
#[test]
fn child() {
    let Ok(url) = std::env::var(URL) else { return };
    println!("\n{BEGUN}");
    let _ = std::io::stdin().read(&mut [0]).unwrap();
    let args = ["push", "--registry", &url].map(Into::into);
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let code = event_cli::run(&MORE, args, &mut out, &mut err, &Env::default());
    std::process::exit(code.into());
}

/// Runs the command and kills it after some time, unless it has ended by then; says how long it
/// took.
fn killed(url: &str, time: Duration) -> Duration {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture"])
        .env(URL, url)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while line.trim_end() != BEGUN {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "the command does not begin");
    }
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    let begun = Instant::now();
    while begun.elapsed() < time && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_micros(200));
    }
    let _ = child.kill();
    child.wait().unwrap();
    begun.elapsed()
}

#[test]
fn a_publication_that_is_killed_goes_on_where_it_was() {
    let whole = Fake::start();
    assert_eq!(push(&FIRST, &whole.url, &[]).code, 0);
    let subjects = whole.subjects();
    let old: Vec<_> = subjects.iter().map(|subject| whole.schemas(subject)).collect();
    let mut span = killed(&whole.url, Duration::from_secs(30)) * 2;
    let new: Vec<_> = subjects.iter().map(|subject| whole.schemas(subject)).collect();
    assert_ne!(old, new);

    let (mut before, mut between, mut behind) = (0, 0, 0);
    for round in 0..ROUNDS {
        let registry = Fake::start();
        // In every other round, nothing is registered yet.
        let has_old = round % 2 == 0;
        if has_old {
            assert_eq!(push(&FIRST, &registry.url, &[]).code, 0);
        }
        killed(&registry.url, span.mul_f64(f64::from((round * 619 + 13) % 1_000) / 1_000.0));
        let state = |registry: &Fake| -> Vec<_> {
            subjects.iter().map(|subject| registry.schemas(subject)).collect()
        };
        let (now, mut is_behind) = (state(&registry), true);
        for ((subject, now), (old, new)) in subjects.iter().zip(&now).zip(old.iter().zip(&new)) {
            // What was registered stays, and what is new is the next version as a whole.
            let last = &new[new.len() - 1..];
            let allowed = if has_old { [old.as_slice(), new.as_slice()] } else { [&[], last] };
            assert!(allowed.contains(&now.as_slice()), "{subject}");
            is_behind &= now.ends_with(last);
        }
        let is_untouched = if has_old { now == old } else { now.iter().all(Vec::is_empty) };
        span = span.mul_f64(if is_behind { 0.9 } else { 1.1 });
        match (is_behind, is_untouched) {
            (true, _) => behind += 1,
            (false, true) => before += 1,
            (false, false) => between += 1,
        }
        let ran = push(&MORE, &registry.url, &[]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let ended = state(&registry);
        assert!(
            ended.iter().zip(&new).all(|(ended, new)| ended.last() == new.last()),
            "nothing is lost"
        );
        assert!(
            ended.iter().zip(&new).all(|(ended, new)| ended.len() <= new.len()),
            "nothing is registered twice"
        );
        let again = push(&MORE, &registry.url, &[]);
        assert_eq!((again.code, state(&registry)), (0, ended), "there is nothing left to do");
    }
    println!(
        "{before} kills before the first write, {between} between writes, {behind} behind the last"
    );
    assert!(
        before + between >= 5 && behind >= 5,
        "{before} before, {between} between, {behind} behind"
    );
}
