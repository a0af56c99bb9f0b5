//! What is bound can be asked for by its type, and a field of a group can be bound anew.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::{Actor, ActorKind, CausationId, CorrelationId, NotUpdated};
use event_core::{Context, ContextGroup, InContext, Recorder, Str, events};
use serde_json::Value;
use std::thread;

events!(
    #[domain(optional(action))]
    pub enum Request {}

    #[event(info, context(Caller))]
    pub struct RequestCompleted;

    #[event(info, context(Correlated))]
    pub struct RequestDelivered;

    #[event(info, context(Numbered))]
    pub struct RequestAccepted;

    #[group(context)]
    pub struct Caller<'a> {
        pub request_id: Str<'a>,
        pub user_id: Option<Str<'a>>,
        #[field(skip_none)]
        pub role: Option<Str<'a>>,
        #[sensitive(last4)]
        pub card_number: Option<Str<'a>>,
        #[sensitive(hash)]
        pub user_email: Option<Str<'a>>,
        #[sensitive(drop)]
        pub password: Option<Str<'a>>,
    }

    #[group(context)]
    pub struct Correlated<'a> {
        pub correlation_id: Str<'a>,
    }

    #[group(context)]
    pub struct Numbered {
        #[field(dictionary = "a number, to test that a text never stands in for one")]
        pub correlation_id: u64,
    }
);

fn caller(request: &str) -> Caller<'_> {
    Caller {
        request_id: request.into(),
        user_id: None,
        role: None,
        card_number: Some("4242424242424242".into()),
        user_email: Some("ann@example.com".into()),
        password: Some("hunter2".into()),
    }
}

fn line_of(emit: impl FnOnce()) -> Value {
    let ((), recorder) = Recorder::capture(emit);
    serde_json::from_str(&recorder.lines()[0]).unwrap()
}

fn completed() -> Value {
    line_of(|| emit_request_completed(RequestCompleted))
}

#[test]
fn what_is_bound_is_asked_for_by_type() {
    assert_eq!(
        (Actor::current(), CorrelationId::current(), CausationId::current()),
        (None, None, None)
    );
    assert!(Caller::current().is_none());
    let text = String::from("usr_7");
    let acting = Actor::user(&text).session("ses_1").enter();
    let _ids = (CorrelationId("ord_1".into()).enter(), CausationId("evt_1".into()).enter());
    drop(text);
    let actor = Actor::current().unwrap();
    assert_eq!(
        (actor.kind(), actor.id(), actor.session_id()),
        (ActorKind::User, "usr_7", Some("ses_1"))
    );
    assert_eq!(CorrelationId::current().unwrap().0, "ord_1");
    assert_eq!(CausationId::current().unwrap().0, "evt_1");
    {
        let _inner = Actor::system("sweeper").enter();
        assert_eq!(Actor::current(), Some(Actor::system("sweeper")));
    }
    drop(acting);
    assert_eq!(Actor::current(), None);

    let _caller = caller("req_\"1\"\n").enter();
    let read = Caller::current().unwrap().unwrap();
    assert_eq!((&*read.request_id, read.user_id), ("req_\"1\"\n", None));
    // What is masked is not kept: it cannot be read back from what is bound.
    assert_eq!(read.card_number.unwrap(), "****4242");
    assert_ne!(read.user_email.unwrap(), "ann@example.com");
    assert_eq!(read.password, None);
    let _empty = Context::empty().enter();
    assert!(Caller::current().is_none());
}

#[test]
fn a_field_that_an_inner_layer_learns_is_in_the_outer_layers_event() {
    assert_eq!(Caller::update(|_| ()), Err(NotUpdated::NotBound));
    let _bound = caller("req_1").enter();
    let before = completed();
    {
        let _inner_layer = CorrelationId("ord_1".into()).enter();
        Caller::update(|caller| caller.user_id = Some("usr_7".into())).unwrap();
    }
    let mut after = completed();
    assert_eq!(after["user_id"], "usr_7");
    // All else is as it was, to the byte: what is masked is not masked once more.
    after["user_id"] = Value::Null;
    after["timestamp"] = before["timestamp"].clone();
    assert_eq!(after, before);

    Caller::update(|caller| {
        caller.role = Some("admin".into());
        caller.user_email = Some("bea@example.com".into());
    })
    .unwrap();
    let changed = completed();
    assert_eq!((&changed["user_id"], &changed["role"]), (&"usr_7".into(), &"admin".into()));
    assert_ne!(changed["user_email"], before["user_email"]);
    assert!(changed["user_email"].as_str().unwrap().starts_with("h:"));
    Caller::update(|caller| caller.role = None).unwrap();
    assert!(completed().get("role").is_none());
}

#[test]
fn an_update_changes_the_innermost_binding_wherever_it_was_carried() {
    let outer = caller("outer").enter();
    let captured = Context::current();
    {
        let _inner = caller("inner").enter();
        Caller::update(|caller| caller.user_id = Some("usr_inner".into())).unwrap();
        assert_eq!(completed()["user_id"], "usr_inner");
    }
    assert_eq!(completed()["user_id"], Value::Null);
    // In a thread that entered what was captured: this one sees it too.
    let in_thread = captured.clone();
    thread::spawn(move || {
        let _bound = in_thread.enter();
        Caller::update(|caller| caller.user_id = Some("usr_7".into())).unwrap();
    })
    .join()
    .unwrap();
    assert_eq!(completed()["user_id"], "usr_7");
    drop(outer);
    let _captured = captured.enter();
    assert_eq!(completed()["user_id"], "usr_7");
    // What `change` does may itself emit and read.
    Caller::update(|caller| {
        assert_eq!(completed()["user_id"], "usr_7");
        caller.user_id =
            Caller::current().unwrap().unwrap().user_id.map(|id| format!("{id}!").into());
    })
    .unwrap();
    assert_eq!(completed()["user_id"], "usr_7!");
}

#[test]
fn futures_have_the_update_of_their_own_scope() {
    let serve = |request: &'static str, user: &'static str| {
        async move {
            assert_eq!(completed()["user_id"], Value::Null);
            async {
                tokio::task::yield_now().await;
                Caller::update(|caller| caller.user_id = Some(user.into())).unwrap();
                tokio::task::yield_now().await;
            }
            .in_context(&Actor::user(user))
            .await;
            let line = completed();
            (line["request_id"].clone(), line["user_id"].clone())
        }
        .in_context(&caller(request))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let served = runtime.block_on(async {
        tokio::join!(serve("a", "usr_a"), serve("b", "usr_b"), tokio::spawn(serve("c", "usr_c")))
    });
    let of = |request: &str, user: &str| (Value::from(request), Value::from(user));
    assert_eq!(
        (served.0, served.1, served.2.unwrap()),
        (of("a", "usr_a"), of("b", "usr_b"), of("c", "usr_c"))
    );
}

#[test]
fn two_threads_change_two_fields() {
    for _ in 0..50 {
        let _bound = caller("req").enter();
        thread::scope(|scope| {
            for change in [
                (|caller: &mut Caller<'_>| caller.user_id = Some("usr_7".into()))
                    as fn(&mut Caller<'_>),
                |caller| {
                    caller.role = Some("admin".into());
                },
            ] {
                let context = Context::current();
                scope.spawn(move || {
                    let _bound = context.enter();
                    Caller::update(change).unwrap();
                });
            }
        });
        let line = completed();
        assert_eq!((&line["user_id"], &line["role"]), (&"usr_7".into(), &"admin".into()));
    }
}

#[test]
fn a_correlation_id_stands_in_for_the_field_of_a_group_that_is_not_bound() {
    let delivered = || line_of(|| emit_request_delivered(RequestDelivered));
    assert!(delivered().get("correlation_id").is_none());
    let _bound = CorrelationId("ord_1".into()).enter();
    assert_eq!(delivered()["correlation_id"], "ord_1");
    {
        let _group = Correlated { correlation_id: "declared".into() }.enter();
        let ((), recorder) = Recorder::capture(|| emit_request_delivered(RequestDelivered));
        assert_eq!(recorder.lines()[0].matches("correlation_id").count(), 1);
        assert!(recorder.lines()[0].contains(r#""correlation_id":"declared""#));
    }
    assert_eq!(completed()["correlation_id"], "ord_1");
    // A number is declared: a text in its place would break the event's schema.
    assert!(line_of(|| emit_request_accepted(RequestAccepted)).get("correlation_id").is_none());
}
