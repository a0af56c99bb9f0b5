//! The documented grants are enough for the relay and for its commands, and no more is granted.

use crate::outbox::{Directory, insert, outbox};
use test_servers::Postgres;

const CONFIGURATION: &str = "
lock = \"none\"
[targets.archive]
type = \"file\"
path = \"events.ndjson\"
";

#[test]
fn the_grants_are_in_the_documentation_and_are_printed() {
    let roles = event_outbox::sql::postgres::ROLES;
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/postgres.md");
    assert!(std::fs::read_to_string(page).unwrap().contains(roles));
    let (code, printed) = Directory::new().run("migrate --print --dialect postgres", &[]);
    assert_eq!(code, 0);
    for grant in roles.lines().filter(|line| line.starts_with("GRANT")) {
        assert!(printed.contains(grant), "{grant}");
    }
    assert!(printed.contains(event_outbox::sql::postgres::MIGRATIONS[0].sql));
}

#[test]
fn each_role_can_do_its_work() {
    let Some(server) = Postgres::start() else { return };
    let url = outbox(&server);
    server.sql(&url, "CREATE ROLE application; CREATE ROLE relay LOGIN; CREATE ROLE purge LOGIN");
    server.sql(&url, event_outbox::sql::postgres::ROLES);
    insert(&server, &url, 2_000);
    let directory = Directory::new();
    directory.write("event-relay.toml", CONFIGURATION);
    let run_as = |role: &str, words: &str| {
        let url = url.replace("postgres@", &format!("{role}@"));
        directory.run(words, &[("EVENTS_RELAY_DATABASE", &url)])
    };
    assert_eq!(run_as("relay", "run --drain").0, 0);
    let lines = std::fs::read_to_string(directory.path().join("events.ndjson")).unwrap();
    assert_eq!(lines.lines().count(), 2_000);
    let park = "INSERT INTO outbox_parked SELECT 'archive', seq, event_id, event_type, entity_type,
        entity_id, 'dead', 1, now(), now(), 'why' FROM domain_events WHERE seq IN (1, 2)";
    server.sql(&url, park);
    for (words, said) in [
        ("dead list", "order.created@1"),
        ("dead requeue --target archive --seq 1", "requeued 1 parked event"),
        ("dead skip --target archive --seq 2 --yes", "skipped 1 event"),
        ("replay --target archive --from 2020-01-01 --yes", "sends 1999 events"),
        ("rewind --target archive --to-seq 1500 --yes", "from 2000 to 1500"),
        ("lag", "events=500"),
        ("status", "events 1 to 2000"),
    ] {
        let (code, printed) = run_as("relay", words);
        assert!(code == 0 && printed.contains(said), "{words}: {printed}");
    }
    let purge = "purge --keep 0d --inbox 0d --no-targets --yes";
    let (code, printed) = run_as("relay", purge);
    let refused = "permission denied for table domain_events\nhelp: grant it to the user";
    assert!(code == 101 && printed.contains(refused), "{printed}");
    server.sql(&url, "DELETE FROM outbox_parked");
    let (code, printed) = run_as("purge", purge);
    assert!(code == 0 && printed.contains("purged 2000 events"), "{printed}");
    let (code, printed) = run_as("purge", "rewind --target archive --to-seq 0 --yes");
    assert!(code == 101 && printed.contains("permission denied"), "{printed}");
}
