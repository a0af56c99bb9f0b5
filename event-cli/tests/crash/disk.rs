//! A disk without room: a limit on the size of files plays it, which needs no rights.

use crate::catalogs::Shop;
use crate::process::Started;
use crate::shop::{Declared, is_clean, locked};
use std::collections::BTreeMap;
use std::fs;

#[test]
fn a_lock_without_room_records_nothing_and_says_so() {
    let two = Declared::Orders(2);
    let (mut failed, mut passed) = (0, 0);
    for blocks in [0, 1, 2, 3, 4, 6, 8, 64] {
        let shop = Shop::locked("disk-lock", Declared::Orders(1).catalog());
        let before = shop.text();
        let mut started = Started::limited(blocks, &shop, two, &["lock"]);
        started.go();
        let ended = started.end();
        is_clean(&shop);
        if ended.code == Some(0) {
            passed += 1;
            assert_eq!(locked(&shop).len(), 2);
        } else {
            failed += 1;
            assert!(
                ended.code == Some(101) && ended.said.contains("error: cannot write `events.lock"),
                "{ended:?}"
            );
            assert_eq!(shop.text(), before);
        }
        assert_eq!(shop.run(two.catalog(), &["check"]).code, 0);
        // There is room again.
        shop.ok(two.catalog(), &["lock"]);
        assert_eq!(locked(&shop).len(), 2);
    }
    assert!(failed >= 3 && passed >= 1, "{failed} failed, {passed} passed");
}

#[test]
fn an_accept_without_room_accepts_nothing() {
    let shop = Shop::locked("disk-accept", Declared::Payment.catalog());
    let before = shop.everything();
    let args =
        ["accept", "payment_failed@1", "type-changed", "amount", "--reason", "r", "--who", "ada"];
    let mut started = Started::limited(0, &shop, Declared::Broken(0), &args);
    started.go();
    let ended = started.end();
    assert!(
        ended.code == Some(101) && ended.said.contains("cannot write `events.lock`"),
        "{ended:?}"
    );
    assert_eq!(shop.everything(), before);
}

#[test]
fn an_export_without_room_leaves_whole_files() {
    let (first, second) = (Declared::Orders(4), Declared::MoreOf(4));
    let third = Declared::Orders(2);
    let shop = Shop::new("disk-export");
    let files = || -> BTreeMap<_, _> {
        shop.everything()
            .into_iter()
            // Not the list of own files, which knows both while an export runs.
            .filter(|(path, _)| path.extension().is_some_and(|e| e == "json"))
            .filter(|(path, _)| !path.ends_with(event_export::MANIFEST))
            .collect()
    };
    shop.ok(second.catalog(), &["export", "json-schema"]);
    let new = files();
    for blocks in [0, 1, 2, 3] {
        shop.ok(first.catalog(), &["export", "json-schema"]);
        let old = files();
        let mut started = Started::limited(blocks, &shop, second, &["export", "json-schema"]);
        started.go();
        let ended = started.end();
        assert!(matches!(ended.code, Some(0 | 101)), "{ended:?}");
        for (path, text) in files() {
            assert!(
                old.get(&path) == Some(&text) || new.get(&path) == Some(&text),
                "{}",
                path.display()
            );
        }
        is_clean(&shop);
        // No file has become one that nobody knows, also if the next export is not the same.
        shop.ok(third.catalog(), &["export", "json-schema"]);
    }
    shop.ok(second.catalog(), &["export", "json-schema"]);
    assert_eq!(files(), new);
    assert!(fs::metadata(shop.directory.join("schemas/index.json")).unwrap().len() > 0);
}
