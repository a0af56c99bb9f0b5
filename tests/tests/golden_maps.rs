//! A golden line is the same in each run, though a hash map has another order in each.
#![allow(
    missing_docs,
    unreachable_pub,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::{Recorder, Wide, events};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A foreign type: its own order of fields, and a map further in.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Serialize)]
pub struct Foreign {
    pub z: f64,
    pub list: Vec<HashMap<String, Option<u8>>>,
}

events!(
    #[domain]
    pub enum Stock {
        Count,
    }

    #[group(context)]
    pub struct Place {
        pub labels: HashMap<String, String>,
    }

    #[group]
    pub struct Shelves {
        pub shelves: HashMap<String, HashMap<String, bool>>,
    }

    #[event(info, context(Place), wide(Shelves))]
    pub struct StockCountCompleted {
        pub counts: HashMap<String, i64>,
        #[field(opaque)]
        pub foreign: Foreign,
    }
);

/// Of few keys, in an order of its own: each map has other random keys.
fn map<V>(value: impl Fn(&str) -> V) -> HashMap<String, V> {
    ["d", "a", "c", "b\"", "e"].into_iter().map(|key| (key.to_owned(), value(key))).collect()
}

#[test]
fn a_hundred_runs_write_the_same_line() {
    for _ in 0..100 {
        let recorder = Recorder::golden();
        let scope = recorder.enter();
        let bound = Place { labels: map(|key| format!("{key}\n")) }.enter();
        let event = || StockCountCompleted {
            counts: map(|_| -1),
            foreign: Foreign { z: 0.1, list: vec![map(|key| key.bytes().next()), HashMap::new()] },
        };
        let unit = StockCountCompleted::unit(event);
        unit.add(&Shelves { shelves: map(|_| map(|key| key == "a")) });
        unit.flush(event());
        drop((bound, scope));
        let shelf = r#"{"a":true,"b\"":false,"c":false,"d":false,"e":false}"#;
        let expected = format!(
            concat!(
                r#"{{"event":"stock_count_completed","version":1,"level":"info","timestamp":"2026-01-01T00:00:00.000000Z","#,
                r#""labels":{{"a":"a\n","b\"":"b\"\n","c":"c\n","d":"d\n","e":"e\n"}},"counts":{{"a":-1,"b\"":-1,"c":-1,"d":-1,"e":-1}},"#,
                r#""foreign":{{"list":[{{"a":97,"b\"":98,"c":99,"d":100,"e":101}},{{}}],"z":0.1}},"#,
                r#""shelves":{{"a":{shelf},"b\"":{shelf},"c":{shelf},"d":{shelf},"e":{shelf}}}}}"#
            ),
            shelf = shelf
        );
        assert_eq!(recorder.lines(), [expected]);
    }
}
