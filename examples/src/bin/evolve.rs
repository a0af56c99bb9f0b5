//! Locks an event, breaks it and mends it, and prints what the command says of each step.
//!
//! The modules [`first`], [`broken`] and [`mended`] are one file at three points in time. They are
//! beside each other here so that one program can show them all: the package has no lock, so the
//! compiler has nothing to compare them with. In a workspace with a lock, `broken` does not build;
//! `docs/change.md` shows what rustc says.
//!
//! The lock is in a temporary directory, which is removed at the end. No program is started: the
//! command is a library, and each line that begins with `$` is a call of [`event_cli::run`].
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, io, process};

use event_cli::Env;
use event_core::sink::JsonLines;
use event_core::{Catalog, Emitter, Timestamp};

/// The event when it is locked.
pub mod first {
    use event_core::{Str, catalog, events};

    events!(
        /// Orders of the shop.
        #[domain(owner = "orders")]
        pub enum Order {
            /// Take the customer's money.
            Pay,
        }

        /// The customer paid.
        #[event(info)]
        pub struct OrderPayCompleted<'a> {
            /// The order.
            #[entity]
            pub order_id: Str<'a>,
            /// In whole euros.
            pub amount: i32,
        }
    );

    catalog!(
        /// What the shop emits.
        pub enum ShopEvent {
            Order(Order),
        }
    );
}

/// A developer needs cents and changes the field in place.
pub mod broken {
    use event_core::{Str, catalog, events};

    events!(
        /// Orders of the shop.
        #[domain(owner = "orders")]
        pub enum Order {
            /// Take the customer's money.
            Pay,
        }

        /// The customer paid.
        #[event(info)]
        pub struct OrderPayCompleted<'a> {
            /// The order.
            #[entity]
            pub order_id: Str<'a>,
            /// In cents.
            #[field(unit = "cents")]
            pub amount_cents: i64,
        }
    );

    catalog!(
        /// What the shop emits.
        pub enum ShopEvent {
            Order(Order),
        }
    );
}

/// Version 2 has cents. Version 1 stays as it was locked, and is converted to version 2.
pub mod mended {
    use event_core::{Str, UpcastFrom, catalog, events};

    events!(
        /// Orders of the shop.
        #[domain(owner = "orders")]
        pub enum Order {
            /// Take the customer's money.
            Pay,
        }

        /// The customer paid.
        #[event(info, version = 2)]
        pub struct OrderPayCompleted<'a> {
            /// The order.
            #[entity]
            pub order_id: Str<'a>,
            /// In cents.
            #[field(unit = "cents")]
            pub amount_cents: i64,
        }

        /// The customer paid.
        #[event(info)]
        pub struct OrderPayCompletedV1<'a> {
            /// The order.
            #[entity]
            pub order_id: Str<'a>,
            /// In whole euros.
            pub amount: i32,
        }
    );

    impl<'a> UpcastFrom<OrderPayCompletedV1<'a>> for OrderPayCompleted<'a> {
        fn upcast(old: OrderPayCompletedV1<'a>) -> Self {
            Self { order_id: old.order_id, amount_cents: i64::from(old.amount) * 100 }
        }
    }

    catalog!(
        /// What the shop emits.
        pub enum ShopEvent {
            Order(Order),
        }
    );
}

fn main() -> Result<(), Box<dyn Error>> {
    let shop = Shop::new()?;

    say("The shop emits an event. Others store it.");
    let stored = shop.emitted(|| {
        use first::{OrderPayCompleted, emit_order_pay_completed};
        emit_order_pay_completed(OrderPayCompleted { order_id: "ord_1".into(), amount: 49 });
    })?;
    print(&stored);

    say("The event is locked: from here on, its readers can rely on it.");
    shop.command(&first::CATALOG, "lock", 0)?;
    shop.command(&first::CATALOG, "check", 0)?;

    say("A developer needs cents, and changes the field. Both sides break.");
    shop.command(&broken::CATALOG, "check", 100)?;

    say("The mend: version 2 has the cents, and version 1 says how it becomes version 2.");
    shop.command(&mended::CATALOG, "diff", 0)?;
    shop.command(&mended::CATALOG, "lock", 0)?;
    shop.command(&mended::CATALOG, "check", 0)?;

    say("What was stored under version 1 is read as version 2.");
    println!("{:?}", mended::ShopEvent::decode(&stored)?);

    say("The shop emits version 2 from now on.");
    let emitted = shop.emitted(|| {
        use mended::{OrderPayCompleted, emit_order_pay_completed};
        emit_order_pay_completed(OrderPayCompleted {
            order_id: "ord_2".into(),
            amount_cents: 4_999,
        });
    })?;
    print(&emitted);
    Ok(())
}

fn say(what: &str) {
    println!("\n# {what}");
}

fn print(text: &str) {
    print!("{text}");
}

/// The manifest of the catalog's package, which is this one: it says where the lock is.
const EVENTS: &str = r#"[package]
name = "examples"

[package.metadata.events]
lock = "events.lock"
"#;

/// The manifest of the command's package: it says where the catalog's package is.
const COMMAND: &str = r#"[package]
name = "shop-command"

[package.metadata.events]
catalog = "../shop-events"
"#;

/// The directory of both packages, which exists as long as the program runs.
struct Shop(PathBuf);

impl Shop {
    fn new() -> io::Result<Self> {
        let directory = env::temp_dir().join(format!("evolve-{}", process::id()));
        fs::create_dir(&directory)?;
        let shop = Self(directory);
        for (package, manifest) in [("shop-events", EVENTS), ("shop-command", COMMAND)] {
            fs::create_dir(shop.0.join(package))?;
            fs::write(shop.0.join(package).join("Cargo.toml"), manifest)?;
        }
        Ok(shop)
    }

    /// Runs the shop's command and prints what it says.
    ///
    /// # Errors
    ///
    /// If the exit code is not `expected`.
    fn command(&self, catalog: &'static Catalog, line: &str, expected: u8) -> Result<(), String> {
        println!("\n$ cargo run -p shop-command -- {line}");
        let args = line.split(' ').map(Into::into);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = event_cli::run(catalog, args, &mut out, &mut err, &self.env());
        print(&String::from_utf8_lossy(&out));
        print(&String::from_utf8_lossy(&err));
        if code == expected {
            Ok(())
        } else {
            Err(format!("`{line}` ended with {code}, not with {expected}"))
        }
    }

    /// The variables that cargo sets, and a fixed day.
    fn env(&self) -> Env {
        let directory = self.0.clone();
        let variables = [
            ("CARGO_MANIFEST_DIR", directory.join("shop-command").display().to_string()),
            ("CARGO_PKG_NAME", "shop-command".to_owned()),
            ("SOURCE_DATE_EPOCH", "1795219200".to_owned()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).into();
        Env { directory, variables, ..Env::default() }
    }

    /// The lines that `emit` emits, with a fixed time.
    fn emitted(&self, emit: impl FnOnce()) -> io::Result<String> {
        let path = self.0.join("events.ndjson");
        let file = fs::File::create(&path)?;
        let clock = || Timestamp::from_micros(1_795_219_200_000_000);
        let emitter = Emitter::builder().clock(clock).sink(JsonLines::new(file)).build();
        let bound = emitter.enter();
        emit();
        drop(bound);
        drop(emitter);
        fs::read_to_string(path)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
