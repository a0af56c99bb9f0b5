//! Where the URL and the password are read from, and that none of it is shown.

use crate::outbox::{Directory, insert, outbox};
use test_servers::Postgres;

const PLANTED: &str = "planted-pass/word@1";

/// As it is written in a URL.
const ENCODED: &str = "planted-pass%2Fword%401";

/// A server that asks for the password.
fn server() -> Option<(Postgres, String)> {
    let setup = Postgres::setup().hba("host all all 127.0.0.1/32 scram-sha-256\n");
    let server = setup.start()?;
    let url = outbox(&server);
    let sql = format!("CREATE ROLE keeper LOGIN SUPERUSER PASSWORD '{PLANTED}'");
    server.sql(&url, &sql);
    insert(&server, &url, 3);
    Some((server, url.replace("postgres@", "keeper@")))
}

#[test]
fn a_password_is_read_from_a_variable_or_a_file_and_never_shown() {
    let Some((_server, url)) = server() else { return };
    let whole = url.replace("keeper@", &format!("keeper:{ENCODED}@"));
    let directory = Directory::new();
    directory.write("url", &format!("{whole}\n"));
    directory.write("password", PLANTED);
    let targets = "lock = \"none\"\n[targets.a]\ntype = \"file\"\npath = \"a.ndjson\"\n";
    for database in [
        "database = \"env:WHOLE\"".to_owned(),
        "database = \"file:url\"".to_owned(),
        format!("database = {{ url = \"{url}\", password = \"env:PASSWORD\" }}"),
        format!("database = {{ url = \"{url}\", password = \"file:password\" }}"),
    ] {
        directory.write("event-relay.toml", &format!("{database}\n{targets}"));
        let variables = [("WHOLE", whole.as_str()), ("PASSWORD", PLANTED)];
        for words in ["check-config", "run --drain", "status", "lag"] {
            let (code, printed) = directory.run(words, &variables);
            assert_eq!(code, 0, "{database}, {words}: {printed}");
            assert!(!printed.contains("planted"), "{printed}");
        }
        let (_, table) = directory.run("check-config", &variables);
        assert!(table.contains(&url) && table.contains("tls"), "{table}");
    }
    let sent = std::fs::read_to_string(directory.path().join("a.ndjson")).unwrap();
    assert_eq!(sent.lines().count(), 3);
    let (code, printed) = directory.run("status --database env:WHOLE", &[("WHOLE", &whole)]);
    assert_eq!(code, 0, "{printed}");
    assert_eq!(directory.run("status --database file:url", &[]).0, 0);
}

#[test]
fn a_wrong_password_is_refused_and_not_shown() {
    let Some((_server, url)) = server() else { return };
    let directory = Directory::new();
    for (password, said, help) in [
        (":planted-wrong", "authentication failed for user \"keeper\"", "help: check the user"),
        ("", "asks for a password, and none is configured", "help: write `password = "),
    ] {
        let url = url.replace("keeper@", &format!("keeper{password}@"));
        let (code, printed) = directory.run("status --database env:WHOLE", &[("WHOLE", &url)]);
        assert!(code == 101 && printed.contains(said), "{printed}");
        assert!(!printed.contains("planted") && printed.contains(help), "{printed}");
    }
}

#[test]
fn a_password_in_the_file_or_on_the_command_line_is_refused_unseen() {
    let directory = Directory::new();
    let url = format!("postgres://keeper:{ENCODED}@db.internal/shop");
    let targets = "lock = \"none\"\n[targets.a]\ntype = \"stdout\"\n";
    let read = |database: &str| {
        directory.write("event-relay.toml", &format!("{database}\n{targets}"));
        directory.run("check-config", &[("WHOLE", &url), ("NOT", "planted.db")])
    };
    for (database, said) in [
        (format!("database = \"{url}\""), "`database` has a password in it\n  help: remove it"),
        (
            format!("database = {{ url = \"{url}\" }}"),
            "`database.url` has a password in it\n  help: remove it",
        ),
        (
            "database = { url = \"env:WHOLE\", password = \"env:WHOLE\" }".to_owned(),
            "`database.url` has a password in it, and `password` is another",
        ),
        (
            "database = { url = \"shop.db\", password = \"env:WHOLE\" }".to_owned(),
            "`database.url` is a path, which needs no password",
        ),
        ("database = \"env:NOT\"".to_owned(), "names env:NOT, which is not a URL of PostgreSQL"),
        ("database = \"env:GONE\"".to_owned(), "names the variable GONE, which is not set"),
        (
            "database = \"postgres://u@db.internal/x?sslmod=planted\"".to_owned(),
            "is not a URL of PostgreSQL: unknown option `sslmod`",
        ),
        ("database = \"postgres:///planted\"".to_owned(), "names no host"),
        ("database = { password = \"env:WHOLE\" }".to_owned(), "`database.url` is missing"),
        ("[database]\nurl = 7\n".to_owned(), "`database.url` must be a text"),
    ] {
        let (code, printed) = read(&database);
        assert!(code == 2 && printed.contains(said), "{database}: {printed}");
        assert!(!printed.contains("planted"), "{printed}");
    }
    let (code, printed) = directory.run(&format!("status --database {url}"), &[]);
    let said = "error: `--database` has a password in it\nhelp: ";
    assert!(code == 2 && printed.starts_with(said) && !printed.contains("planted"), "{printed}");
}
