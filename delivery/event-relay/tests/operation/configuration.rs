//! Which outbox a command works on: of `--database`, or of the configuration.

use crate::shop::{Ran, Shop};
use crate::status::busy;
use std::process::Stdio;
use std::time::{Duration, Instant};
use std::{fs, thread};

/// The secret is not there: who looks at the tables may not have it.
const CONFIGURATION: &str = "
database = \"shop.db\"
lock = \"none\"

[targets.billing]
type = \"http\"
url = \"https://billing.internal/events\"
auth = { bearer = \"env:BILLING_TOKEN\" }

[targets.search]
type = \"stdout\"
";

fn run(shop: &Shop, words: &str) -> Ran {
    Ran::of(shop.command().args(words.split_whitespace()))
}

#[test]
fn the_configuration_names_the_database_and_the_targets() {
    let shop = busy();
    fs::write(shop.directory.join("event-relay.toml"), CONFIGURATION).unwrap();
    fs::write(shop.directory.join("other.toml"), CONFIGURATION).unwrap();
    for words in ["lag", "lag --config other.toml", "--config other.toml lag"] {
        let out = run(&shop, words).ok();
        assert!(out.contains("=billing\n") && out.contains("=search\n"), "{out}");
        assert!(!out.contains("=old\n"), "{out}");
    }
    let named = Ran::of(shop.command().env("EVENTS_RELAY_CONFIG", "other.toml").arg("lag"));
    assert_eq!(named.ok().lines().count(), 2);
    let all = run(&shop, "lag --database shop.db").ok();
    assert_eq!(all.lines().count(), 3, "no configuration is read");
}

/// As `run` does: the person may have meant another database than the one of the file.
#[test]
fn a_variable_that_overrides_nothing_stops_every_command() {
    let shop = busy();
    let table = CONFIGURATION.replace("database = \"shop.db\"", "");
    let table = format!("{table}\n[database]\nurl = \"shop.db\"\n");
    let before = shop.dump();
    let url = "EVENTS_RELAY_DATABASE: `database` is a table, so this variable overrides nothing\n  \
               help: set `EVENTS_RELAY_DATABASE__URL`, which overrides its `url`\n";
    let typo =
        "EVENTS_RELAY_DATABSE: no key has this variable, did you mean `EVENTS_RELAY_DATABASE`?";
    let within = "EVENTS_RELAY_TARGETS__BILLING__URI: no key has this variable, did you mean \
                  `EVENTS_RELAY_TARGETS__BILLING__URL`?";
    for (text, variable, said) in [
        (&*table, "EVENTS_RELAY_DATABASE", url),
        (CONFIGURATION, "EVENTS_RELAY_DATABSE", typo),
        (CONFIGURATION, "EVENTS_RELAY_TARGETS__BILLING__URI", within),
    ] {
        fs::write(shop.directory.join("event-relay.toml"), text).unwrap();
        for words in [
            "run",
            "check-config",
            "status",
            "lag",
            "dead list",
            "dead requeue --target billing --all --yes",
            "dead skip --target billing --seq 1 --yes",
            "rewind --target billing --to-seq 0 --yes",
            "replay --target billing --from 2020-01-01 --yes",
            "purge --keep 0d --yes",
            "migrate",
        ] {
            let mut command = shop.command();
            let ran = Ran::of(command.args(words.split_whitespace()).env(variable, "other.db"));
            assert_eq!(ran.code, 2, "{words}: {ran:?}");
            assert!(ran.err.contains(said), "{words}: {}", ran.err);
        }
    }
    assert_eq!(shop.dump(), before);
    // A variable that overrides something needs no secret of a target to be judged.
    let mut command = shop.command();
    command.env("EVENTS_RELAY_TARGETS__BILLING__URL", "https://example.com").arg("lag");
    assert_eq!(Ran::of(&mut command).ok().lines().count(), 2);
}

#[test]
fn purge_keeps_what_the_configuration_says() {
    let shop = Shop::new();
    shop.order("o-1", 40);
    shop.order("o-2", 20);
    shop.pay("o-3", 100);
    for (target, low_seq, days) in [("billing", 3, 0), ("search", 0, 5)] {
        shop.cursor(target, low_seq, days);
    }
    let purge = |retention: &str, words: &str| {
        let text = format!("{CONFIGURATION}\n[retention]\n{retention}\n");
        fs::write(shop.directory.join("event-relay.toml"), text).unwrap();
        run(&shop, &format!("purge --dry-run {words}")).ok()
    };
    let holds = "nothing to purge; `search` holds the events behind 0";
    let unlimited = "keeps 2 events without a retention: `--keep` gives them one\n";
    assert_eq!(purge("", ""), format!("{holds}, 1 of them old; {unlimited}"));
    let abandoned = "`search` holds no events: it lags, and no relay has run for it for longer than \
                     `--abandoned-after`\n";
    let deletes = |events: &str| format!("{abandoned}dry run: deletes {events}\n");
    // Without `keep`, an event that declares no retention is kept for ever.
    let one = format!("{abandoned}dry run: deletes 1 event; {unlimited}");
    assert_eq!(purge("abandoned_after = \"4d\"", ""), one);
    let both = "abandoned_after = \"4d\"\nkeep = \"30d\"";
    assert_eq!(purge(both, ""), deletes("2 events"));
    assert_eq!(purge(both, "--keep 10d"), deletes("3 events"));
    assert_eq!(purge(both, "--abandoned-after 9d"), format!("{holds}, 2 of them old\n"));
}

#[test]
fn a_drain_does_not_wait_for_a_target_that_is_not_served() {
    let shop = Shop::new();
    shop.order("o-1", 0);
    let refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON outbox_cursor WHEN new.target = 'broken'
        BEGIN SELECT RAISE(ABORT, 'refused'); END";
    shop.execute(refuse, &[]);
    let target = |name| format!("[targets.{name}]\ntype = \"file\"\npath = \"{name}.ndjson\"\n");
    let targets = target("archive") + &target("broken");
    let text = format!("database = \"shop.db\"\nlock = \"none\"\n{targets}");
    fs::write(shop.directory.join("event-relay.toml"), text).unwrap();
    let mut relay = shop.command().args(["run", "--drain"]).stderr(Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while relay.try_wait().unwrap().is_none() && Instant::now() < until {
        thread::sleep(Duration::from_millis(10));
    }
    let _ = relay.kill();
    let ended = relay.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(101), "{ended:?}");
    let err = String::from_utf8(ended.stderr).unwrap();
    assert!(err.contains("target `broken` is no longer served"), "{err}");
    let archive = fs::read_to_string(shop.directory.join("archive.ndjson")).unwrap();
    assert_eq!(archive.lines().count(), 1);
}
