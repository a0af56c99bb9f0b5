//! Plays docs/postgres.md from an empty server to a running relay: its files, and its commands with
//! what they print. A line `..` in the output is a placeholder for any number of lines.
//!
//! `event-pages` compiles the program of the page. Here its events are written by the same INSERT,
//! as the same role.

use crate::outbox::Directory;
use event_outbox::sql::postgres::INSERT;
use std::process::{Command, Stdio};
use test_servers::Postgres;

const PAGE: &str = include_str!("../../../../docs/postgres.md");

/// The mark of a block of commands.
const PLAYED: &str = "<!-- not run: the test `walk` of event-relay plays the commands of this page";

/// What the program of the page is.
const PROGRAM: &str = "```rust,no_run\n";

const APPLICATION: &str = "postgres://application:application-secret@localhost/shop";

const ENVELOPE: &str = r#"{"event_type":"order.created","event_version":1}"#;

/// The commands of a page and their output, in order, with the place of its program.
enum Step {
    File { name: String, text: String },
    Program,
    Command { line: String, shown: Vec<String> },
}

/// What is in a fenced block whose opening fence is the first line.
fn inside(block: &str) -> impl Iterator<Item = &str> {
    block.lines().skip(1).take_while(|line| *line != "```")
}

fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    for (at, _) in PAGE.match_indices(['<', '`']) {
        let here = &PAGE[at..];
        let block = here.split_once('\n').map_or("", |(_, block)| block);
        if let Some(name) = here.strip_prefix("<!-- file: ") {
            let name = name.split(' ').next().unwrap().to_owned();
            let text = inside(block).flat_map(|line| [line, "\n"]).collect();
            steps.push(Step::File { name, text });
        } else if here.starts_with(PROGRAM) {
            steps.push(Step::Program);
        } else if here.starts_with(PLAYED) {
            for line in inside(block) {
                match (line.strip_prefix("$ "), steps.last_mut()) {
                    (Some(line), _) => {
                        steps.push(Step::Command { line: line.to_owned(), shown: Vec::new() });
                    }
                    (None, Some(Step::Command { shown, .. })) => shown.push(line.to_owned()),
                    (None, _) => panic!("`{line}` is no command"),
                }
            }
        }
    }
    steps
}

/// Whether the page shows what was printed.
fn fits(shown: &[String], printed: &[&str]) -> bool {
    match (shown.split_first(), printed.split_first()) {
        (None, first) => first.is_none(),
        (Some((line, rest)), first) if line == ".." => {
            fits(rest, printed) || first.is_some_and(|(_, behind)| fits(shown, behind))
        }
        (Some(_), None) => false,
        (Some((line, rest)), Some((first, behind))) => line == first && fits(rest, behind),
    }
}

/// A reader's shell.
struct Shell<'a> {
    server: &'a Postgres,
    directory: Directory,
    /// What was exported. Each command is a shell of its own.
    exported: String,
}

impl Shell<'_> {
    fn on_this_server(&self, text: &str) -> String {
        text.replace("@localhost/", &format!("@127.0.0.1:{}/", self.server.port()))
    }

    /// Runs a line, and returns what it prints.
    fn run(&mut self, line: &str) -> String {
        let line = self.on_this_server(line);
        if line.starts_with("export ") {
            self.exported.push_str(&(line + "\n"));
            return String::new();
        }
        let relay = env!("CARGO_BIN_EXE_event-relay");
        let own = std::path::Path::new(relay).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{}:{path}", own.display(), self.server.programs().display());
        let mut command = Command::new("sh");
        command.args(["-ec", &format!("{}{line}", self.exported)]).env("PATH", path);
        command.env("PGHOST", "127.0.0.1").env("PGPORT", self.server.port().to_string());
        command.env("PGUSER", "postgres").env_remove("EVENTS_RELAY_CONFIG");
        let output = command.current_dir(self.directory.path()).stdin(Stdio::null()).output();
        let output = output.unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.success(), "`{line}` ends with {}:\n{printed}", output.status);
        printed.replace(&format!("127.0.0.1:{}", self.server.port()), "localhost")
    }

    /// The transaction of the page's program.
    fn place_an_order(&mut self) {
        let order = "INSERT INTO orders (id, amount_cents) VALUES ('ord_1', 4999)";
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let now = "2026-11-30T00:00:00Z";
        let event = format!(
            "EXECUTE insert_events ('{{{id}}}', '{{order.created}}', '{{1}}', '{{order}}',
            '{{ord_1}}', '{{NULL}}', '{{{now}}}', '{{{now}}}', '{{NULL}}', '{{NULL}}', '{{NULL}}',
            '{{NULL}}', '{{NULL}}', ARRAY['{ENVELOPE}'])"
        );
        let text =
            format!("PREPARE insert_events AS {INSERT};\nBEGIN;\n{order};\n{event};\nCOMMIT;\n");
        self.directory.write("program.sql", &text);
        self.run(&format!("psql -v ON_ERROR_STOP=1 -q -f program.sql {APPLICATION}"));
    }
}

#[test]
fn the_page_leads_from_an_empty_server_to_a_running_relay() {
    // Only the administrator needs no password.
    let hba = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    let Some(server) = Postgres::setup().hba(hba).start() else { return };
    let mut shell = Shell { server: &server, directory: Directory::new(), exported: String::new() };
    let mut played = 0;
    for step in steps() {
        match step {
            Step::File { name, text } => {
                shell.directory.write(&name, &shell.on_this_server(&text));
            }
            Step::Program => shell.place_an_order(),
            Step::Command { line, shown } => {
                let printed = shell.run(&line);
                let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
                assert!(fits(&shown, &lines), "`{line}` prints\n{printed}\nnot\n{shown:#?}");
                played += 1;
            }
        }
    }
    assert!(played >= 8, "the page has commands: {played}");
    let written = std::fs::read_to_string(shell.directory.path().join("events.ndjson")).unwrap();
    assert_eq!(written.trim_end(), ENVELOPE);
    // The page says that this role purges.
    let purge_url = "postgres://purge:purge-secret@localhost/shop";
    shell.run(&format!("export PURGE_URL={purge_url}"));
    let printed = shell.run("event-relay purge --database env:PURGE_URL --keep 0d --yes");
    assert!(printed.contains("purged 1 event"), "{printed}");
}
