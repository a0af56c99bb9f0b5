//! What `export sql` writes for events of the reference catalog, in each dialect: one with a step
//! to its newest version that a person wrote, one with a step by `upcast = auto`, and one with a
//! context.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test may")]

use catalog::payment::{
    PaymentProcessStarted, PaymentProcessStartedV1, PaymentRefundInitiated,
    PaymentRefundInitiatedV1,
};
use event_core::meta::BlockMeta;
use event_core::{Catalog, Event as _};
use event_export::{Choices, Exporter as _, Sql, export};
use event_tower::request::RequestFailed;
use std::{env, fs};

static SELECTION: Catalog = Catalog::new(
    "Event",
    "",
    &[&BlockMeta::new(&[
        PaymentProcessStarted::META,
        PaymentProcessStartedV1::META,
        PaymentRefundInitiated::META,
        PaymentRefundInitiatedV1::META,
        RequestFailed::META,
    ])],
)
.of_package("catalog", "");

#[test]
fn the_scripts_of_each_dialect() {
    for dialect in Sql.options()[0].choices {
        let choices = Choices::of(Sql.options()).with("dialect", dialect.name).unwrap();
        let files = export(&Sql, &SELECTION, &choices).unwrap();
        assert_eq!(files, export(&Sql, &SELECTION, &choices).unwrap(), "the same bytes");
        let [file] = &*files else { panic!("one script, not {}", files.len()) };
        let path = format!("{}/tests/sql/{}.sql", env!("CARGO_MANIFEST_DIR"), dialect.name);
        if env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&path, &file.contents).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            file.contents == expected,
            "{path} differs from:\n{}\n`UPDATE_SNAPSHOTS=1 cargo test -p catalog --test sql` \
             writes it",
            file.contents
        );
    }
}
