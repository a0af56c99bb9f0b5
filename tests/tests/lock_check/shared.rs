//! A type that many events have is compared once: a change of it is one error, at its own field; a
//! change that breaks nobody builds; and one that was only moved or renamed is no change.

use crate::cargo::{Checked, Diagnostic, Workspace};
use std::fmt::Write as _;

const CORE: &str = "event-core = { path = \"{root}/event-core\" }\nevent-grammar = { path = \"{root}/event-grammar\" }\n";

/// Prints the lock of what the library declares.
const LOCK: &str = r#"
use event_core::lock;
use event_grammar::lock::{Lock, Mode, Stage, Version, VersionKey};

fn main() {
    let mut locked = Lock::new("shop");
    for event in shop::CATALOG.events() {
        let (revision, types) = lock::revision_of(event);
        locked.types.extend(types);
        let version = Version {
            event_type: event.name.dotted.into(),
            stage: Stage::Locked,
            mode: Mode::FullTransitive,
            aliases: Vec::new(),
            revisions: vec![revision],
            accepted: Vec::new(),
            retired: Default::default(),
            samples: String::new(),
        };
        locked.versions.insert(VersionKey::new(event.name.snake, event.version), version);
    }
    print!("{}", locked.render());
}
"#;

/// A shop whose events share types, in a workspace of its own.
struct Shop {
    workspace: Workspace,
}

/// The sources of the two crates.
#[derive(Clone)]
struct Sources {
    /// The module with the types of the package.
    model: String,
    /// The other package.
    kit: String,
    /// One module with a block for each event.
    events: Vec<String>,
}

impl Sources {
    fn new() -> Self {
        let model = "use event_core::EventValue;\n\
            #[derive(EventValue)]\npub struct User { pub login: String, pub id: UserId }\n\
            #[derive(EventValue)]\npub struct UserId(pub u64);\n\
            #[derive(EventValue)]\npub struct Repo { pub owner: User, pub admins: Vec<User>, pub name: String }\n\
            #[derive(EventValue)]\npub enum Plan { Free, Paid { by: User } }\n";
        let kit = "#[derive(event_core::EventValue)]\npub struct Money { pub cents: i64, pub currency: Currency }\n\
            #[derive(event_core::EventValue)]\npub struct Currency { pub code: String }\n";
        let fields = [
            "pub who: User",
            "pub who: Option<User>",
            "pub repo: Repo, pub who: User",
            "pub repos: Vec<Repo>",
            "pub plan: Plan",
            "pub who: User, pub price: Money",
            "pub who: User, pub price: Option<Money>",
        ];
        let events = fields.iter().map(|fields| (*fields).to_owned()).collect();
        Self { model: model.to_owned(), kit: kit.to_owned(), events }
    }

    fn library(&self) -> String {
        let mut source = format!("#![allow(warnings)]\npub mod model {{\n{}}}\n", self.model);
        let mut parts = String::new();
        for (at, fields) in self.events.iter().enumerate() {
            let _ = writeln!(
                source,
                "pub mod m{at} {{\nuse crate::model::*;\nuse kit::*;\nevent_core::events!(\n#[domain] pub enum Part{at} {{ #[action(open_ended = \"x\")] Run }}\n#[event(info)] pub struct Part{at}RunStarted {{ {fields} }}\n);\n}}"
            );
            let _ = writeln!(parts, "P{at}(m{at}::Part{at}),");
        }
        format!("{source}\nevent_core::catalog!(pub enum Everything {{ {parts} }});\n")
    }
}

impl Shop {
    /// The shop, with everything locked that the sources declare.
    fn locked(name: &str, sources: &Sources) -> Self {
        let workspace = Workspace::create(name);
        workspace.manifest("kit", &format!("[dependencies]\n{CORE}"));
        workspace
            .manifest("shop", &format!("[dependencies]\n{CORE}kit = {{ path = \"../kit\" }}\n"));
        workspace.write("crates/shop/src/main.rs", LOCK);
        let shop = Self { workspace };
        shop.declare(sources);
        let lock = shop.workspace.run("shop");
        shop.workspace.write("crates/shop/events.lock", &lock);
        shop
    }

    fn declare(&self, sources: &Sources) {
        self.workspace.write("crates/kit/src/lib.rs", &sources.kit);
        self.workspace.write("crates/shop/src/lib.rs", &sources.library());
        // A lock that no manifest declares is noticed when something else changes.
        self.workspace.write("crates/shop/build.stamp", &sources.library());
    }

    fn checked(&self, sources: &Sources) -> Checked {
        self.declare(sources);
        self.workspace.check("shop")
    }
}

#[track_caller]
fn builds(checked: &Checked) {
    let said: Vec<&str> = checked.errors.iter().map(|error| error.rendered.as_str()).collect();
    assert!(checked.is_ok, "{}", said.join("\n"));
}

/// The one error; what it points at.
#[track_caller]
fn one<'c>(checked: &'c Checked, sources: &str) -> (&'c Diagnostic, String) {
    let said: Vec<&str> = checked.errors.iter().map(|error| error.rendered.as_str()).collect();
    let [error] = checked.errors.as_slice() else {
        panic!("{} errors:\n{}", said.len(), said.join("\n"))
    };
    let line = sources.lines().nth(usize::try_from(error.line).unwrap() - 1).unwrap();
    let (from, to) = error.columns;
    let column = |at: u64| usize::try_from(at).unwrap() - 1;
    (error, line[column(from)..column(to)].to_owned())
}

/// One test: the crates of two workspaces that are called alike would be one to cargo, since the
/// workspaces share a target directory.
#[test]
fn a_shared_type_is_compared_once_and_found_where_it_moved() {
    let sources = Sources::new();
    let shop = Shop::locked("lock-shared", &sources);
    builds(&shop.checked(&sources));
    a_shared_type_is_compared_once(&shop, &sources);
    what_was_only_moved_or_renamed_is_no_change(&shop, &sources);
    a_type_of_another_package_is_compared_at_the_first_field_that_has_it(&shop, &sources);
}

fn a_shared_type_is_compared_once(shop: &Shop, sources: &Sources) {
    // A required field: one error, at the field's type, with the versions that it breaks.
    let mut required = sources.clone();
    required.model =
        required.model.replace("pub login: String,", "pub login: String, pub note: Vec<bool>,");
    let checked = shop.checked(&required);
    let (error, at) = one(&checked, &required.library());
    assert_eq!(at, "Vec<bool>");
    for part in [
        "[EV0205] `shop::model::User` is locked, and `note` is new, and readers need it: `[bool]`",
        "it breaks `part0_run_started@1`, `part1_run_started@1`, `part2_run_started@1`, \
         `part3_run_started@1`, `part4_run_started@1` and 2 more",
        "`EVENTS_LOCK=off cargo run -p shop -- accept 'shop::model::User' field-added 'note' \
         --reason '..' --until YYYY-MM-DD`",
    ] {
        assert!(error.message.contains(part), "{}", error.message);
    }

    // Nobody breaks.
    let mut optional = sources.clone();
    optional.model = optional
        .model
        .replace("pub login: String,", "pub login: String, pub note: Option<String>,");
    builds(&shop.checked(&optional));

    // A newtype and an enum are types of their own.
    let mut retyped = sources.clone();
    retyped.model =
        retyped.model.replace("pub struct UserId(pub u64);", "pub struct UserId(pub String);");
    assert_eq!(one(&shop.checked(&retyped), &retyped.library()).1, "String");
    let mut variant = sources.clone();
    variant.model = variant.model.replace("Free, ", "Free, Trial, ");
    assert_eq!(one(&shop.checked(&variant), &variant.library()).1, "Trial");
}

fn what_was_only_moved_or_renamed_is_no_change(shop: &Shop, sources: &Sources) {
    let mut moved = sources.clone();
    let (user, rest) = moved.model.split_once("#[derive(EventValue)]\npub struct UserId").unwrap();
    moved.model = format!(
        "pub mod people {{ use super::*;\n{user}}}\npub use people::User;\nuse event_core::EventValue;\n#[derive(EventValue)]\npub struct UserId{rest}"
    );
    builds(&shop.checked(&moved));
    let mut renamed = sources.clone();
    let rename = |text: &str| {
        text.replace("User ", "Account ").replace("User,", "Account,").replace("User>", "Account>")
    };
    renamed.model = rename(&renamed.model);
    renamed.events = renamed
        .events
        .iter()
        .map(|fields| rename(&format!("{fields} ")).trim().to_owned())
        .collect();
    builds(&shop.checked(&renamed));
    // The two at once: a new name, and a field that readers do not need.
    for source in [&moved, &renamed] {
        let mut both = source.clone();
        both.model = both
            .model
            .replace("pub login: String,", "pub login: String, pub note: Option<String>,");
        builds(&shop.checked(&both));
        both.model = both.model.replace("pub note: Option<String>,", "pub note: String,");
        assert!(!shop.checked(&both).is_ok, "a break hides behind a new name");
    }
    // A copy that the locked events keep, and a type that goes on under the old name: the way to a
    // next version.
    let mut kept = renamed.clone();
    kept.model += "#[derive(EventValue)]\npub struct User { pub login: u8 }\n";
    kept.events.push("pub newcomer: User".to_owned());
    builds(&shop.checked(&kept));
}

fn a_type_of_another_package_is_compared_at_the_first_field_that_has_it(
    shop: &Shop,
    sources: &Sources,
) {
    let mut changed = sources.clone();
    changed.kit = changed.kit.replace("pub cents: i64,", "pub cents: i64, pub tax: u8,");
    let checked = shop.checked(&changed);
    let (error, at) = one(&checked, &changed.library());
    assert_eq!(at, "Money");
    assert!(
        error.message.contains("`kit::Money` is locked, and `tax` is new"),
        "{}",
        error.message
    );
    assert!(
        error.message.contains("`part5_run_started@1`, `part6_run_started@1`"),
        "{}",
        error.message
    );
    let mut within = sources.clone();
    within.kit = within.kit.replace("pub code: String", "pub code: u8");
    let checked = shop.checked(&within);
    assert!(
        one(&checked, &within.library())
            .0
            .message
            .contains("`kit::Currency` is locked, and `code` changed")
    );
    // The field that spoke for the type is of another type now, which writes the same: the catalog
    // speaks for the other field.
    let mut gone = changed.clone();
    gone.model +=
        "#[derive(EventValue)]\npub struct Price { pub cents: i64, pub currency: kit::Currency }\n";
    gone.events[5] =
        String::from("pub who: User, #[field(dictionary = \"as it was\")] pub price: Price");
    let checked = shop.checked(&gone);
    let (error, at) = one(&checked, &gone.library());
    assert_eq!(at, "Everything");
    assert!(
        error.message.contains("`kit::Money` is locked, and `tax` is new"),
        "{}",
        error.message
    );
}
