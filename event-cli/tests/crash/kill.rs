//! `kill -9` at any point of `lock`, `accept` and `export`.

use crate::catalogs::Shop;
use crate::process::{Kills, Started, undisturbed};
use crate::shop::{Declared, is_clean, litter, locked};
use std::collections::BTreeMap;
use std::fs;

const ROUNDS: u32 = 60;
/// After so many rounds another shop begins, so that the lock stays small.
const EPOCH: u32 = 6;

#[test]
fn a_lock_that_is_killed_has_recorded_all_or_nothing() {
    let mut shop = Shop::new("kill-lock");
    shop.ok(Declared::Orders(1).catalog(), &["lock"]);
    let mut kills = Kills::new(undisturbed(&shop, Declared::Orders(2), &["lock"]));
    for round in 0..ROUNDS {
        if round % EPOCH == 0 {
            shop = Shop::new("kill-lock");
            shop.ok(Declared::Orders(1).catalog(), &["lock"]);
        }
        let count = locked(&shop);
        let next = Declared::Orders(u32::try_from(count.len()).unwrap() + 1);
        Started::new(&shop, next, &["lock"]).kill_after(kills.point());
        let now = locked(&shop);
        assert!(now.starts_with(&count) && now.len() <= count.len() + 1, "{count:?} {now:?}");
        kills.struck(now != count);
        kills.left += litter(shop.directory.path()).len();
        // Every file that the lock speaks of is there as a whole.
        let ran = shop.run(next.catalog(), &["check"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        shop.ok(next.catalog(), &["lock"]);
        assert_eq!(locked(&shop).len(), count.len() + 1);
        is_clean(&shop);
    }
    kills.are_on_both_sides();
}

#[test]
fn an_accept_that_is_killed_has_accepted_or_not() {
    const ARGS: [&str; 8] = [
        "accept",
        "payment_failed@1",
        "type-changed",
        "amount",
        "--reason",
        "never below 0",
        "--who",
        "ada",
    ];
    const REMOVE: [&str; 5] = ["accept", "--remove", "payment_failed@1", "type-changed", "amount"];
    let broken = Declared::Broken(0);
    let shop = Shop::locked("kill-accept", Declared::Payment.catalog());
    let old = shop.text();
    let mut kills = Kills::new(undisturbed(&shop, broken, &ARGS));
    let new = shop.text();
    shop.ok(broken.catalog(), &REMOVE);
    for round in 0..ROUNDS {
        assert_eq!(shop.text(), old);
        Started::new(&shop, broken, &ARGS).kill_after(kills.point());
        let text = shop.text();
        kills.left += litter(shop.directory.path()).len();
        kills.struck(text == new);
        if text != new {
            assert_eq!(text, old);
            shop.ok(broken.catalog(), &ARGS);
            is_clean(&shop);
        }
        // Taking it back is killed as well, in every other round.
        if round % 2 == 0 {
            Started::new(&shop, broken, &REMOVE).kill_after(kills.point());
            assert!([&old, &new].contains(&&shop.text()));
        }
        if shop.text() == new {
            shop.ok(broken.catalog(), &REMOVE);
        }
        // Whatever the next writer is, it removes what is left.
        if !litter(shop.directory.path()).is_empty() {
            shop.ok(broken.catalog(), &["lock", "--repair"]);
            is_clean(&shop);
        }
    }
    kills.are_on_both_sides();
}

#[test]
fn an_export_that_is_killed_leaves_whole_files() {
    const ARGS: [&str; 2] = ["export", "json-schema"];
    let shop = Shop::new("kill-export");
    let schemas = shop.directory.join("schemas");
    let files = || -> BTreeMap<String, String> {
        let entries = fs::read_dir(&schemas).unwrap().map(Result::unwrap);
        // Not the list of own files, which knows both while an export runs.
        entries
            .filter(|entry| entry.file_name() != event_export::MANIFEST)
            .map(|entry| {
                (
                    entry.file_name().into_string().unwrap(),
                    fs::read_to_string(entry.path()).unwrap(),
                )
            })
            .collect()
    };
    // One event is gone in the second, each other one has a field more.
    let (first, second) = (Declared::Orders(13), Declared::MoreOf(12));
    shop.ok(first.catalog(), &ARGS);
    let old = files();
    let mut kills = Kills::new(undisturbed(&shop, second, &ARGS));
    let new = files();
    assert_eq!((old.len(), new.len()), (14, 13));
    for round in 0..ROUNDS {
        shop.ok(first.catalog(), &ARGS);
        assert_eq!(files(), old);
        Started::new(&shop, second, &ARGS).kill_after(kills.point());
        let mut now = files();
        let all = now.len();
        now.retain(|name, _| !name.starts_with('.'));
        kills.left += all - now.len();
        for (name, text) in &now {
            assert!(
                old.get(name) == Some(text) || new.get(name) == Some(text),
                "{name} is neither old nor new"
            );
        }
        assert!(new.keys().all(|name| now.contains_key(name)), "nothing is lost");
        kills.struck(now == new);
        // No file has become one that nobody knows, also if the next export is not the same.
        if round % 2 == 0 {
            shop.ok(second.catalog(), &ARGS);
            assert_eq!(files(), new);
        }
    }
    kills.are_on_both_sides();
}
