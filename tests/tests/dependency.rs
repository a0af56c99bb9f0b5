//! Where event-core is: found under the name that the manifest gives it, and one error that says
//! what to write where it is no dependency at all.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "lock_check/cargo.rs"]
#[allow(dead_code, reason = "the tests of the lock check use more of it")]
mod cargo;

use cargo::Workspace;

/// A crate that declares a block, a value and a catalog, and emits; `{core}` is the path to
/// event-core.
const SHOP: &str = r#"use {core}::{EventValue, Str};

{core}::events!(
    #[domain{named}]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub reason: Str<'a>,
    }
);

#[derive(EventValue)]
{value}
pub enum Method {
    Card,
}

{core}::catalog!(
    {catalog}
    pub enum ShopEvent {
        Payment(Payment),
    }
);

pub fn emit() {
    emit_payment_process_failed(PaymentProcessFailed { reason: "late".into() });
}
"#;

fn shop(core: &str, krate: Option<&str>) -> String {
    let word = |attribute: &str| {
        krate.map(|path| format!("#[{attribute}(crate = {path})]")).unwrap_or_default()
    };
    SHOP.replace("{core}", core)
        .replace("{named}", &krate.map(|path| format!("(crate = {path})")).unwrap_or_default())
        .replace("{value}", &word("value"))
        .replace("{catalog}", &word("catalog"))
}

fn workspace(name: &str) -> Workspace {
    let workspace = Workspace::create(name);
    workspace.rooted(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[workspace.dependencies]\nec = { path = \"{root}/event-core\", package = \"event-core\" }\n",
    );
    workspace.manifest("facade", "[dependencies]\nevent-core = { path = \"{root}/event-core\" }\n");
    workspace.write("crates/facade/src/lib.rs", "pub use event_core;\n");
    workspace
}

#[test]
fn a_renamed_dependency_is_found() {
    let workspace = workspace("dependency-renamed");
    workspace.manifest(
        "renamed",
        "[dependencies]\nec = { path = \"{root}/event-core\", package = \"event-core\" }\n",
    );
    workspace.write("crates/renamed/src/lib.rs", &shop("ec", None));
    workspace.manifest("inherits", "[dependencies]\nec.workspace = true\n");
    workspace.write("crates/inherits/src/lib.rs", &shop("ec", None));
    for package in ["renamed", "inherits"] {
        let checked = workspace.check(package);
        assert!(checked.is_ok, "{package}: {:#?}", checked.errors);
    }
}

#[test]
fn without_the_dependency_each_macro_says_where_to_name_it() {
    let workspace = workspace("dependency-missing");
    workspace.manifest("shop", "[dependencies]\nfacade = { path = \"../facade\" }\n");
    workspace.write("crates/shop/src/lib.rs", &shop("facade::event_core", None));
    let checked = workspace.check("shop");
    let found: Vec<(u64, bool)> = checked
        .errors
        .iter()
        .map(|error| (error.line, error.message.contains("crate = ::facade::event_core")))
        .collect();
    // A derive does not see the path that it is imported by.
    assert_eq!(found, [(5, true), (15, false), (23, true)], "{:#?}", checked.errors);
    assert!(checked.errors[1].message.contains("#[value(crate = ::shop_events::event_core)]"));

    workspace
        .write("crates/shop/src/lib.rs", &shop("facade::event_core", Some("::facade::event_core")));
    let checked = workspace.check("shop");
    assert!(checked.is_ok, "{:#?}", checked.errors);
}
