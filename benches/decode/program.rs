//! The program that is measured: it reads one record again and again.

/// Its source; the generated crate is called `name`.
pub(crate) fn source(name: &str) -> String {
    SOURCE.replace("{krate}", &name.replace('-', "_"))
}

const SOURCE: &str = r##"//! Generated.
use event_core::{Event, Str, catalog, events};
use std::hint::black_box;

events!(
    #[domain]
    pub enum Payment { Process }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub order_id: Str<'a>,
        pub reason: Str<'a>,
        pub currency: Str<'a>,
        pub amount: f64,
        pub attempt: u32,
        pub waited_us: u64,
    }
);

catalog!(
    pub enum Shop { Payment(Payment) }
);

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Owned {
    event: String,
    version: u32,
    order_id: String,
    reason: String,
    currency: String,
    amount: f64,
    attempt: u32,
    waited_us: u64,
}

#[derive(serde::Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(dead_code)]
enum Tagged {
    PaymentProcessFailed {
        version: u32,
        order_id: String,
        reason: String,
        currency: String,
        amount: f64,
        attempt: u32,
        waited_us: u64,
    },
}

const LINE: &str = r#"{"event":"payment_process_failed","version":1,"level":"error","timestamp":"2026-11-21T00:22:44.123456Z","order_id":"ord_8f3a2c91","reason":"insufficient_funds","currency":"EUR","amount":129.95,"attempt":3,"waited_us":48213}"#;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (how, name, count) = (arguments[1].as_str(), &arguments[2], arguments[3].parse::<u32>().unwrap());
    let record = format!(
        r#"{{"event":"{name}","version":1,"level":"info","timestamp":"2026-11-21T00:22:44.123456Z","order_id":"ord_1","note":"by hand","attempt":7,"size_bytes":4096,"delta":-3,"ratio":0.5,"cached":true,"reason":"late","place":{{"room":3,"street":"Main"}}}}"#
    );
    for _ in 0..count {
        match how {
            "catalog" => drop(black_box({krate}::Everything::decode(black_box(&record)).unwrap())),
            "unknown" => drop(black_box({krate}::Everything::decode(black_box(&record)).unwrap_err())),
            "line" => drop(black_box(Shop::decode(black_box(LINE)).unwrap())),
            "event" => drop(black_box(PaymentProcessFailed::decode(black_box(LINE)).unwrap())),
            "serde" => drop(black_box(serde_json::from_str::<Owned>(black_box(LINE)).unwrap())),
            _ => drop(black_box(serde_json::from_str::<Tagged>(black_box(LINE)).unwrap())),
        }
    }
}
"##;
