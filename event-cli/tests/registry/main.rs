//! `push`, `check --baseline-registry`, and the client of a schema registry.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test may")]

mod baseline;
mod catalogs;
mod client;
mod fake;
mod faults;
#[path = "../fixture/mod.rs"]
mod fixture;
mod kill;
mod life;
mod push;
mod secrets;

use event_cli::Env;
use event_core::Catalog;
use fixture::Ran;

/// `push`, with the registry's address taken out of what is said.
fn push(catalog: &'static Catalog, url: &str, args: &[&str]) -> Ran {
    push_as(catalog, url, args, &Env::default())
}

fn push_as(catalog: &'static Catalog, url: &str, args: &[&str], env: &Env) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["push", "--registry", url].into_iter().chain(args.iter().copied()).map(Into::into);
    let code = event_cli::run(catalog, args, &mut out, &mut err, env);
    let shown = |bytes| String::from_utf8(bytes).unwrap().replace(url, "REGISTRY");
    Ran { code, out: shown(out), err: shown(err) }
}
