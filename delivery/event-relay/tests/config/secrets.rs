//! A planted secret is in no output, and is read from where the configuration says.

use crate::{environment, read};
use event_relay::config::{Config, HttpAuth, TargetKind, check};
use std::path::PathBuf;

const PLANTED: &str = "PLANTED-7f3a";

const TEXT: &str = r#"
database = "shop.db"
lock = "none"
[targets.bearer]
type = "http"
url = "https://example.com/events?key=PLANTED-7f3a"
source = "/shop"
auth = { bearer = "env:TOKEN" }
headers = { "X-Api-Key" = "env:TOKEN", "X-Tenant" = "shop" }
[targets.basic]
type = "http"
url = "http://example.com"
source = "/shop"
auth = { basic = { user = "relay", password = "file:password" } }
"#;

/// A directory with the file, its database and the secret; it is removed at the end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str, password: &str) -> Self {
        let path = std::env::temp_dir().join(format!("event-relay-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("it can be made");
        for (file, text) in [("relay.toml", TEXT), ("password", password), ("shop.db", "")] {
            std::fs::write(path.join(file), text).expect("it can be written");
        }
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_secret_is_read_and_never_shown() {
    let directory = Directory::new("shown", "PLANTED-7f3a\n");
    let (file, variables) = (directory.0.join("relay.toml"), environment(&[("TOKEN", PLANTED)]));
    let config = Config::load(Some(&file), variables.clone().into_iter()).expect("it is valid");
    let mut secrets = Vec::new();
    for target in &config.targets {
        let TargetKind::Http(http) = &target.kind else { panic!("all are HTTP") };
        match http.auth.as_ref().expect("all have one") {
            HttpAuth::Bearer(secret) | HttpAuth::Basic { password: secret, .. } => {
                secrets.push(secret.expose().to_owned());
                secrets.push(secret.to_string());
            }
        }
    }
    let password = format!("file:{}", directory.0.join("password").display());
    assert_eq!(secrets, [PLANTED, &password, PLANTED, "env:TOKEN"]);

    let table = check(Some(&file), variables.into_iter()).expect("all files are there");
    let shown = format!("{config:?}\n{config:#?}\n{table}");
    assert!(table.contains("https://example.com/events\n"), "{table}");
    assert!(!shown.contains(PLANTED), "{shown}");
}

#[test]
fn a_secret_of_two_lines_is_refused_unseen() {
    let directory = Directory::new("lines", "PLANTED-7f3a\nmore\n");
    let file = directory.0.join("relay.toml");
    let variables = environment(&[("TOKEN", PLANTED)]);
    let error = Config::load(Some(&file), variables.into_iter()).expect_err("it has two lines");
    let shown = format!("{error}\n{error:?}");
    assert!(shown.contains("more than one line") && !shown.contains(PLANTED), "{shown}");
}

#[test]
fn a_windows_line_break_is_cut_off() {
    let directory = Directory::new("windows", "PLANTED-7f3a\r\n");
    let file = directory.0.join("relay.toml");
    let variables = environment(&[("TOKEN", PLANTED)]);
    let config = Config::load(Some(&file), variables.into_iter()).expect("it is one line");
    let TargetKind::Http(http) = &config.targets[0].kind else { panic!("it is HTTP") };
    let Some(HttpAuth::Basic { password, .. }) = &http.auth else { panic!("it is basic") };
    assert_eq!(password.expose(), PLANTED);
}

#[test]
fn a_secret_in_a_wrong_place_is_not_shown() {
    let line = r#"timeout = "PLANTED-7f3a""#;
    let broken = r"password = PLANTED-7f3a";
    for wrong in [line, broken, r#"mode = "PLANTED-7f3a""#, r#"in_flight = "PLANTED-7f3a""#] {
        let text = TEXT.replacen("source", &format!("{wrong}\nsource"), 1);
        let error = read(&text, &[("TOKEN", PLANTED)]).expect_err("it is wrong");
        assert!(!format!("{error}\n{error:?}").contains(PLANTED), "{error}");
    }
}

#[test]
fn the_snapshot_of_errors_shows_no_planted_secret() {
    let snapshot = include_str!("errors.txt");
    let answers = snapshot.split("=== ").filter_map(|case| case.split_once("---\n"));
    let shown: Vec<&str> =
        answers.map(|(_, answer)| answer).filter(|answer| answer.contains("PLANTED")).collect();
    assert!(snapshot.contains("PLANTED") && shown.is_empty(), "{shown:?}");
}

#[test]
fn a_url_may_be_a_secret_and_is_never_shown() {
    let directory = Directory::new("url", "unused\n");
    let file = directory.0.join("hook.toml");
    let text = "database = \"relay.toml\"\nlock = \"none\"\n[targets.hook]\ntype = \"http\"\n\
                source = \"/shop\"\nurl = \"env:HOOK\"\n";
    std::fs::write(&file, text).unwrap();
    let url = format!("https://hooks.example.com/{PLANTED}");
    let variables = environment(&[("HOOK", &url)]);
    let config = Config::load(Some(&file), variables.clone().into_iter()).expect("it is valid");
    let table = check(Some(&file), variables.into_iter()).expect("all files are there");
    assert!(table.contains("env:HOOK\n"), "{table}");
    assert!(!format!("{config:?}{table}").contains(PLANTED));

    let wrong = environment(&[("HOOK", &format!("ftp://{PLANTED}"))]);
    let error = Config::load(Some(&file), wrong.into_iter()).unwrap_err().to_string();
    assert!(error.contains("does not begin with `http://`") && !error.contains(PLANTED), "{error}");
}
