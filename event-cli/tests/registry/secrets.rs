//! A planted password never comes out.

use crate::catalogs::FIRST;
use crate::fake::{Fake, Fault};
use crate::fixture::Ran;
use event_cli::Env;
use event_core::Secret;
use std::net::TcpListener;

const PASSWORD: &str = "pl4nted-s3cret";
/// `ada:pl4nted-s3cret`
const HEADER: &str = "YWRhOnBsNG50ZWQtczNjcmV0";

fn run(args: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let variables =
        [("CARGO_MANIFEST_DIR".to_owned(), env!("CARGO_MANIFEST_DIR").to_owned())].into();
    let registry_user = Some(Secret::new(format!("bob:{PASSWORD}")));
    let env = Env { terminal: true, registry_user, variables, ..Env::default() };
    assert!(!format!("{env:?}").contains(PASSWORD));
    let code = event_cli::run(&FIRST, args.iter().map(Into::into), &mut out, &mut err, &env);
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn silent(ran: &Ran, code: u8) {
    assert_eq!(ran.code, code, "{}", ran.err);
    for said in [&ran.out, &ran.err] {
        assert!(!said.contains(PASSWORD) && !said.contains(HEADER), "{said}");
    }
}

fn with_user(url: &str) -> String {
    url.replace("http://", &format!("http://ada:{PASSWORD}@"))
}

#[test]
fn not_when_all_is_well() {
    let fake = Fake::start();
    fake.ask_for(&format!("Basic {HEADER}"));
    for format in ["human", "json"] {
        silent(&run(&["push", "--registry", &with_user(&fake.url), "--format", format]), 0);
        silent(
            &run(&["check", "--baseline-registry", &with_user(&fake.url), "--format", format]),
            0,
        );
    }
    let user = format!("ada:{PASSWORD}");
    silent(&run(&["push", "--registry", &fake.url, "--user", &user]), 0);
    silent(&run(&["check", "--baseline-registry", &fake.url, "--user", &user]), 0);
}

#[test]
fn not_when_the_registry_repeats_it() {
    let fake = Fake::start();
    let body: &'static str =
        format!(r#"{{"error_code":40301,"message":"{PASSWORD} and Basic {HEADER} may not"}}"#)
            .leak();
    fake.fail("GET /config/order_lost.v1-value", Fault::Answer(403, "", body));
    let ran = run(&["push", "--registry", &with_user(&fake.url)]);
    silent(&ran, 101);
    assert!(ran.err.contains("[secret] and Basic [secret] may not"), "{}", ran.err);

    fake.fail("GET /subjects/order_lost.v1-value/versions", Fault::Answer(403, "", body));
    let ran = run(&["check", "--baseline-registry", &with_user(&fake.url)]);
    silent(&ran, 101);
    assert!(ran.err.contains("[secret] and Basic [secret] may not"), "{}", ran.err);
}

#[test]
fn not_when_something_is_wrong() {
    let fake = Fake::start();
    fake.ask_for("Basic else");
    silent(&run(&["push", "--registry", &with_user(&fake.url)]), 101);
    silent(&run(&["push", "--registry", &fake.url]), 101);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    silent(&run(&["push", "--registry", &format!("http://ada:{PASSWORD}@127.0.0.1:{port}")]), 101);
    silent(
        &run(&["push", "--registry", &format!("http://ada:{PASSWORD}@no.such.host.invalid")]),
        101,
    );
    silent(
        &run(&["check", "--baseline-registry", &format!("http://ada:{PASSWORD}@127.0.0.1:{port}")]),
        101,
    );
}

#[test]
fn not_when_the_command_line_is_wrong() {
    let url = format!("http://ada:{PASSWORD}@localhost:1");
    for args in [
        vec!["push", &url],
        vec!["push", "--registri", &url],
        vec!["push", "--registry", &url, &url],
        vec!["push", "--registry", &url, &url[7..]],
        vec!["push", "--registry", &url, "--user", PASSWORD],
        vec!["push", "--registry", &url, "--mode", "sideways"],
        vec!["push", "--registry", &url.replace("http", "gopher")],
        vec!["check", &url],
        vec!["check", "--user", &url[7..]],
        vec!["check", "--baseline-registry", &url, &url],
        vec!["check", "--baseline-registry", &url, "--rendering", "sideways"],
        vec!["check", "--baseline-registry", &url.replace("http", "gopher")],
        vec!["push", "--registry", &format!("{url}/?x")],
        vec!["push", "--registry", &format!("http://{PASSWORD}@localhost:1")],
        vec!["push", "--registry", &format!("http://ada:{PASSWORD}/@localhost:1")],
    ] {
        silent(&run(&args), 2);
    }
    let equals =
        [format!("--registry={url}"), format!("--registri={url}"), format!("--dry-run={url}")];
    for arg in &equals[1..] {
        silent(&run(&["push", arg]), 2);
    }
    silent(&run(&["push", &equals[0], "--user"]), 2);
}
