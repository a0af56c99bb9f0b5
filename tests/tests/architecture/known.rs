//! Where the house does not keep its rules.

/// Files of more than 400 lines, each with its reason. At most three.
pub(crate) const EXCEPTED_FILES: &[(&str, &str)] = &[];

/// Functions of more than 60 lines, each with its reason. At most three.
pub(crate) const EXCEPTED_FUNCTIONS: &[(&str, &str)] = &[];

/// Names of two public types, each with its reason.
pub(crate) const TYPES_OF_ONE_NAME: &[(&str, &str)] = &[
    ("Error", "each adapter of the outbox has the errors of its driver; a service has one adapter"),
    ("Outbox", "each adapter has the one of its driver; a service has one adapter"),
    ("Metrics", "of an emitter a snapshot of its counts, of a relay the counters themselves"),
    (
        "Report",
        "of an emitter what became of calls, of a comparison what it has found; no crate has both",
    ),
];
