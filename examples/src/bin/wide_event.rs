//! One event per request, put together from three groups wherever each becomes known, and a sampler
//! that decides at the end which requests are worth a record: the failed, the slow, and one in ten
//! of the rest. The record says why it was kept.
//!
//! Two services serve a request. What started it crosses from one to the other in headers, so that
//! their events can be joined.

use std::{thread, time::Duration};

use event_core::context::Bind;
use event_core::emit::TailSampler;
use event_core::sink::JsonLines;
use event_core::unit::elapsed;
use event_core::{Emitter, Str, Wide, events};
use event_trace::{Headers, HttpRequest, Incoming, OriginatorKind, Outgoing};

events!(
    /// Requests to the chat service.
    #[domain(owner = "chat")]
    pub enum Chat {
        /// Serve one request, from its first byte to its last.
        Serve,
    }

    /// One for each request, with whatever became known while it was served.
    #[event(level = match status { 500..=599 => error, _ => info }, wide(UserContribution, ModelContribution, SandboxContribution))]
    pub struct ChatServeFinished<'a> {
        /// What was asked for.
        pub path: Str<'a>,
        /// HTTP status of the answer; 499 when the caller went away.
        pub status: u16,
        /// What started it: the originator's id, the same in every service.
        pub originator_id: Str<'a>,
        /// From the first byte to the last.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// Who asked.
    #[group]
    pub struct UserContribution<'a> {
        /// The user.
        #[entity(user)]
        pub user_id: Str<'a>,
        /// What the user pays for.
        pub tier: Str<'a>,
        /// Where answers are sent that take long.
        #[sensitive(email)]
        pub email: Str<'a>,
    }

    /// What the model did.
    #[group]
    pub struct ModelContribution<'a> {
        /// Which one.
        pub model: Str<'a>,
        /// How much it wrote so far.
        pub tokens: Option<u64>,
    }

    /// Where code was run.
    #[group]
    pub struct SandboxContribution<'a> {
        /// The machine.
        pub sandbox_id: Str<'a>,
        /// How long it lived.
        #[field(unit = "ms")]
        pub live_ms: u64,
    }
);

fn main() {
    let sampler = TailSampler::keep_errors().slower_than(Duration::from_millis(20)).one_in(10);
    let emitter =
        Emitter::builder().service("chat").tail_sampler(sampler).sink(JsonLines::stdout()).build();
    let _emitter = emitter.enter();
    for request in 0..40 {
        serve(request);
    }
    let report = emitter.report();
    assert_eq!(report.calls(), 40, "every request is accounted for, written or not");
}

/// Serves one request. Most are quick; every tenth or so is slow, one fails, and of one the caller
/// goes away.
fn serve(request: u32) {
    let incoming = Incoming::extract(&Headers::from_iter([("Host", "chat.example")]));
    let originator =
        incoming.originate(OriginatorKind::Http(Some(HttpRequest::new("POST", "/chat"))));
    let trace = incoming.child();
    let _trace = trace.enter();
    let finished = |status| ChatServeFinished {
        path: "/chat".into(),
        status,
        originator_id: originator.id().as_str().to_owned().into(),
        duration_ms: elapsed(),
    };
    let unit = ChatServeFinished::unit(|| finished(499));
    let _unit = unit.binding().enter();
    unit.add(&UserContribution {
        user_id: "usr_7".into(),
        tier: "gold".into(),
        email: "ada@example.com".into(),
    });

    // A call to another service, in this process for once: it knows the trace and what started it
    // from the headers alone.
    let mut headers: Vec<(&str, String)> = Vec::new();
    Outgoing::new(&trace)
        .with_originator(&originator)
        .inject(|name, value| headers.push((name, value.to_owned())));
    let callee =
        Incoming::extract(&headers.iter().map(|(name, value)| (*name, value.as_str())).collect());
    assert_eq!(callee.trace_id(), Some(trace.trace_id()));
    assert_eq!(
        callee.originator().map(|parent| parent.id().as_str()),
        Some(originator.id().as_str())
    );

    answer(request);
    match request {
        // The caller goes away: what is dropped is flushed, and says that it is incomplete.
        17 => {}
        23 => unit.flush(finished(503)),
        _ => unit.flush(finished(200)),
    }
}

/// Far from where the request came in: what it adds goes to the request's event.
fn answer(request: u32) {
    ChatServeFinished::add(&ModelContribution { model: "small".into(), tokens: Some(0) });
    if request % 13 == 5 {
        thread::sleep(Duration::from_millis(25));
        ChatServeFinished::add(&SandboxContribution { sandbox_id: "sbx_1".into(), live_ms: 25 });
    }
    ChatServeFinished::merge(&ModelContribution {
        model: "small".into(),
        tokens: Some(u64::from(request) * 10),
    });
}
