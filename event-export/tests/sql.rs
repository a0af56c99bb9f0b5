//! The script of `sql`: which columns a view has, where they come from, and what is refused. Real
//! databases run scripts in `tests/delivery/tests/views` and `tests/interop`.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "../../event-schema/tests/fixture/mod.rs"]
mod fixture;

use event_core::Catalog;
use event_core::meta::shape::{Shape, TextFormat};
use event_core::meta::{BlockMeta, EventMeta, EventName, FieldMeta, Member};
use event_export::{Choices, ExportError, Exporter as _, Sql, export};
use fixture::{CATALOG, event, text};

const NAME: EventName = EventName::new("page_view", "page.view", "page");

/// The script of a catalog in a dialect.
fn script(catalog: &Catalog, dialect: &str) -> Result<String, Vec<ExportError>> {
    let choices = Choices::of(Sql.options()).with("dialect", dialect).unwrap();
    Ok(export(&Sql, catalog, &choices)?.remove(0).contents)
}

/// The statement that creates a view, with the comments behind it.
fn view<'s>(script: &'s str, name: &str) -> &'s str {
    let start = script.find(&format!("VIEW {name} ")).unwrap_or_else(|| panic!("{script}"));
    let rest = &script[start..];
    &rest[..rest.find("CREATE ").or_else(|| rest.find("DROP ")).unwrap_or(rest.len())]
}

#[test]
fn a_view_has_the_fields_that_are_written() {
    for dialect in ["postgres", "sqlite", "duckdb", "clickhouse"] {
        let script = script(&CATALOG, dialect).unwrap();
        let view = view(&script, "ev_payment_process_failed_v2");
        for column in ["order_id", "iban", "shipping", "error_message", "client_ip"] {
            assert!(view.contains(&format!(" AS \"{column}\"")), "{dialect}: {view}");
        }
        // A field of the context takes the place of the record's key.
        assert_eq!(view.matches("AS \"correlation_id\"").count(), 1, "{view}");
        assert!(!view.contains(" AS correlation_id") && !view.contains("    correlation_id,"));
        assert!(!view.contains("\"cvv\""), "it is left out of every record");
        assert!(view.contains("Left out of every record: `cvv`."), "{view}");
        assert!(view.contains("Masked: last4.") && view.contains("Masked: Iban."), "{view}");
        assert!(view.contains("Sensitive, not masked: support needs it."), "{view}");
        assert!(view.contains("('payment.process.failed', 'payment_failed')"), "{view}");
    }
}

#[test]
fn a_field_is_read_by_its_old_keys_too() {
    let script = script(&CATALOG, "postgres").unwrap();
    let view = view(&script, "ev_payment_process_failed_v2");
    let found = "coalesce(envelope -> 'payload' ->> 'error_message', \
                 envelope -> 'payload' ->> 'error', envelope -> 'payload' ->> 'err')";
    assert!(view.contains(found), "{view}");
}

#[test]
fn the_columns_are_unique_in_any_case() {
    static VIEW: EventMeta = event(NAME, "PageView", "").members(&[
        Member::Field(text("event_id", "")),
        Member::Field(text("Event_ID", "")),
        Member::Field(text("seq", "")),
    ]);
    let script = script(&of(&[&VIEW]), "duckdb").unwrap();
    let view = view(&script, "ev_page_view_v1");
    for (key, column) in [
        ("event_id", "payload_event_id"),
        ("Event_ID", "payload_payload_Event_ID"),
        // The names are the same in each dialect, also where there is no `seq`.
        ("seq", "payload_seq"),
    ] {
        let found = format!("'/payload/{key}' AS \"{column}\"");
        assert!(view.contains(&found), "{view}");
    }
    assert!(view.contains("\"payload_event_id\" IS 'The field `event_id`.'"), "{view}");
}

const U32: &Shape = &Shape::Integer { min: 0, max: 0xffff_ffff };
const DECIMAL: &Shape = &Shape::Text(TextFormat::Decimal);

#[test]
fn a_wider_number_and_a_new_key_are_moved_and_another_unit_is_not() {
    static V1: EventMeta = event(NAME, "PageViewV1", "").latest(false).members(&[
        Member::Field(FieldMeta::new("count", "", U32)),
        Member::Field(FieldMeta::new("price", "", U32)),
        Member::Field(FieldMeta::new("took", "", U32).unit("s")),
        Member::Field(FieldMeta::new("kept", "", &Shape::Optional(U32))),
    ]);
    static V2: EventMeta = event(NAME, "PageView", "").version(2).upcast_auto(true).members(&[
        Member::Field(FieldMeta::new("views", "", &Shape::Float).ident("count")),
        Member::Field(FieldMeta::new("price", "", DECIMAL)),
        Member::Field(FieldMeta::new("took", "", U32).unit("ms")),
        Member::Field(FieldMeta::new("kept", "", U32)),
        Member::Field(FieldMeta::new("added", "", &Shape::Optional(U32))),
    ]);
    let script = script(&of(&[&V1, &V2]), "postgres").unwrap();
    let view = view(&script, "ev_page_view_latest");
    for column in [
        "CAST(\"count\" AS double precision) AS \"views\"",
        "CAST(\"price\" AS numeric) AS \"price\"",
        "CAST(NULL AS bigint) AS \"took\"",
        "CAST(NULL AS bigint) AS \"kept\"",
        "CAST(NULL AS bigint) AS \"added\"",
    ] {
        assert!(view.contains(column), "{column}: {view}");
    }
    let comment = "NULL in rows of version 1, because code in Rust computes them: `took`, `kept`.";
    assert!(view.contains(comment), "{view}");
}

#[test]
fn the_comment_names_what_a_step_in_rust_computes() {
    static V1: EventMeta = event(NAME, "PageViewV1", "")
        .latest(false)
        .members(&[Member::Field(text("path", "")), Member::Field(text("query", ""))]);
    static V2: EventMeta = event(NAME, "PageView", "")
        .version(2)
        .members(&[Member::Field(text("path", "")), Member::Field(text("title", ""))]);
    let script = script(&of(&[&V1, &V2]), "sqlite").unwrap();
    let view = view(&script, "ev_page_view_latest");
    // It may change a field that both versions have alike.
    let comment =
        "-- NULL in rows of version 1, because code in Rust computes them: `path`, `title`.\n";
    assert!(view.contains(comment), "{view}");
    let older = view.split("UNION ALL").next().unwrap();
    assert!(
        older.contains("    NULL AS \"path\"") && older.contains("    NULL AS \"title\""),
        "{view}"
    );
}

#[test]
fn a_name_that_postgres_would_cut_off_is_shortened() {
    const LONG: &str = "a_very_long_name_of_an_event_that_is_as_long_as_a_name_may_be_ok";
    const FIELD: &str = "a_field_with_a_name_that_is_longer_than_what_postgres_takes_of_a_name";
    static VIEW: EventMeta = event(EventName::new(LONG, "a.very.long", "a"), "Long", "")
        .members(&[Member::Field(text(FIELD, ""))]);
    let catalog = of(&[&VIEW]);
    let short = script(&catalog, "postgres").unwrap();
    let names: Vec<&str> = short
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE VIEW ")?.strip_suffix(" AS"))
        .collect();
    assert!(names.iter().all(|name| name.len() <= 63), "{names:?}");
    assert!(names[0].ends_with("_v1") && names[1].ends_with("_latest"), "{names:?}");
    let comment = format!("IS 'The field `{FIELD}`.'");
    assert!(short.contains(&comment), "{short}");
    assert!(script(&catalog, "sqlite").unwrap().contains(&format!("VIEW ev_{LONG}_latest AS")));
}

#[test]
fn a_key_that_sqlite_cannot_read_is_refused() {
    static VIEW: EventMeta =
        event(NAME, "PageView", "").members(&[Member::Field(text("a\"b", ""))]);
    let catalog = of(&[&VIEW]);
    let errors = script(&catalog, "sqlite").unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.starts_with("SQLite cannot read the field `a\\\"b`"), "{errors:?}");
    assert!(errors[0].help.is_some() && errors[0].event.is_some());
    assert!(script(&catalog, "postgres").unwrap().contains("->> 'a\"b' AS \"a\"\"b\""));
    assert!(script(&catalog, "clickhouse").unwrap().contains("AS \"a\\\"b\""));
}

/// A catalog of these events.
fn of(events: &[&'static EventMeta]) -> Catalog {
    let events: &'static [&'static EventMeta] = events.to_vec().leak();
    let blocks = vec![&*Box::leak(Box::new(BlockMeta::new(events)))].leak();
    Catalog::new("Event", "", blocks).of_package("pages", "1.0.0")
}
