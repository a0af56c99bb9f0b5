//! One event per request, collected from three groups, each added where its values become known. A
//! sampler decides at the end which requests are recorded: the failed, the slow, and one in ten of
//! the others. The record says why it was kept.
//!
//! Two services serve a request. The originator id is passed from one to the other in headers, so
//! that their events can be joined.

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

    /// One per request, with everything that became known while the request was served.
    #[event(level = match status { 500..=599 => error, _ => info }, wide(UserContribution, ModelContribution, SandboxContribution))]
    pub struct ChatServeFinished<'a> {
        /// The path of the request.
        pub path: Str<'a>,
        /// HTTP status of the response; 499 if the caller went away.
        pub status: u16,
        /// The id of the originator, the same in every service.
        pub originator_id: Str<'a>,
        /// Time from the first byte to the last.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// The user who sent the request.
    #[group]
    pub struct UserContribution<'a> {
        /// The user's id.
        #[entity(user)]
        pub user_id: Str<'a>,
        /// The user's plan.
        pub tier: Str<'a>,
        /// The address for responses that take long.
        #[sensitive(email)]
        pub email: Str<'a>,
    }

    /// The work of the model.
    #[group]
    pub struct ModelContribution<'a> {
        /// The name of the model.
        pub model: Str<'a>,
        /// How many tokens it has written.
        pub tokens: Option<u64>,
    }

    /// The sandbox that ran code.
    #[group]
    pub struct SandboxContribution<'a> {
        /// The id of the sandbox.
        pub sandbox_id: Str<'a>,
        /// How long the sandbox lived.
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

/// Serves one request. Most requests are quick, about one in ten is slow, one fails, and one is
/// cancelled by its caller.
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

    // A call to another service, here in the same process. The service gets the trace and the
    // originator only from the headers.
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
        // The caller goes away: the dropped unit is emitted, and marked as incomplete.
        17 => {}
        23 => unit.flush(finished(503)),
        _ => unit.flush(finished(200)),
    }
}

/// Code that is far from the start of the request adds to the request's event.
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
