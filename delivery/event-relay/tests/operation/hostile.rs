//! Databases that cannot be used: the error says what is wrong and what to do.

use crate::shop::{Ran, Shop};
use crate::status::busy;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;

/// Each kind of command: one that reads, one that writes.
const COMMANDS: &[&str] = &["status", "dead requeue --target billing --seq 1"];

/// Runs the commands, and compares their errors, in which `DB` is the database.
#[track_caller]
fn refused(shop: &Shop, text: &str) {
    for words in COMMANDS {
        is_refused(&shop.run(words), shop, text);
    }
}

#[track_caller]
fn is_refused(ran: &Ran, shop: &Shop, text: &str) {
    let said = ran.err.replace(shop.database.to_str().unwrap(), "DB");
    assert_eq!((ran.code, said.as_str(), ran.out.as_str()), (101, text, ""));
}

#[test]
fn no_file() {
    let shop = Shop::empty();
    refused(
        &shop,
        "error: cannot use `DB`: there is no such file\nhelp: check the path; the service makes \
         the database, or `event-relay migrate --create`\n",
    );
    assert_eq!(fs::read_dir(&shop.directory).unwrap().count(), 0, "nothing is created");
}

#[test]
fn a_directory() {
    let shop = Shop::empty();
    fs::create_dir(&shop.database).unwrap();
    let text = "error: cannot use `DB`: it is not a file\nhelp: name the file of the database\n";
    refused(&shop, text);
}

#[test]
fn another_kind_of_file() {
    let shop = Shop::empty();
    let text = "name,amount\n".repeat(900);
    fs::write(&shop.database, &text).unwrap();
    let error = "error: cannot use `DB`: it is not an SQLite database\nhelp: check the path; it is \
                 left as it is\n";
    refused(&shop, error);
    is_refused(&shop.run("migrate"), &shop, error);
    assert_eq!(fs::read_to_string(&shop.database).unwrap(), text);
}

#[test]
fn a_database_without_an_outbox() {
    let shop = Shop::empty();
    shop.connection().execute_batch("CREATE TABLE orders (id INTEGER)").unwrap();
    let text = "error: cannot use `DB`: it has no tables of an outbox\nhelp: run `event-relay \
                migrate`\n";
    refused(&shop, text);
    fs::write(&shop.database, "").unwrap();
    refused(&shop, text);
}

#[test]
fn newer_tables() {
    let shop = busy();
    shop.execute("INSERT INTO outbox_schema VALUES (9, 'of the future', '')", &[]);
    let text = "error: cannot use `DB`: its tables have version 9, and this program knows versions \
                up to 2\nhelp: update this program; it changed nothing\n";
    refused(&shop, text);
    is_refused(&shop.run("migrate"), &shop, text);
}

#[test]
fn a_lock_that_is_held() {
    let shop = busy();
    let held = shop.connection();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    // WAL: a reader does not wait for a writer.
    assert_eq!(shop.run("status").code, 100);
    let text = "error: cannot use `DB`: another program has locked it for more than 5 s\nhelp: run \
                it again; if it stays locked, look for a program that keeps a transaction open\n";
    is_refused(&shop.run("dead requeue --target billing --seq 1"), &shop, text);
    held.execute_batch("ROLLBACK").unwrap();
    assert_eq!(shop.run("dead requeue --target billing --seq 1").code, 0);
}

#[test]
fn a_lock_that_is_released_in_time() {
    let shop = busy();
    let held = shop.connection();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| shop.run("dead requeue --target billing --seq 1"));
        std::thread::sleep(std::time::Duration::from_millis(300));
        held.execute_batch("COMMIT").unwrap();
        assert_eq!(waiting.join().unwrap().code, 0);
    });
}

#[test]
fn a_damaged_file() {
    let shop = busy();
    shop.execute("PRAGMA user_version = 1", &[]);
    shop.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let mut bytes = fs::read(&shop.database).unwrap();
    // The first page says how to read the file; the pages behind it are lost.
    bytes[4096..].fill(0xA5);
    fs::write(&shop.database, &bytes).unwrap();
    refused(
        &shop,
        "error: cannot use `DB`: the file is damaged\nhelp: stop what writes to it, keep a copy, \
         and restore a backup, or save what can be read: `sqlite3 FILE .recover`\n",
    );
    assert_eq!(fs::read(&shop.database).unwrap(), bytes);
}

/// Runs a command as a user that is not the owner: root may write everywhere.
fn run_as_another(shop: &Shop, words: &str) -> Ran {
    let mut command = shop.command();
    command.args(words.split_whitespace()).arg("--database").arg(&shop.database);
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        let copy = shop.directory.join("event-relay");
        fs::copy(command.get_program(), &copy).unwrap();
        let mut own = std::process::Command::new(&copy);
        own.args(command.get_args()).env("USER", "ada").current_dir(&shop.directory);
        own.uid(65_534).gid(65_534);
        return Ran::of(&mut own);
    }
    Ran::of(&mut command)
}

fn set_mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A database without WAL, so that a reader needs no files beside it.
fn without_wal() -> Shop {
    let shop = busy();
    let mode = "PRAGMA journal_mode = DELETE";
    shop.connection().query_row(mode, [], |_| Ok(())).unwrap();
    shop
}

#[test]
fn a_read_only_file() {
    let shop = without_wal();
    set_mode(&shop.directory, 0o777);
    set_mode(&shop.database, 0o444);
    assert_eq!(run_as_another(&shop, "status").code, 100, "it can be read");
    let text = "error: cannot use `DB`: it is read-only\nhelp: give this user write access to the \
                file and to its directory\n";
    is_refused(&run_as_another(&shop, "dead requeue --target billing --seq 1"), &shop, text);
}

#[test]
fn a_read_only_directory() {
    let shop = without_wal();
    // The copy of the program must be there before.
    run_as_another(&shop, "status");
    set_mode(&shop.database, 0o666);
    set_mode(&shop.directory, 0o555);
    let ran = run_as_another(&shop, "dead requeue --target billing --seq 1");
    set_mode(&shop.directory, 0o755);
    assert_eq!(ran.code, 101, "{ran:?}");
    assert!(ran.err.contains("help: give this user"), "{ran:?}");
    assert!(ran.err.contains("directory"), "{ran:?}");
}

#[test]
fn a_file_that_may_not_be_read() {
    let shop = without_wal();
    set_mode(&shop.directory, 0o777);
    set_mode(&shop.database, 0o000);
    let text = "error: cannot use `DB`: it cannot be opened\nhelp: give this user access to the \
                file, and to its directory: SQLite keeps its journal (`-wal`, `-shm`) beside the \
                file\n";
    is_refused(&run_as_another(&shop, "status"), &shop, text);
}

#[test]
fn no_database_is_named() {
    let shop = busy();
    let ran = Ran::of(shop.command().arg("status"));
    let text = "error: event-relay.toml: the configuration cannot be read: No such file or \
                directory (os error 2)\n  help: name the file: `--config PATH`, or \
                EVENTS_RELAY_CONFIG\nhelp: or name a database: `--database DATABASE`\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, text));
}

#[test]
fn a_configuration_names_the_database_and_no_secret_is_needed() {
    let shop = busy();
    let text = "database = \"DB\"\nlock = \"none\"\n[targets.billing]\ntype = \"http\"\n\
                url = \"http://localhost\"\nauth = { bearer = \"env:NOT_SET\" }\n";
    let file = shop.directory.join("relay.toml");
    fs::write(&file, text.replace("DB", shop.database.to_str().unwrap())).unwrap();
    let ran = Ran::of(shop.command().arg("status").env("EVENTS_RELAY_CONFIG", &file));
    assert_eq!((ran.code, ran.err.as_str()), (100, ""));
    assert!(ran.out.contains("billing"), "{}", ran.out);
}

#[test]
fn a_path_is_not_a_uri_and_may_have_odd_characters() {
    let mut shop = busy();
    shop.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let odd = shop.directory.join("file: é?mode=memory&x '%20.db");
    fs::rename(&shop.database, &odd).unwrap();
    shop.database = odd;
    assert_eq!(shop.run("status").code, 100);
    shop.database = ":memory:".into();
    assert_eq!(shop.run("status").code, 101);
}
