//! Two commands at once: both are recorded.

use crate::catalogs::Shop;
use crate::process::Started;
use crate::shop::{Declared, is_clean, locked, name};
use event_grammar::lock::{Lock, VersionKey};

const ROUNDS: u32 = 12;

/// Starts all of them, and lets them begin together.
fn at_once(shop: &Shop, declared: Declared, commands: &[&[&str]]) {
    let mut started: Vec<_> =
        commands.iter().map(|args| Started::new(shop, declared, args)).collect();
    started.iter_mut().for_each(Started::go);
    for (command, ended) in commands.iter().zip(started.into_iter().map(Started::end)) {
        assert_eq!(ended.code, Some(0), "{command:?}: {}", ended.said);
    }
}

#[test]
fn two_locks_at_once_are_both_recorded() {
    let all = Declared::Orders(ROUNDS * 2);
    let shop = Shop::new("writers-lock");
    for round in 0..ROUNDS {
        let (one, other) = (name(round * 2), name(round * 2 + 1));
        at_once(&shop, all, &[&["lock", &one], &["lock", &other]]);
        let locked = locked(&shop);
        assert!(locked.contains(&one) && locked.contains(&other), "{locked:?}");
        assert_eq!(
            locked.len(),
            usize::try_from(round * 2 + 2).unwrap(),
            "what was locked before stays"
        );
    }
    is_clean(&shop);
    assert_eq!(shop.run(all.catalog(), &["check", "--fail-on", "warning"]).code, 0);
}

#[test]
fn a_lock_and_an_accept_at_once_are_both_recorded() {
    let all = Declared::Broken(ROUNDS);
    let shop = Shop::locked("writers-accept", Declared::Payment.catalog());
    let accept = ["payment_failed@1", "type-changed", "amount"];
    let accept_it = [&["accept"], &accept[..], &["--reason", "r", "--who", "ada"]].concat();
    let remove_it = [&["accept", "--remove"], &accept[..]].concat();
    for round in 0..ROUNDS {
        let other = name(round);
        let is_to_accept = round % 2 == 0;
        at_once(
            &shop,
            all,
            &[if is_to_accept { &accept_it } else { &remove_it }, &["lock", &other]],
        );
        let lock = Lock::parse(&shop.text()).unwrap();
        assert!(lock.get(&other, 1).is_some(), "round {round}: the lock is recorded");
        let payment = &lock.versions[&VersionKey::new("payment_failed", 1)];
        assert_eq!(
            payment.accepted.len(),
            usize::from(is_to_accept),
            "round {round}: so is the acceptance"
        );
    }
    is_clean(&shop);
}

#[test]
fn a_retirement_and_a_repair_beside_a_lock_are_recorded() {
    let shop = Shop::locked("writers-retire", Declared::Orders(ROUNDS).catalog());
    for round in (1..ROUNDS).rev() {
        // The last event is not declared any more; the payment is declared, and its lock is asked
        // for.
        let gone = format!("{}@1", name(round));
        let declared = Declared::Orders(round);
        at_once(&shop, declared, &[&["lock", "--retire", &gone], &["lock", "--repair"]]);
        let lock = Lock::parse(&shop.text()).unwrap();
        let retired = &lock.versions[&VersionKey::new(name(round), 1)];
        assert_eq!(retired.stage, event_grammar::lock::Stage::Retired, "round {round}");
    }
    is_clean(&shop);
}

#[cfg(target_os = "linux")]
#[test]
fn two_names_of_one_lock_exclude_each_other() {
    let all = Declared::Orders(ROUNDS * 2);
    let (shop, other) = (Shop::new("writers-target"), Shop::new("writers-link"));
    shop.ok(Declared::Orders(0).catalog(), &["lock", "--dry-run"]);
    // The first lock is written by its own name; then it is known by two.
    shop.ok(all.catalog(), &["lock", &name(0)]);
    std::os::unix::fs::symlink(shop.lock(), other.lock()).unwrap();
    for round in 1..ROUNDS {
        let (one, two) = (name(round * 2), name(round * 2 + 1));
        let mut first = Started::new(&shop, all, &["lock", &one]);
        let mut second = Started::new(&other, all, &["lock", &two]);
        first.go();
        second.go();
        for ended in [first.end(), second.end()] {
            assert_eq!(ended.code, Some(0), "{}", ended.said);
        }
        let locked = locked(&shop);
        assert!(locked.contains(&one) && locked.contains(&two), "{locked:?}");
    }
    assert!(other.lock().is_symlink(), "it stays a link");
    is_clean(&shop);
    is_clean(&other);
}
