//! `tests/ui/README.md` lists every case with the first line of its message; this holds it to the
//! files.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Mistakes that a macro of this kind must refuse, and the file that shows each.
const REQUIRED: &[(&str, &str)] = &[
    ("unknown domain", "name/unknown_domain"),
    ("unknown action", "name/unknown_action"),
    ("unknown status", "name/unknown_status"),
    ("name too short", "name/too_short"),
    ("ambiguous name", "name/ambiguous"),
    ("duplicate event in a block", "name/duplicate_in_a_block"),
    ("duplicate event in two blocks", "catalog/duplicate_in_two_blocks"),
    ("duplicate event in two crates", "catalog/duplicate_in_two_crates"),
    ("version gap", "version/gap"),
    ("version 0", "version/zero"),
    ("version that is no number", "version/not_a_number"),
    ("missing upcast", "version/missing_upcast"),
    ("upcast from another event", "version/upcast_from_another_event"),
    ("upcast cycle", "version/upcast_backwards"),
    ("level missing", "level/missing"),
    ("two levels", "level/two"),
    ("misspelt level", "level/misspelt"),
    ("unknown word", "attribute/unknown_word"),
    ("word given twice", "attribute/word_twice"),
    ("word of another place", "attribute/mask_on_an_event"),
    ("field without a type", "field/no_type"),
    ("duplicate field", "field/twice"),
    ("reserved field name", "field/reserved"),
    ("field type without a JSON form", "field/no_value"),
    ("`Secret` without a mask", "sensitive/secret_without_a_mask"),
    ("`#[sensitive]` without a mask", "sensitive/no_mask"),
    ("suspicious name without a decision", "sensitive/suspicious_name"),
    ("mask that does not fit", "sensitive/mask_does_not_fit"),
    ("borrowed field", "field/borrowed_text"),
    ("generic event", "parse/generic_event"),
    ("tuple struct", "parse/tuple_struct"),
    ("enum as an event", "parse/enum_as_an_event"),
    ("union", "parse/union_as_an_event"),
    ("struct that is declared as nothing", "parse/struct_without_a_kind"),
    ("two entities", "field/two_entities"),
    ("no entity where one is required", "field/no_entity"),
    ("unknown group", "group/not_a_group"),
    ("group that repeats a field", "group/repeats_a_field"),
    ("unit on what is no number", "field/unit_of_a_text"),
    ("label without bounds", "field/label_without_bounds"),
    ("sample rate outside of 0 to 1", "attribute/sample_outside"),
    ("started without an end", "lifecycle/no_end"),
    ("deprecated event used", "lifecycle/replaced"),
    ("missing documentation", "field/no_docs"),
    ("relative `crate = ..`", "attribute/relative_crate"),
    ("half an item", "parse/half_an_item"),
    ("half a field", "parse/half_a_field"),
    ("empty block", "parse/empty"),
    ("empty catalog", "catalog/empty"),
    ("macro in expression position", "parse/in_expression_position"),
    ("field not in snake_case", "field/not_in_snake_case"),
    ("name too long", "name/too_long"),
    ("call without a field", "emit/missing_field"),
    ("call with a misspelt field", "emit/misspelt_field"),
    ("call with a wrong type", "emit/wrong_type"),
    ("call with a field too many", "emit/field_too_many"),
    ("text instead of an event", "emit/text_for_an_event"),
    ("event that is not emitted", "emit/not_emitted"),
    ("event that a catalog lacks", "catalog/lacks_the_event"),
    ("dynamic alias", "name/dynamic_alias"),
    ("dynamic name", "name/dynamic_name"),
    ("dynamic name at the emitter", "emit/dynamic_name"),
    ("dynamic name in a catalog", "catalog/dynamic_name"),
    ("alias that is a name", "name/alias_is_a_name"),
    ("two spellings that collide", "name/spellings_collide"),
    ("two spellings that collide, in two blocks", "catalog/spellings_collide"),
    ("one field name, two types, in a block", "field/two_types_in_a_block"),
    ("one field name, two types, in two blocks", "catalog/two_types_in_two_blocks"),
    ("one field name, two types, in two crates", "catalog/two_types_in_two_crates"),
    ("one status, two classes", "catalog/status_of_two_classes"),
    ("level rule that is not total", "level/match_not_total"),
    ("event of another crate declared again", "catalog/free_event_of_a_declared_name"),
    ("sensitive context", "sensitive/context_in_the_clear"),
    ("sensitive context, by a group of another crate", "sensitive/context_in_the_clear_by_a_group"),
    ("`Secret` without a mask, under another name", "sensitive/secret_under_another_name"),
    ("mask that is none", "sensitive/custom_is_not_a_mask"),
    ("`Secret` in a text", "sensitive/secret_in_prose"),
    ("`Serialize` derived beside a mask", "masked/serde_in_a_block"),
    ("`Serialize` derived beside a mask, and a derive", "masked/serde_beside_a_derive"),
    ("`Serialize` written beside a mask", "masked/serde_by_hand"),
    ("another encoder derived beside a mask", "masked/another_encoder"),
    ("a part of an opaque field masked", "masked/part_of_an_opaque_field"),
    ("`finite` on what is no float", "field/finite_of_no_float"),
    ("operation finished twice", "operation/finished_twice"),
    ("operation that is not used", "operation/never_used"),
    ("operation ended by another action's event", "operation/end_of_another_action"),
    ("operation interrupted by an `ok` event", "operation/interrupted_is_ok"),
    ("older version emitted by the trait", "operation/old_version"),
    ("elapsed time without a unit", "operation/elapsed_without_a_unit"),
    ("unit of work flushed twice", "wide/flushed_twice"),
    ("unit of work that is not used", "wide/unit_dropped"),
    ("group that a wide event does not list", "wide/unknown_contribution"),
    ("group that a wide event does not list, by context", "wide/unknown_contribution_by_context"),
    ("reserved field name in a part", "wide/reserved_in_a_contribution"),
    ("part that repeats a field", "wide/repeats_a_field"),
    ("wide event without parts", "wide/empty"),
    ("ten mistakes, ten errors", "parse/ten_mistakes"),
];

const INTRODUCTION: &str = "\
# What does not build

One mistake per file, by theme; beside it the message, as read and found good on the rustc that \
                            `../ui.rs` names. After a change of a message run
`TRYBUILD=overwrite cargo test -p event-tests` and read the difference: is the span the wrong \
                            token, is it one error per mistake, does it say what to write?

These lists are written by `../ui_table.rs`.

";

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ui"))
}

/// Every case, `theme/case`, in order.
fn cases() -> Vec<String> {
    let mut cases = Vec::new();
    for theme in fs::read_dir(root())
        .expect("the cases are there")
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        for file in fs::read_dir(theme.path()).expect("a theme is a directory").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if let Some(case) = name.strip_suffix(".rs") {
                cases.push(format!("{}/{case}", theme.file_name().to_string_lossy()));
            }
        }
    }
    cases.sort();
    cases
}

fn first_line(case: &str) -> String {
    let message = fs::read_to_string(root().join(format!("{case}.stderr"))).unwrap_or_default();
    message.lines().next().unwrap_or("(not run yet)").replace('|', "\\|")
}

fn readme() -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str("## Required\n\n| mistake | case | message |\n| --- | --- | --- |\n");
    for (mistake, case) in REQUIRED {
        let _ = writeln!(text, "| {mistake} | `{case}` | {} |", first_line(case));
    }
    text.push_str("\n## All others\n\n| case | message |\n| --- | --- |\n");
    for case in cases().iter().filter(|case| !REQUIRED.iter().any(|(_, required)| required == case))
    {
        let _ = writeln!(text, "| `{case}` | {} |", first_line(case));
    }
    text
}

#[test]
fn every_required_mistake_has_its_case() {
    let cases = cases();
    let missing: Vec<&str> = REQUIRED
        .iter()
        .map(|(_, case)| *case)
        .filter(|case| !cases.iter().any(|known| known == case))
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_readme_lists_every_case() {
    let (path, text) = (root().join("README.md"), readme());
    if std::env::var("TRYBUILD").is_ok_and(|mode| mode == "overwrite") {
        fs::write(&path, &text).expect("the readme can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "tests/ui/README.md is stale: run `TRYBUILD=overwrite cargo test -p event-tests`"
    );
}
