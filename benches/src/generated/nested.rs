//! Crates whose events are made of values that are made of values: of the shape that a real webhook
//! interface has.

use std::fmt::Write;

/// How many value types there are beside `User`.
const TYPES: usize = 125;
/// How many of them have a user.
const WITH_USER: usize = 60;
/// How many events.
const EVENTS: usize = 10;

/// What is changed in the crate, against the one that is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// One event has one optional field more.
    OptionalInAnEvent,
    /// `User` has one optional field more.
    OptionalInUser,
    /// `User` has one required field more.
    RequiredInUser,
}

/// Ten events and 126 nested value types; `User` has 32 fields and is used in 60 places.
pub fn webhooks(change: Change) -> String {
    let mut source = String::from(
        "//! Generated.\n\n/// The values.\npub mod model {\n    use event_core::EventValue;\n\n    /// Who did it.\n    #[derive(EventValue)]\n    pub struct User {\n",
    );
    for at in 0..32 {
        let ty = ["String", "u64", "bool", "Option<String>"][at % 4];
        let _ =
            writeln!(source, "        /// One thing about them.\n        pub part_{at:02}: {ty},");
    }
    source += match change {
        Change::OptionalInUser => "        /// It is new.\n        pub note: Option<String>,\n",
        Change::RequiredInUser => "        /// It is new.\n        pub note: String,\n",
        _ => "",
    };
    source += "    }\n";
    for at in 1..=TYPES {
        let _ = writeln!(
            source,
            "\n    /// A value.\n    #[derive(EventValue)]\n    pub struct Type{at} {{"
        );
        for part in 0..6 {
            let ty =
                ["String", "Option<u32>", "bool", "Vec<String>", "i64", "Option<String>"][part];
            let _ =
                writeln!(source, "        /// One thing about it.\n        pub part_{part}: {ty},");
        }
        for (name, inner) in [("left", 2 * at), ("right", 2 * at + 1)] {
            if inner <= TYPES {
                let _ = writeln!(
                    source,
                    "        /// Another value.\n        pub {name}: Option<Type{inner}>,"
                );
            }
        }
        if at <= WITH_USER {
            let ty = ["User", "Option<User>", "Vec<User>"][at % 3];
            let _ = writeln!(source, "        /// Whose it is.\n        pub user: {ty},");
        }
        source += "    }\n";
    }
    source += "}\n";
    let mut parts = String::new();
    for event in 1..=EVENTS {
        let _ = write!(
            source,
            "\n/// Events.\npub mod domain_{event} {{\n    use crate::model::*;\n    use event_core::events;\n\n    events!(\n        /// A part of it.\n        #[domain]\n        pub enum Domain{event} {{\n            /// It was sent.\n            #[action(open_ended = \"it is told once\")]\n            Send,\n        }}\n\n        /// It was sent.\n        #[event(info)]\n        pub struct Domain{event}SendStarted {{\n"
        );
        for at in [event, event + 1, event + 17] {
            let _ =
                writeln!(source, "            /// A value.\n            pub value_{at}: Type{at},");
        }
        if change == Change::OptionalInAnEvent && event == 1 {
            source += "            /// It is new.\n            pub note: Option<String>,\n";
        }
        source += "        }\n    );\n}\n";
        let _ = writeln!(parts, "        Domain{event}(domain_{event}::Domain{event}),");
    }
    source + &catalog(&parts)
}

/// One event of so many flat fields, and one optional one more.
pub fn flat(fields: usize, is_changed: bool) -> String {
    let mut body = String::new();
    for at in 0..fields {
        let ty = ["String", "u64", "bool", "Option<String>"][at % 4];
        let _ = writeln!(body, "        /// One thing.\n        pub part_{at:03}: {ty},");
    }
    if is_changed {
        body += "        /// It is new.\n        pub note: Option<String>,\n";
    }
    single("", &body)
}

/// Values nested so deep, each of which refers to the next one twice.
pub fn deep(depth: usize) -> String {
    let mut types =
        String::from("/// The values.\npub mod model {\n    use event_core::EventValue;\n");
    for at in 0..depth {
        let next = at + 1;
        let _ = writeln!(
            types,
            "\n    /// A value.\n    #[derive(EventValue)]\n    pub struct N{at} {{\n        /// One.\n        pub n: Option<N{next}>,\n        /// More.\n        pub m: Vec<N{next}>,\n    }}"
        );
    }
    let _ = writeln!(
        types,
        "\n    /// The last one.\n    #[derive(EventValue)]\n    pub struct N{depth} {{\n        /// A number.\n        pub n: u8,\n    }}\n}}\n"
    );
    single(&types, "        /// The first one.\n        pub value: crate::model::N0,\n")
}

/// So many events in one block.
pub fn one_block(events: usize) -> String {
    let (mut actions, mut items) = (String::new(), String::new());
    for at in 0..events {
        let _ = writeln!(
            actions,
            "        /// A step.\n        #[action(open_ended = \"it is told once\")]\n        Step{at},"
        );
        let _ = writeln!(
            items,
            "\n    /// Something happened.\n    #[event(info)]\n    pub struct WorkStep{at}Started {{\n        /// Which.\n        pub id: u64,\n        /// Where.\n        pub place: String,\n        /// Why.\n        pub reason: Option<String>,\n    }}"
        );
    }
    format!(
        "//! Generated.\n\nuse event_core::events;\n\nevents!(\n    /// Work.\n    #[domain]\n    pub enum Work {{\n{actions}    }}\n{items});\n{}",
        catalog("        Work(Work),\n")
    )
}

/// A catalog of one event.
fn single(types: &str, fields: &str) -> String {
    format!(
        "//! Generated.\n\n{types}\nuse event_core::events;\n\nevents!(\n    /// Work.\n    #[domain]\n    pub enum Work {{\n        /// It begins.\n        #[action(open_ended = \"it is told once\")]\n        Begin,\n    }}\n\n    /// It began.\n    #[event(info)]\n    pub struct WorkBeginStarted {{\n{fields}    }}\n);\n{}",
        catalog("        Work(Work),\n")
    )
}

fn catalog(parts: &str) -> String {
    format!(
        "\nevent_core::catalog!(\n    /// All of them.\n    pub enum Everything {{\n{parts}    }}\n);\n"
    )
}
