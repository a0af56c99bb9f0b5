//! What the commands do with the tables of months that docs/postgres.md has.

use crate::outbox::{Directory, outbox};
use test_servers::Postgres;

const PAGE: &str = include_str!("../../../../docs/postgres.md");

/// Events of November, in the table of their month and delivered. The third has a retention of its
/// own, which is over. Returns the URL of the database.
fn with_a_month(server: &Postgres) -> String {
    let url = outbox(server);
    server.sql(
        &url,
        "INSERT INTO domain_events (event_id, event_type, event_version, occurred_at, recorded_at,
            retain_until, envelope)
        SELECT gen_random_uuid(), 'order.created', 1, '2026-11-05Z', '2026-11-05Z',
            CASE n WHEN 3 THEN timestamptz '2026-11-06Z' END, '{}'
        FROM generate_series(1, 3) AS n;
        INSERT INTO outbox_cursor (target, low_seq, updated_at) VALUES ('archive', 3, now())",
    );
    let (_, section) = PAGE.split_once("## Keep events by month").unwrap();
    for block in section.split("```sql\n").skip(1) {
        server.sql(&url, block.split("```").next().unwrap());
    }
    assert_eq!(server.sql(&url, "SELECT count(*) FROM domain_events_2026_11"), "3");
    url
}

#[test]
fn the_commands_read_the_months() {
    let Some(server) = Postgres::start() else { return };
    let url = with_a_month(&server);
    server.sql(&url, "CREATE ROLE application; CREATE ROLE relay LOGIN; CREATE ROLE purge LOGIN");
    server.sql(&url, event_outbox::sql::postgres::ROLES);
    let run_as = |role: &str, words: &str| {
        let url = url.replace("postgres@", &format!("{role}@"));
        let (code, printed) = Directory::new().run(&format!("{words} --database {url}"), &[]);
        assert_eq!(code, 0, "{printed}");
        printed
    };
    let replayed = run_as("relay", "replay --target archive --from 2026-11-01 --dry-run");
    assert_eq!(replayed, "dry run: sends 3 events to `archive` again\n");

    // Without `keep`, the events that declare no retention are kept.
    assert!(run_as("purge", "purge --yes").contains("purged 1 event"));
    assert_eq!(server.sql(&url, "SELECT seq FROM domain_events_2026_11"), "1\n2");
    assert!(run_as("purge", "purge --keep 0d --yes").contains("purged 2 events"));
    assert_eq!(server.sql(&url, "SELECT seq FROM domain_events_2026_11"), "");
}
