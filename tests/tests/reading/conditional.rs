//! An event is found by its place, whatever `cfg` has taken out before it.

use event_core::{DomainEvent, Event, Str, UpcastFrom, catalog, events};

events!(
    #[domain]
    pub enum Job {
        Run,
    }

    #[cfg(any())]
    #[event(info)]
    pub struct JobRunAccepted {
        pub never: Missing,
    }

    #[event(info)]
    pub struct JobRunStarted {
        pub first: u8,
    }

    #[cfg(all())]
    #[event(info, version = 2, alias("job_done"))]
    pub struct JobRunCompleted<'a> {
        pub second: Str<'a>,
    }

    #[cfg(all())]
    #[event(info, version = 1)]
    pub struct JobRunCompletedV1 {
        pub second: u8,
    }

    #[cfg(any())]
    #[event(info)]
    pub struct JobRunSkipped;

    #[event(error)]
    pub struct JobRunFailed {
        pub third: u8,
    }
);

impl UpcastFrom<JobRunCompletedV1> for JobRunCompleted<'static> {
    fn upcast(old: JobRunCompletedV1) -> Self {
        Self { second: old.second.to_string().into() }
    }
}

#[derive(DomainEvent)]
#[event(info, domain = Job)]
pub struct JobRunRetrying {
    pub fourth: u8,
}

catalog!(
    pub enum Jobs {
        #[cfg(any())]
        Never(Missing),
        Job(Job),
        #[cfg(any())]
        NorThis(Missing),
        Retrying(JobRunRetrying),
    }
);

fn read(line: &str) -> String {
    Jobs::decode(line).map_or_else(|error| error.to_string(), |event| format!("{event:?}"))
}

#[test]
fn each_event_is_found_behind_those_that_are_not_there() {
    assert_eq!(
        read(r#"{"event":"job_run_started","first":1}"#),
        r#"Job(JobRunStarted {"first":1})"#
    );
    assert_eq!(
        read(r#"{"event":"job_run_completed","version":2,"second":"2"}"#),
        r#"Job(JobRunCompleted {"second":"2"})"#
    );
    assert_eq!(
        read(r#"{"event":"job_done","second":2}"#),
        r#"Job(JobRunCompleted {"second":"2"})"#
    );
    assert_eq!(read(r#"{"event":"job_run_failed","third":3}"#), r#"Job(JobRunFailed {"third":3})"#);
    assert_eq!(
        read(r#"{"event":"job_run_retrying","fourth":4}"#),
        r#"Retrying(JobRunRetrying {"fourth":4})"#
    );
    for name in ["job_run_accepted", "job_run_skipped", "job_run"] {
        let error = format!("no event `{name}` of version 1 is declared");
        assert_eq!(read(&format!(r#"{{"event":"{name}"}}"#)), error);
    }
}

#[test]
fn an_upcast_for_one_lifetime_is_enough() {
    let event = JobRunCompleted::decode(r#"{"event":"job_run_completed","second":2}"#).unwrap();
    assert_eq!(event.second, "2");
}
