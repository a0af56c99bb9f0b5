//! One request and its answer: the context, the events, the hooks.

use crate::ids::Ids;
use crate::request::{
    RequestCancelled, RequestFailed, RequestFinished, RequestOutcome, RequestStarted,
};
use crate::settings::Settings;
use crate::stream::Stream;
use crate::{Failure, RequestContext, RequestInfo, ResponseBody, UNMATCHED};
use event_core::unit::{Either, Interrupted, Operation, elapsed};
use event_core::{Begins, Context, Str};
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode, header};
use http_body::Body;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// `error` of an event whose handler or body panicked. The message of the panic is not known here: a
/// panic hook has it.
pub(crate) const PANICKED: &str = "panicked";

/// What a request emits if it is dropped, or its handler panics.
type RequestEnd = Either<RequestCancelled<'static>, RequestFailed<'static>>;
type RequestOperation =
    Operation<RequestStarted<'static>, Box<dyn FnOnce(Interrupted) -> RequestEnd + Send + Sync>>;

/// What the future and the body of one request share.
#[derive(Clone)]
pub(crate) struct Shared {
    settings: Arc<Settings>,
    request: Arc<RequestInfo>,
}

/// A request that has begun. Dropped, it ends as cancelled, or as failed while a panic unwinds.
pub(crate) struct Exchange {
    shared: Shared,
    ids: Ids,
    context: Context,
    operation: RequestOperation,
}

impl Exchange {
    /// Binds the request's context, and emits `request_started`.
    pub(crate) fn begin(settings: &Arc<Settings>, parts: &mut Parts) -> Self {
        let ids = Ids::read(settings, &mut parts.headers);
        let route = settings.route.as_ref().and_then(|route| route(parts));
        let route = route.as_ref().map_or(UNMATCHED, |route| route.as_str());
        let request =
            Arc::new(RequestInfo::new(&parts.method, &parts.uri, route, ids.request_id()));
        let ip = settings.client(parts).map(|ip| ip.to_string().into());
        let mut context = ids.bind(&Context::current()).with(&RequestContext {
            request_id: ids.request_id().into(),
            correlation_id: ids.correlation_id().map(Into::into),
            user_id: None,
            ip,
        });
        for bound in &settings.bound {
            context = context.with(&bound(parts));
        }
        let shared = Shared { settings: settings.clone(), request };
        let entered = context.enter();
        let operation = shared.start(ids.discarded(), &parts.headers);
        drop(entered);
        Self { shared, ids, context, operation }
    }

    /// The context that the request is served in.
    pub(crate) const fn context(&self) -> &Context {
        &self.context
    }

    /// Calls the hook.
    pub(crate) fn started(&self, parts: &Parts) {
        if let Some(hook) = &self.shared.settings.on_start {
            hook(&self.shared.request, parts);
        }
    }

    /// Ends the request with its answer.
    pub(crate) fn finish<B: Body>(self, response: Response<B>) -> Response<ResponseBody<B>> {
        let (mut head, body) = response.into_parts();
        self.ids.give_back(&self.shared.settings, &mut head.headers);
        let Shared { settings, request } = &self.shared;
        let bound = self.context.enter();
        if head.status.is_server_error()
            && let Some(hook) = &settings.on_failure_response
        {
            hook(request, &mut head);
        }
        let status = head.status;
        if let Some(hook) = &settings.on_finish {
            hook(request, status);
        }
        let outcome = self.shared.outcome(status);
        self.operation.finish(RequestFinished {
            code: status.as_u16(),
            outcome,
            method: request.method_name().into(),
            route: request.route().into(),
            query: request.query(),
            body_bytes: body.size_hint().exact(),
            duration_ms: elapsed(),
        });
        drop(bound);
        let is_streamed = body.size_hint().exact().is_none() && !body.is_end_stream();
        let stream = is_streamed.then(|| Stream::new(self.shared, &head.headers));
        Response::from_parts(head, ResponseBody::new(body, self.context, stream))
    }

    /// Ends the request with the service's error.
    pub(crate) fn fail(self, error: &impl Display) {
        let error = error.to_string();
        let bound = self.context.enter();
        self.shared.failed(Failure::Service(&error));
        self.operation.finish(self.shared.request_failed(&error));
        drop(bound);
    }
}

impl Shared {
    fn start(&self, discarded: Option<&str>, headers: &HeaderMap) -> RequestOperation {
        let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let started = RequestStarted {
            method: self.request.method_name().into(),
            route: self.request.route().into(),
            query: self.request.query(),
            user_agent: user_agent.map(Into::into),
            discarded: discarded.map(Into::into),
        };
        let shared = self.clone();
        started.start(Box::new(move |interrupted| match interrupted {
            Interrupted::Dropped => {
                shared.failed(Failure::Cancelled);
                Either::Left(RequestCancelled {
                    method: Some(shared.request.method_name().into()),
                    route: Some(shared.request.route().to_owned().into()),
                    duration_ms: elapsed(),
                })
            }
            Interrupted::Panicked => {
                shared.failed(Failure::Panicked);
                Either::Right(shared.request_failed(PANICKED))
            }
        }))
    }

    fn request_failed(&self, error: &str) -> RequestFailed<'static> {
        let request = &self.request;
        RequestFailed {
            code: StatusCode::INTERNAL_SERVER_ERROR.as_u16(),
            method: request.method_name().into(),
            route: request.route().to_owned().into(),
            query: request.query().map(Str::into_owned),
            exception: None,
            error: Some(error.to_owned().into()),
            duration_ms: elapsed(),
        }
    }

    fn outcome(&self, status: StatusCode) -> RequestOutcome {
        let outcome = RequestOutcome::of(status.as_u16());
        let is_expected = |is_expected: &Arc<crate::settings::IsExpected>| {
            outcome != RequestOutcome::Answered && is_expected(&self.request, status)
        };
        match &self.settings.is_expected {
            Some(expected) if is_expected(expected) => RequestOutcome::Expected,
            _ => outcome,
        }
    }

    /// Calls the hook. Its panic would end the process where it runs while another panic unwinds.
    pub(crate) fn failed(&self, failure: Failure<'_>) {
        if let Some(hook) = &self.settings.on_failure {
            let _ = catch_unwind(AssertUnwindSafe(|| hook(&self.request, failure)));
        }
    }
}
