//! Serves five requests, and prints their events as JSON lines. One request is answered, one finds
//! nothing, one panics, one is cancelled by its caller, and one is cancelled by its caller in the
//! middle of a streamed response.
//!
//! The request's ids are bound to the future that serves the request, so they are bound wherever it
//! is polled. Each request is an operation: it has one start and one end, whether it is answered,
//! panics, or is dropped with its connection. The level depends on the status.
//!
//! This is what the layer of event-tower does for an HTTP service, by hand: docs/web.md.

use std::{error::Error, time::Duration};

use event_core::context::Actor;
use event_core::sink::JsonLines;
use event_core::unit::{Either, Interrupted, elapsed};
use event_core::{Begins, Context, Emitter, InContext};
use event_tower::RequestContext;
use event_tower::request::{
    RequestCancelled, RequestFailed, RequestFinished, RequestOutcome, RequestStarted,
};
use event_tower::streaming::{
    StreamingCancelled, StreamingFailed, StreamingFinished, StreamingStarted,
};
use tokio::{task::LocalSet, time};

fn main() -> Result<(), Box<dyn Error>> {
    let guard = Emitter::builder().service("web").sink(JsonLines::stdout()).build().install()?;
    // The event reports the panic.
    std::panic::set_hook(Box::new(|_| {}));
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(play());
    let report = guard.finish();
    assert_eq!(report.context_missing, 0, "every event was emitted where its context is bound");
    Ok(())
}

/// How a handler responds.
enum Answer {
    /// With a complete response.
    Whole { code: u16 },
    /// In pieces.
    Streamed { pieces: u32 },
    /// After the caller has given up.
    Late,
    /// By a panic.
    Panic,
}

/// The request: the route, not the path, so that equal requests are counted together.
#[derive(Clone, Copy)]
struct Asked {
    method: &'static str,
    route: &'static str,
    query: Option<&'static str>,
}

const fn asked(method: &'static str, route: &'static str) -> Asked {
    Asked { method, route, query: None }
}

/// Serves all requests at the same time.
pub(crate) async fn play() {
    let context = Context::current();
    // A server drops the request when its connection is closed.
    let until_the_caller_is_gone = Duration::from_millis(20);
    let spawned = LocalSet::new();
    let broken = spawned.run_until(async {
        // The panic does not stop the server, because the request runs in its own task. A new task
        // has no context, so it is given the context that is bound here.
        let request =
            serve("req_3", asked("GET", "/reports/yearly"), Answer::Panic).within(context);
        tokio::task::spawn_local(request).await
    });
    let (.., broken, late, streamed) = tokio::join!(
        serve(
            "req_1",
            Asked { query: Some("token=tok_9f"), ..asked("GET", "/orders/{id}") },
            Answer::Whole { code: 200 }
        ),
        serve("req_2", asked("GET", "/orders/{id}"), Answer::Whole { code: 404 }),
        broken,
        time::timeout(
            until_the_caller_is_gone,
            serve("req_4", asked("POST", "/orders"), Answer::Late)
        ),
        time::timeout(
            until_the_caller_is_gone,
            serve("req_5", asked("GET", "/export"), Answer::Streamed { pieces: 1_000 })
        ),
    );
    assert!(broken.is_err() && late.is_err() && streamed.is_err());
}

/// Serves one request within its context.
async fn serve(id: &str, request: Asked, answer: Answer) {
    let context = RequestContext {
        request_id: id.into(),
        correlation_id: None,
        user_id: Some("usr_7".into()),
        ip: Some("203.0.113.77".into()),
    };
    let served = async {
        let pieces = respond(request, answer).await;
        stream(pieces).await;
    };
    served.in_context(&context).in_context(&Actor::user("usr_7")).await;
}

/// From the request to its response, or to the first piece of the response.
async fn respond(request: Asked, answer: Answer) -> u32 {
    let Asked { method, route, query } = request;
    let (method, route, query) = (method.into(), route.into(), query.map(Into::into));
    let user_agent = Some("curl/8.5".into());
    let started = RequestStarted { method, route, query, user_agent, discarded: None };
    let operation = started.start(|interrupted| match interrupted {
        Interrupted::Dropped => Either::Left(RequestCancelled {
            method: Some(request.method.into()),
            route: Some(request.route.into()),
            duration_ms: elapsed(),
        }),
        Interrupted::Panicked => Either::Right(RequestFailed {
            code: 500,
            method: request.method.into(),
            route: request.route.into(),
            query: request.query.map(Into::into),
            exception: None,
            error: Some("the handler panicked".into()),
            duration_ms: elapsed(),
        }),
    });
    let (code, pieces) = match answer {
        Answer::Whole { code } => (code, 0),
        Answer::Streamed { pieces } => (200, pieces),
        Answer::Late => std::future::pending().await,
        Answer::Panic => panic!("no such year"),
    };
    let Asked { method, route, query } = request;
    let (method, route, query) = (method.into(), route.into(), query.map(Into::into));
    operation.finish(RequestFinished {
        code,
        outcome: RequestOutcome::of(code),
        method,
        route,
        query,
        body_bytes: None,
        duration_ms: elapsed(),
    });
    pieces
}

/// Sends the rest of the response, after the request counts as finished.
async fn stream(pieces: u32) {
    if pieces == 0 {
        return;
    }
    let operation = StreamingStarted.start(|interrupted| match interrupted {
        Interrupted::Dropped => {
            Either::Left(StreamingCancelled { bytes_sent: None, duration_ms: elapsed() })
        }
        Interrupted::Panicked => Either::Right(StreamingFailed {
            exception: None,
            error: None,
            bytes_sent: None,
            duration_ms: elapsed(),
        }),
    });
    for _piece in 0..pieces {
        time::sleep(Duration::from_millis(1)).await;
    }
    operation.finish(StreamingFinished { bytes_sent: None, duration_ms: elapsed() });
}
