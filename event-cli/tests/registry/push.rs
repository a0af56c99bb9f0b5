//! `push`: what is asked, what is written, what is said.

use crate::catalogs::{ALONE, BROKEN, CHANGING, FIRST, MORE, NEXT};
use crate::fake::{Fake, Fault};
use crate::fixture::{Ran, UNSOUND, run};
use crate::{push, push_as};
use event_cli::Env;
use event_core::Secret;
use serde_json::{Value, json};

fn ran(code: u8, out: &str, err: &str) -> Ran {
    Ran { code, out: out.to_owned(), err: err.to_owned() }
}

const NOTHING: [&str; 0] = [];

#[test]
fn every_version_has_a_subject_of_its_own() {
    let fake = Fake::start();
    let out = "\
new  order_lost.v1-value             id 1
new  order_place_completed.v1-value  id 2
new  order_place_completed.v2-value  id 3
";
    assert_eq!(push(&FIRST, &fake.url, &[]), ran(0, out, "3 schemas at REGISTRY: 3 new\n"));
    assert_eq!(fake.level(CHANGING).as_deref(), Some("BACKWARD_TRANSITIVE"));
    let schema = &fake.schemas(CHANGING)[0];
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["$id"], "urn:event:order_place_completed:2:envelope:registry");
    assert_eq!(schema["additionalProperties"], false);
    assert!(!schema.to_string().contains("x-event"));
}

#[test]
fn a_subject_is_checked_configured_and_written_in_this_order() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &["order_lost"]);
    let requests = [
        "GET /config/order_lost.v1-value",
        "POST /subjects/order_lost.v1-value",
        "POST /compatibility/subjects/order_lost.v1-value/versions/latest?verbose=true",
        "PUT /config/order_lost.v1-value",
        "POST /subjects/order_lost.v1-value/versions",
    ];
    assert_eq!(fake.requests(), requests);
}

#[test]
fn pushing_again_writes_nothing() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    fake.requests();
    assert_eq!(push(&FIRST, &fake.url, &[]), ran(0, "", "3 schemas at REGISTRY: 3 unchanged\n"));
    assert_eq!(fake.writes(), NOTHING);
}

#[test]
fn the_next_version_changes_nothing_of_the_one_before() {
    for rendering in ["line", "envelope", "payload"] {
        for contract in ["registry", "write", "read"] {
            let fake = Fake::start();
            let args = ["--rendering", rendering, "--contract", contract];
            push(&ALONE, &fake.url, &args);
            let out = format!("new  {CHANGING}  id 2\n");
            assert_eq!(
                push(&NEXT, &fake.url, &args),
                ran(0, &out, "2 schemas at REGISTRY: 1 new, 1 unchanged\n")
            );
        }
    }
}

#[test]
fn a_field_more_is_the_next_version_of_the_subject() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let more = push(&MORE, &fake.url, &[]);
    let out = "changed  order_place_completed.v2-value  id 4\n";
    assert_eq!(more, ran(0, out, "3 schemas at REGISTRY: 1 changed, 2 unchanged\n"));
    assert_eq!(fake.schemas(CHANGING).len(), 2);
}

#[test]
fn a_field_less_is_refused() {
    let fake = Fake::start();
    push(&MORE, &fake.url, &[]);
    let refused = push(&FIRST, &fake.url, &[]);
    assert_eq!(refused.code, 100);
    assert!(refused.err.contains(": property-removed at "), "{}", refused.err);
}

#[test]
fn nothing_is_written_when_anything_is_refused() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    fake.requests();
    let out = "\
new      order_paid.v1-value
refused  order_place_completed.v2-value
";
    let err = "\
error[EV0501]: the registry refuses `order_place_completed` v2: incompatible with version 1 of \
               `order_place_completed.v2-value`, level backward-transitive: type-narrowed at \
               /properties/payload/properties/items/type
 --> shop/src/order.rs:3:12
help: undo the change, or declare version 3 of the event
4 schemas at REGISTRY: 1 new, 2 unchanged, 1 refused; nothing was registered
";
    assert_eq!(push(&BROKEN, &fake.url, &[]), ran(100, out, err));
    assert_eq!(fake.writes(), NOTHING);
}

#[test]
fn a_dry_run_only_asks() {
    let fake = Fake::start();
    let dry = push(&FIRST, &fake.url, &["--dry-run", "order_place_completed@1"]);
    let err = "1 schema at REGISTRY: 1 new; nothing was written, because of --dry-run\n";
    assert_eq!(dry, ran(0, "new  order_place_completed.v1-value\n", err));
    push(&FIRST, &fake.url, &[]);
    fake.requests();
    assert_eq!(push(&MORE, &fake.url, &["--dry-run"]).code, 0);
    assert_eq!(push(&BROKEN, &fake.url, &["--dry-run"]).code, 100);
    assert_eq!(fake.writes(), NOTHING);
}

#[test]
fn a_transitive_level_asks_for_every_version() {
    let fake = Fake::start();
    push(&MORE, &fake.url, &[]);
    let later = fake.schemas(CHANGING).pop().unwrap();
    let other = Fake::start();
    // Registered while nobody asked: one with a field that the others do not have.
    let mut with_more = later.clone();
    with_more["properties"]["payload"]["properties"]["gone"] = json!({"type": "string"});
    other.put(CHANGING, &with_more);
    push(&FIRST, &fake.url, &[]);
    let mut without = later;
    without["properties"]["payload"]["properties"].as_object_mut().unwrap().remove("note");
    other.put(CHANGING, &without);

    assert_eq!(
        push(&MORE, &other.url, &["--mode", "backward", "--dry-run", "order_place_completed@2"])
            .code,
        0
    );
    let refused = push(&MORE, &other.url, &["order_place_completed@2"]);
    assert_eq!(refused.code, 100);
    assert!(refused.err.contains("incompatible with version 1 of"), "{}", refused.err);
    assert_eq!(other.writes(), NOTHING);
}

#[test]
fn a_level_that_changes_is_asked_under_before_anything_is_registered() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    fake.set_level(CHANGING, "NONE");
    fake.requests();
    let refused = push(&BROKEN, &fake.url, &[]);
    assert_eq!(refused.code, 100, "{}", refused.err);
    assert!(refused.err.contains("level backward-transitive"), "{}", refused.err);
    let levels = [format!("PUT /config/{CHANGING}")];
    assert!(fake.writes().iter().all(|write| write.starts_with("PUT /config/")), "{levels:?}");
    assert_eq!(fake.schemas(CHANGING).len(), 1);
}

#[test]
fn without_a_level_everything_is_taken() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let taken = push(&BROKEN, &fake.url, &["--mode", "none"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert_eq!(fake.schemas(CHANGING).len(), 2);
}

#[test]
fn who_comes_in_between_is_told_of() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let body = r#"{"error_code":409,"message":"Schema being registered is incompatible with an earlier schema"}"#;
    fake.fail(
        "POST /subjects/order_place_completed.v2-value/versions",
        Fault::Answer(409, "", body),
    );
    let refused = push(&MORE, &fake.url, &[]);
    let err = "\
error[EV0501]: the registry refuses `order_place_completed` v2: incompatible with \
               `order_place_completed.v2-value`, level backward-transitive: the registry at \
               REGISTRY answers `POST /subjects/order_place_completed.v2-value/versions` with \
               409: the schema is not compatible with its subject: Schema being \
               registered is incompatible with an earlier schema
 --> shop/src/order.rs:3:12
help: undo the change, or declare version 3 of the event
3 schemas at REGISTRY: 2 unchanged, 1 refused; nothing was registered
";
    assert_eq!(refused, ran(100, "refused  order_place_completed.v2-value\n", err));
}

#[test]
fn a_run_that_breaks_off_is_taken_up_by_the_next() {
    let fake = Fake::start();
    let invalid = r#"{"error_code":42201,"message":"Invalid schema"}"#;
    fake.fail(
        "POST /subjects/order_place_completed.v1-value/versions",
        Fault::Answer(422, "", invalid),
    );
    let out = "\
new  order_lost.v1-value             id 1
new  order_place_completed.v1-value
new  order_place_completed.v2-value
";
    let err = "\
error[EV0502]: the registry at REGISTRY answers `POST \
               /subjects/order_place_completed.v1-value/versions` with 422 (42201): the schema is \
               not valid: Invalid schema
help: 1 of 3 schemas were registered before that; run `push` again to register the others
";
    assert_eq!(push(&FIRST, &fake.url, &[]), ran(101, out, err));
    let rest = push(&FIRST, &fake.url, &[]);
    assert_eq!((rest.code, rest.err.as_str()), (0, "3 schemas at REGISTRY: 2 new, 1 unchanged\n"));
}

#[test]
fn a_registry_that_cannot_be_asked_is_101() {
    let fake = Fake::start();
    fake.fail("GET /config/order_lost.v1-value", Fault::Answer(200, "", "<html>Welcome</html>"));
    let err = "\
error[EV0502]: the answer of REGISTRY to `GET /config/order_lost.v1-value` is not a registry's: it \
               is not JSON
help: check that the URL is that of a schema registry, including its path
";
    assert_eq!(push(&FIRST, &fake.url, &[]), ran(101, "", err));
    assert_eq!(fake.writes(), NOTHING);
}

#[test]
fn strategies_name_subjects() {
    for (args, subjects) in [
        (&["--topic", "shop"][..], vec!["shop-value"]),
        (&["--subject-strategy", "record"], vec!["order_lost.v1"]),
        (&["--subject-strategy", "topic-record", "--topic", "shop"], vec!["shop-order_lost.v1"]),
    ] {
        let fake = Fake::start();
        let pushed = push(&FIRST, &fake.url, &[&["order_lost"], args].concat());
        assert_eq!(
            (pushed.code, fake.subjects()),
            (0, subjects.into_iter().map(str::to_owned).collect())
        );
    }
}

#[test]
fn events_do_not_share_a_subject() {
    let fake = Fake::start();
    let err = "\
error[EV0503]: `order_lost` v1 and `order_place_completed` v1 have the same subject, `shop-value`
 --> shop/src/order.rs:3:12
help: `--subject-strategy topic-record` gives each its own subject in the topic
";
    assert_eq!(push(&FIRST, &fake.url, &["--topic", "shop"]), ran(101, "", err));
    assert_eq!(fake.requests(), NOTHING);
}

#[test]
fn a_command_line_that_is_wrong_asks_nothing() {
    let fake = Fake::start();
    for args in [
        &["--subject-strategy", "topic-record"][..],
        &["--subject-strategy", "record", "--topic", "shop"],
        &["--topic", "my shop"],
        &["order_lost@x"],
        &["--timeout", "0"],
    ] {
        let wrong = push(&FIRST, &fake.url, args);
        assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{}", wrong.err);
        assert!(wrong.err.starts_with("error: "), "{}", wrong.err);
    }
    assert_eq!(push(&FIRST, &fake.url, &["order_list"]).code, 101);
    assert_eq!(push(&UNSOUND, &fake.url, &[]).code, 100);
    assert_eq!(fake.requests(), NOTHING);
}

#[test]
fn forms_and_contracts_are_chosen() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &["--rendering", "payload", "--contract", "read", "order_lost"]);
    let schema = &fake.schemas("order_lost.v1-value")[0];
    assert_eq!(schema["$id"], "urn:event:order_lost:1:payload:read");
}

#[test]
fn for_tools_there_is_json() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let refused =
        push(&BROKEN, &fake.url, &["--format", "json", "order_place_completed", "order_paid"]);
    let out: Value = serde_json::from_str(&refused.out).unwrap();
    let schema = |event: &str, version: u32, state: &str, id: Value, level: Value| {
        let subject = format!("{event}.v{version}-value");
        json!({"event": event, "version": version, "subject": subject, "state": state, "id": id, "level": level})
    };
    let level = json!("backward-transitive");
    let schemas = json!([
        schema("order_paid", 1, "new", Value::Null, Value::Null),
        schema("order_place_completed", 1, "unchanged", json!(2), level.clone()),
        schema("order_place_completed", 2, "refused", Value::Null, level),
    ]);
    assert_eq!((refused.code, &out["schemas"]), (100, &schemas));
    assert_eq!((&out["registry"], &out["dry_run"]), (&json!("REGISTRY"), &json!(false)));
    assert_eq!(out["summary"]["new"], 1);
    assert_eq!(out["summary"]["refused"], 1);
    let finding = &out["findings"][0];
    assert_eq!(finding["code"], "EV0501");
    assert_eq!(finding["event"], json!({"name": "order_place_completed", "version": 2}));
    assert_eq!(finding["subject"], CHANGING);
    assert_eq!(finding["registered_version"], 1);
    assert_eq!(
        finding["reasons"],
        json!(["type-narrowed at /properties/payload/properties/items/type"])
    );
}

#[test]
fn words_of_a_registry_do_not_move_the_cursor() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &["order_lost"]);
    fake.fail(
        "POST /subjects/order_lost.v1-value",
        Fault::Answer(404, "", r#"{"error_code":40403}"#),
    );
    let body = r#"{"is_compatible":false,"messages":["\u001b[2Jgone\r\nerror: more"]}"#;
    let check = "POST /compatibility/subjects/order_lost.v1-value/versions/latest";
    fake.fail(check, Fault::Answer(200, "", body));
    let refused = push(&FIRST, &fake.url, &["order_lost"]);
    assert_eq!(refused.code, 100);
    assert!(refused.err.contains(r": \u{1b}[2Jgone\r\nerror: more"), "{}", refused.err);
}

#[test]
fn progress_is_for_terminals() {
    let fake = Fake::start();
    let terminal = Env { terminal: true, ..Env::default() };
    let shown = push_as(&FIRST, &fake.url, &["order_lost"], &terminal).err;
    let clear = "\r\u{1b}[2K";
    // What follows the first line may come too soon after it to be shown.
    let first = format!("{clear}checking 1/1 order_lost.v1-value{clear}");
    let last = format!("{clear}1 schema at REGISTRY: 1 new\n");
    assert!(shown.starts_with(&first) && shown.ends_with(&last), "{shown:?}");
}

#[test]
fn a_user_comes_from_the_argument_the_url_or_the_environment() {
    let fake = Fake::start();
    fake.ask_for("Basic YWRhOnI="); // ada:r
    let env =
        |user: &str| Env { registry_user: Some(Secret::new(user.to_owned())), ..Env::default() };
    let url = |user: &str| fake.url.replace("http://", &format!("http://{user}@"));
    assert_eq!(push(&FIRST, &fake.url, &[]).code, 101);
    assert_eq!(push_as(&FIRST, &fake.url, &[], &env("ada:r")).code, 0);
    assert_eq!(push_as(&FIRST, &url("ada:r"), &[], &env("bob:x")).code, 0);
    assert_eq!(push_as(&FIRST, &url("bob:x"), &["--user", "ada:r"], &env("bob:x")).code, 0);
    assert_eq!(push_as(&FIRST, &url("bob:x"), &[], &env("ada:r")).code, 101);
}

#[test]
fn help_has_examples() {
    let help = run(&["push", "--help"]);
    assert_eq!(help.code, 0);
    assert!(
        help.out.contains("Examples:\n  push --registry http://localhost:8081 --dry-run\n"),
        "{}",
        help.out
    );
}

#[test]
fn a_writers_or_a_readers_own_schema_cannot_gain_a_field() {
    for contract in ["write", "read"] {
        let fake = Fake::start();
        let args = ["--contract", contract, "order_place_completed@2"];
        assert_eq!(push(&FIRST, &fake.url, &args).code, 0);
        assert_eq!(push(&MORE, &fake.url, &args).code, 100, "{contract}");
    }
}
