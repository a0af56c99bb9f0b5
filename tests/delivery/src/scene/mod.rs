//! A directory with the database of a shop, and the processes that work on it.

mod directory;
mod report;

pub use report::Row;

use crate::oracle::{Ledger, Reasons, Verdict, judge};
use crate::process::{Process, output};
use crate::random::Random;
use crate::shop::{Habits, Shop};
use crate::store::Store;
use crate::target::{Inbox, Target, Way};
use directory::Directory;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::thread;
use std::time::{Duration, Instant};

/// The programs of this package, which only its tests can name.
#[derive(Clone, Copy, Debug)]
pub struct Programs {
    /// `event-relay`.
    pub relay: &'static str,
    /// The producer.
    pub producer: &'static str,
    /// A directory for the directories of scenes.
    pub scratch: &'static str,
}

/// A directory with the database of a shop, and the processes that work on it. The relay has one
/// target.
pub struct Scene {
    /// The random numbers of the test.
    pub random: Random,
    target: Target,
    name: String,
    seed: u64,
    store: Store,
    programs: Programs,
    lock: PathBuf,
    /// More lines of the relays' configurations, before the target.
    lines: String,
    /// The cursor at the start of each relay.
    starts: BTreeMap<u32, i64>,
    /// The cursor at each interruption.
    interruptions: Vec<i64>,
    /// How many processes were killed.
    kills: u64,
    begun: Instant,
    // The last field: it is dropped last.
    directory: Directory,
}

/// How far the relay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The cursor.
    pub cursor: i64,
    /// The newest place.
    pub newest: i64,
    /// The parked events.
    pub parked: i64,
    /// The dead events.
    pub dead: i64,
}

/// The name of the target in the configuration.
const TARGET: &str = "target";

impl Scene {
    /// A shop without orders. Its database is `store`, or a file of SQLite.
    ///
    /// # Panics
    ///
    /// If the database or the target cannot be used.
    pub fn new(name: &str, programs: Programs, store: Option<Store>, way: &Way, seed: u64) -> Self {
        println!("{name}: DELIVERY_SEED={seed}");
        let directory = Directory::new(Path::new(programs.scratch).join(name));
        let store = store.unwrap_or_else(|| Store::Sqlite(directory.path().join("shop.db")));
        let shop = Shop::open(&store, Habits::default(), seed).and_then(|mut shop| shop.changes());
        assert_eq!(shop.expect("a database"), 0);
        Self {
            random: Random::new(seed),
            target: Target::new(way, directory.path(), seed),
            name: name.to_owned(),
            seed,
            store,
            programs,
            lock: Path::new(env!("CARGO_MANIFEST_DIR")).join("events.lock"),
            lines: String::new(),
            starts: BTreeMap::new(),
            interruptions: Vec::new(),
            kills: 0,
            begun: Instant::now(),
            directory,
        }
    }

    /// The target.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The receiver.
    ///
    /// # Panics
    ///
    /// If the target is another thing.
    pub fn inbox(&self) -> &Inbox {
        let Target::Inbox { inbox, .. } = &self.target else { panic!("the target is no receiver") };
        inbox
    }

    /// The receiver, to close and open it. It panics as [`Scene::inbox`].
    pub fn inbox_mut(&mut self) -> &mut Inbox {
        let Target::Inbox { inbox, .. } = &mut self.target else {
            panic!("the target is no receiver")
        };
        inbox
    }

    /// A file of the scene.
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// A connection of its own.
    ///
    /// # Panics
    ///
    /// If the database is not SQLite.
    pub fn connect(&self) -> Connection {
        let path = self.path("shop.db");
        assert_eq!(self.store, Store::Sqlite(path.clone()));
        let connection = Connection::open(path).expect("the database");
        connection.busy_timeout(Duration::from_secs(10)).expect("a timeout");
        connection
    }

    /// The relays that are started from now on judge by this lock.
    pub fn lock_with(&mut self, lock: PathBuf) {
        self.lock = lock;
    }

    /// The relays that are started from now on have these lines in their configurations, before the
    /// target.
    pub fn configure(&mut self, lines: &str) {
        lines.clone_into(&mut self.lines);
    }

    /// Starts a producer that ends when so many events are committed, with the flags.
    pub fn producer(&mut self, events: u64, flags: &[&str]) -> Process {
        let database = self.store.location();
        self.producer_at(&database, events, flags)
    }

    /// As [`Scene::producer`], on a database that is reached by another location.
    pub fn producer_at(&mut self, database: &str, events: u64, flags: &[&str]) -> Process {
        let seed = self.random.number();
        let mut args = vec![
            "--database".to_owned(),
            database.to_owned(),
            "--events".to_owned(),
            events.to_string(),
            "--seed".to_owned(),
            seed.to_string(),
        ];
        args.extend(flags.iter().map(|flag| (*flag).to_owned()));
        Process::start(Path::new(self.programs.producer), args, &self.path("producer.log"))
    }

    /// Starts a relay. It takes over from the one before, as that one would if it started again.
    pub fn relay(&mut self) -> Process {
        self.relay_named("relay", "10s")
    }

    /// Starts a relay of this name, whose lease lasts so long.
    pub fn relay_named(&mut self, name: &str, lease: &str) -> Process {
        let number = u32::try_from(self.starts.len()).expect("not so many relays") + 1;
        self.starts.insert(number, self.state().cursor);
        let config = self.path(&format!("relay-{number}.toml"));
        let text = format!(
            "database = '{}'\nlock = '{}'\nrelay_id = \"{name}\"\nlease = \"{lease}\"\n{}\n\
             [targets.{TARGET}]\nattempts = 3\n{}",
            self.store.location(),
            self.lock.display(),
            self.lines,
            self.target.config(number)
        );
        fs::write(&config, text).expect("a configuration");
        let args = ["run".as_ref(), "--config".as_ref(), config.as_os_str()];
        Process::start(
            Path::new(self.programs.relay),
            args,
            &self.path(&format!("relay-{number}.log")),
        )
    }

    /// Runs a command of `event-relay` that works on the database.
    pub fn command(&self, args: &[&str]) -> (ExitStatus, String) {
        let own = ["--database".to_owned(), self.store.location()];
        let args = args.iter().map(|arg| (*arg).to_owned()).chain(own);
        output(Path::new(self.programs.relay), args).expect("the command runs")
    }

    /// As [`Scene::command`], for the target, and it must succeed.
    pub fn operate(&self, args: &[&str]) -> String {
        let args = [args, &["--target", TARGET]].concat();
        let (status, text) = self.command(&args);
        assert!(status.success(), "{args:?}: {status}\n{text}");
        text
    }

    /// Kills a process.
    pub fn kill(&mut self, process: &mut Process) {
        process.kill();
        self.kills += 1;
    }

    /// The target, the database or a relay is about to be interrupted. A relay may then send again
    /// what is behind the cursor: it does not learn the answers, or cannot write them down.
    pub fn interrupted(&mut self) {
        self.interruptions.push(self.state().cursor);
    }

    /// How far the relay is.
    pub fn state(&self) -> State {
        let one = |sql: &str| sql.replace('?', &format!("target = '{TARGET}'"));
        let number = |row: &[Vec<String>]| row[0][0].parse().unwrap_or(0);
        let rows = self.store.rows([
            &*one("SELECT max(low_seq) FROM outbox_cursor WHERE ?"),
            "SELECT max(seq) FROM
                (SELECT max(seq) AS seq FROM domain_events UNION ALL SELECT max(seq) FROM purged)
                AS events",
            &*one("SELECT count(*) FROM outbox_parked WHERE ?"),
            &*one("SELECT count(*) FROM outbox_parked WHERE ? AND state = 'dead'"),
        ]);
        let [cursor, newest, parked, dead] = rows.map(|rows| number(&rows));
        State { cursor, newest, parked, dead }
    }

    /// The name of the relay that has the lease, even if it has ended.
    pub fn owner(&self) -> Option<String> {
        let sql = format!("SELECT max(owner) FROM outbox_cursor WHERE target = '{TARGET}'");
        let [rows] = self.store.rows([&*sql]);
        let owner = &rows[0][0];
        // Behind the name are a space and random digits.
        owner.split_whitespace().next().map(str::to_owned)
    }

    /// Waits until this is so.
    ///
    /// # Panics
    ///
    /// If it is not so within `limit`.
    pub fn wait(&self, what: &str, limit: Duration, mut is_so: impl FnMut(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(
                start.elapsed() < limit,
                "not {what} after {limit:?}: {:?}, DELIVERY_SEED={}\n{}",
                self.state(),
                self.seed,
                self.last_log()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the last relay has written.
    fn last_log(&self) -> String {
        let log = self.path(&format!("relay-{}.log", self.starts.len()));
        fs::read_to_string(log).unwrap_or_default()
    }

    /// Lets the receiver forget the requests of a long run.
    pub fn forget_requests(&self) {
        if let Target::Inbox { inbox, .. } = &self.target {
            inbox.forget_requests();
        }
    }

    /// Waits until every event is delivered.
    pub fn wait_delivered(&self, limit: Duration) {
        self.wait("delivered", limit, |scene| {
            scene.forget_requests();
            let State { cursor, newest, parked, .. } = scene.state();
            cursor == newest && parked == 0
        });
    }

    /// What was committed.
    pub fn ledger(&self) -> Ledger {
        Ledger::read(&self.store, TARGET)
    }

    /// The verdict on what the target has now. `rewound`: the cursor was moved by hand, so that
    /// duplicates are right.
    pub fn verdict(&self, rewound: bool) -> Verdict {
        let (deliveries, torn) = self.target.read();
        let cursors = if self.target.takes_once() {
            vec![0]
        } else {
            self.starts.values().chain(&self.interruptions).copied().collect()
        };
        let reasons = match rewound {
            true => Reasons::Rewound,
            false if self.target.names_relays() => {
                Reasons::Relays { starts: &self.starts, interruptions: &self.interruptions }
            }
            false => Reasons::Cursors(&cursors),
        };
        Verdict { torn, ..judge(&self.ledger(), &deliveries, reasons) }
    }

    /// Ends a scene: everything is delivered as promised. Prints what there was.
    ///
    /// # Panics
    ///
    /// If it is not.
    pub fn finish(&self, rewound: bool) -> Row {
        let verdict = self.verdict(rewound);
        let row = Row {
            name: self.name.clone(),
            relays: self.starts.len() as u64,
            kills: self.kills,
            verdict,
            took: self.begun.elapsed(),
        };
        println!("{}\n{row}", Row::HEAD);
        assert!(row.verdict.is_sound(), "DELIVERY_SEED={}: {:#?}", self.seed, row.verdict);
        row
    }
}
