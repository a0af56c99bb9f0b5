//! What a message tells to run is ready to paste, and mends what the message is about.

use crate::catalogs::*;
use crate::git::{commit, git};
use std::fs;
use std::process::Command;

/// The commands of a message that begin with these words.
fn commands(said: &str, start: &str) -> Vec<String> {
    let quoted = said.split('`').skip(1).step_by(2);
    quoted.filter(|command| command.starts_with(start)).map(str::to_owned).collect()
}

/// Pastes a command of git into a shell, in the shop's directory.
fn paste(shop: &Shop, command: &str) {
    let ran = Command::new("sh")
        .args(["-c", command])
        .current_dir(shop.directory.path())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// The words that a shell makes of a command, without the part that runs the program.
#[cfg(unix)]
fn words(command: &str) -> Vec<String> {
    let rest = command
        .trim_start_matches("EVENTS_LOCK=off ")
        .strip_prefix("cargo run -p shop -- ")
        .unwrap();
    let ran = Command::new("sh").args(["-c", &format!("printf '%s\\n' {rest}")]).output().unwrap();
    String::from_utf8(ran.stdout).unwrap().lines().map(str::to_owned).collect()
}

const PLACE: &str = "it's $HOME/my [shop]";

fn shop(name: &str) -> (Shop, String) {
    let shop = Shop::new(name);
    fs::create_dir_all(shop.directory.join(PLACE)).unwrap();
    let lock = format!("{PLACE}/events.lock");
    shop.ok(payment(FIRST), &["lock", "--lock", &lock]);
    git(&shop, &["init", "-q"]);
    commit(&shop, "locked");
    (shop, lock)
}

#[cfg(unix)]
#[test]
fn a_file_is_restored_by_what_is_pasted() {
    let (shop, lock) = shop("pasted-file");
    let samples =
        shop.directory.join(&format!("{PLACE}/events.lock.d/payment_failed@1/samples.ndjson"));
    let whole = fs::read_to_string(&samples).unwrap();
    for args in [["check", "--lock", &lock], ["lock", "--lock", &lock]] {
        fs::write(&samples, "damaged").unwrap();
        let ran = shop.run(payment(FIRST), &args);
        assert!(ran.err.starts_with("error[EV0227]"), "{}", ran.err);
        paste(&shop, &commands(&ran.err, "git checkout -- ")[0]);
        assert_eq!(fs::read_to_string(&samples).unwrap(), whole);
        // The other way, which names the same lock.
        fs::write(&samples, "damaged").unwrap();
        let repair = words(&commands(&ran.err, "EVENTS_LOCK=off")[0]);
        assert_eq!(repair, ["lock", "--repair", "--lock", lock.as_str()]);
        shop.ok(payment(FIRST), &repair.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(fs::read_to_string(&samples).unwrap(), whole);
    }
}

#[cfg(unix)]
#[test]
fn a_lock_is_restored_by_what_is_pasted() {
    let (shop, lock) = shop("pasted-lock");
    let path = shop.directory.join(&lock);
    let whole = fs::read_to_string(&path).unwrap();
    let digest = whole.lines().find(|line| line.contains(" r0 write\"")).unwrap();
    for damaged in [
        whole[..whole.len() / 2].to_owned(),
        whole.replacen("sha256:", "sha256-", 1),
        whole.replace(digest, ""),
    ] {
        fs::write(&path, &damaged).unwrap();
        for args in [
            &["check", "--lock", &lock][..],
            &["lock", "--lock", &lock],
            &["lock", "--repair", "--lock", &lock],
        ] {
            let ran = shop.run(payment(FIRST), args);
            assert!(
                ran.code >= 100 && ran.err.starts_with("error[EV0226]"),
                "{args:?} {}",
                ran.err
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), damaged, "{args:?} writes nothing");
            if args.contains(&"--repair") {
                assert!(
                    !ran.err.contains("lock --repair"),
                    "what cannot be repaired does not advise it: {}",
                    ran.err
                );
                paste(&shop, &commands(&ran.err, "git checkout -- ")[0]);
                assert_eq!(fs::read_to_string(&path).unwrap(), whole);
            }
        }
    }
}

#[test]
fn a_digest_that_none_can_be_is_not_summed_anew() {
    let shop = Shop::locked("pasted-digest", payment(FIRST));
    let whole = shop.text();
    let digest = whole.split("\"sha256:").nth(1).unwrap().split('"').next().unwrap();
    for (name, other) in [
        ("empty", String::new()),
        ("short", digest[1..].to_owned()),
        ("long", format!("{digest}0")),
        ("capitals", digest.to_ascii_uppercase()),
        ("letters", "g".repeat(64)),
    ] {
        if other == digest {
            continue;
        }
        fs::write(shop.lock(), whole.replacen(digest, &other, 1)).unwrap();
        let before = shop.everything();
        let ran = shop.run(payment(FIRST), &["lock", "--repair"]);
        assert_eq!(ran.code, 101, "{name}: {}", ran.err);
        let line = whole.lines().position(|line| line.contains(digest)).unwrap() + 1;
        assert!(
            ran.err.contains(" should be `sha256:` and 64 hexadecimal digits"),
            "{name}: {}",
            ran.err
        );
        assert!(ran.err.contains(&format!("events.lock:{line}")), "{name}: {}", ran.err);
        assert!(
            ran.err.contains("`git checkout -- events.lock`") && !ran.err.contains("--repair"),
            "{name}: {}",
            ran.err
        );
        assert_eq!(shop.everything(), before);
    }
    // A digest of another text is one: then it is the file that is not as recorded, which repairing
    // again would not change.
    fs::write(shop.lock(), whole.replacen(digest, &"0".repeat(64), 1)).unwrap();
    let ran = shop.run(payment(FIRST), &["lock", "--repair"]);
    assert!(
        ran.code == 100 && ran.err.starts_with("error[EV0227]") && !ran.err.contains("--repair"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("if the file is right, the lock is wrong: `git checkout -- events.lock`"),
        "{}",
        ran.err
    );
}

#[cfg(unix)]
#[test]
fn a_break_is_accepted_and_taken_back_by_what_is_pasted() {
    const ITEMS: &event_core::meta::shape::Shape = &event_core::meta::shape::Shape::List(I64);
    const LATER: &event_core::meta::shape::Shape = &event_core::meta::shape::Shape::List(U32);
    let (first, later) = (payment(&[field("amounts", ITEMS)]), payment(&[field("amounts", LATER)]));
    let shop = Shop::new("pasted-accept");
    let lock = "my locks/events.lock";
    fs::create_dir(shop.directory.join("my locks")).unwrap();
    shop.ok(first, &["lock", "--lock", lock]);
    let ran = shop.run(later, &["check", "--lock", lock]);
    let accept = words(&commands(&ran.err, "EVENTS_LOCK=off")[0]);
    assert_eq!(
        accept[..4],
        ["accept", "payment_failed@1", "type-changed", "amounts[]"],
        "{}",
        ran.err
    );
    shop.ok(
        later,
        &[accept.iter().map(String::as_str).collect::<Vec<_>>(), vec!["--who", "ada"]].concat(),
    );
    let again = shop
        .run(later, &accept.iter().map(String::as_str).chain(["--who", "ada"]).collect::<Vec<_>>());
    assert!(again.err.contains("it is accepted already"), "{}", again.err);
    let remove = words(&commands(&again.err, "cargo run")[0]);
    shop.ok(later, &remove.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(shop.run(later, &["check", "--lock", lock]).code, 100, "it is taken back");
}

#[test]
fn whatever_is_wrong_with_a_line_repairing_is_advised_where_it_mends() {
    let shop = Shop::locked("pasted-lines", payment(FIRST));
    let whole = shop.text();
    let (mut repaired, mut restored) = (0, 0);
    for at in 0..whole.lines().count() {
        let changes: [&dyn Fn(&str) -> String; 6] = [
            &|_| String::new(),
            &|line| format!("{line}\n{line}\r\n"),
            &|line| format!("{line}\r\n"),
            &|line| line.replace("\": \"", "\": \"x") + "\n",
            &|line| line.replacen('"', "", 1) + "\n",
            &|line| format!("{line}\n{}\n", line.replace("\": \"", "\": \"x")),
        ];
        for change in changes {
            let lines = whole.lines().enumerate();
            let text: String = lines
                .map(|(line, text)| if line == at { change(text) } else { format!("{text}\n") })
                .collect();
            fs::write(shop.lock(), &text).unwrap();
            let checked = shop.run(payment(FIRST), &["check"]);
            if !checked.err.contains("error[EV0226]") {
                continue;
            }
            let is_advised =
                checked.err.contains("lock --repair") && !checked.err.contains("remove the one");
            let ran = shop.run(payment(FIRST), &["lock", "--repair"]);
            let is_mended = !ran.err.contains("EV0226");
            assert_eq!(is_advised, is_mended, "{text}\n{}\n{}", checked.err, ran.err);
            if is_mended {
                repaired += 1;
                assert!(!shop.run(payment(FIRST), &["check"]).err.contains("EV0226"), "{text}");
            } else {
                restored += 1;
                assert_eq!(shop.text(), text);
                assert!(
                    ran.err.contains("git checkout -- events.lock")
                        || ran.err.contains("remove the one"),
                    "{}",
                    ran.err
                );
            }
        }
    }
    assert!(repaired > 10 && restored > 10, "{repaired} repaired, {restored} restored");
}
