//! Context in the headers of a job: what is carried, what is not, and what hostile text does.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::carry::{LeftOut, Policy, Reason};
use event_core::context::trace::{InvalidId, TraceContext, TraceRule, TraceState};
use event_core::context::{Actor, CausationId, ContextGuard, CorrelationId};
use event_core::{Context, ContextGroup, InContext, Recorder, Str, events};
use proptest::prelude::*;
use serde_json::{Value, json};

events!(
    #[domain(optional(action))]
    pub enum Job {}

    #[event(info, context(Caller, Tenant))]
    pub struct JobCompleted;

    #[group(context)]
    pub struct Caller<'a> {
        pub request_id: Str<'a>,
        pub user_id: Option<Str<'a>>,
        #[sensitive(last4)]
        pub card_number: Option<Str<'a>>,
        #[sensitive(hash)]
        pub user_email: Option<Str<'a>>,
    }

    #[group(context)]
    pub struct Tenant {
        pub tenant_id: u32,
        #[field(finite)]
        pub share: f64,
    }
);

fn everything() -> Policy {
    Policy::new().actor().group::<Caller<'_>>().group::<Tenant>()
}

fn caller(request: &str) -> Caller<'_> {
    let card = Some("4242424242424242".into());
    Caller {
        request_id: request.into(),
        user_id: Some("usr_7".into()),
        card_number: card,
        user_email: Some("ann@example.com".into()),
    }
}

fn bind_everything(trace: &TraceContext) -> Vec<ContextGuard> {
    vec![
        trace.enter(),
        CorrelationId("ord_1".into()).enter(),
        CausationId("evt_1".into()).enter(),
        Actor::user("usr_7").session("ses_1").enter(),
        caller("req_1").enter(),
        Tenant { tenant_id: 7, share: 0.5 }.enter(),
    ]
}

fn export(policy: &Policy) -> (Value, Vec<LeftOut>) {
    let exported = Context::current().export(policy);
    assert!(!exported.text.contains('\n'));
    (serde_json::from_str(&exported.text).unwrap(), exported.left_out)
}

#[test]
fn the_whole_context_goes_to_a_job_and_back() {
    let state = TraceState::parse("rojo=1").value;
    let trace = TraceContext::new_root().with_sampled(false).with_tracestate(state.clone());
    let bound = bind_everything(&trace);
    let text = Context::current().export(&everything()).text;
    drop(bound);

    let _around = Actor::system("worker").enter();
    let imported = Context::import(&text, &everything());
    assert_eq!(imported.left_out, []);
    let job = async {
        tokio::task::yield_now().await;
        let ((), recorder) = Recorder::capture(|| emit_job_completed(JobCompleted));
        let here = TraceContext::current().unwrap();
        assert_eq!(
            (here.trace_id(), here.parent_span_id()),
            (trace.trace_id(), Some(trace.span_id()))
        );
        assert_eq!((here.sampled(), here.tracestate()), (false, &state));
        assert_eq!(Actor::current(), Some(Actor::user("usr_7").session("ses_1")));
        recorder.lines().remove(0)
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let line: Value =
        serde_json::from_str(&runtime.block_on(job.within(imported.context))).unwrap();
    for (key, value) in [
        ("correlation_id", "ord_1"),
        ("causation_id", "evt_1"),
        ("request_id", "req_1"),
        ("user_id", "usr_7"),
        ("card_number", "****4242"),
    ] {
        assert_eq!(line[key], value, "{line}");
    }
    assert_eq!((&line["tenant_id"], &line["share"]), (&json!(7), &json!(0.5)));
    assert_eq!(line["user_email"], Value::Null, "the pseudonym of a pseudonym is another one");
}

#[test]
fn only_what_is_named_is_carried_and_never_a_secret() {
    let trace = TraceContext::new_root();
    let _bound = bind_everything(&trace);
    let (standard, left_out) = export(&Policy::new());
    assert_eq!(left_out, []);
    let expected = json!({"traceparent": trace.traceparent().to_string(), "correlation_id": "ord_1", "causation_id": "evt_1"});
    assert_eq!(standard, expected);

    let text = Context::current().export(&everything()).text;
    for secret in ["4242424242424242", "ann@example.com"] {
        assert!(!text.contains(secret), "{text}");
    }
    // Who imports has a policy too.
    let imported = Context::import(&text, &Policy::new());
    assert_eq!(
        (imported.left_out, format!("{:?}", imported.context)),
        (vec![], "[CausationId, CorrelationId, Trace]".into())
    );

    // A sender that masks nothing has its values masked here.
    let raw = r#"{"groups":{"Caller":{"request_id":"r","user_id":null,"card_number":"5555444433331111","user_email":"eve@example.com"}}}"#;
    let _imported = Context::import(raw, &everything()).context.enter();
    let ((), recorder) = Recorder::capture(|| emit_job_completed(JobCompleted));
    assert!(
        recorder.lines()[0].contains("****1111") && !recorder.lines()[0].contains("eve@"),
        "{recorder:?}"
    );
}

#[test]
fn what_does_not_fit_is_left_out_whole_and_reported() {
    let trace = TraceContext::new_root();
    let _bound = bind_everything(&trace);
    let whole = Context::current().export(&everything()).text;
    let mut parts = usize::MAX;
    for most in (2..=whole.len()).rev() {
        let policy = everything().most_bytes(most);
        let exported = Context::current().export(&policy);
        assert!(exported.text.len() <= most, "{most}: {}", exported.text);
        let value: Value = serde_json::from_str(&exported.text).unwrap();
        let groups = value.get("groups").map_or(0, |groups| groups.as_object().unwrap().len());
        let carried =
            value.as_object().unwrap().keys().filter(|key| *key != "groups").count() + groups;
        assert_eq!(carried + exported.left_out.len(), 6, "{most}");
        assert!(
            exported.left_out.iter().all(|left_out| left_out.reason == Reason::TooLong { most })
        );
        parts = parts.min(carried);
        let imported = Context::import(&exported.text, &policy);
        assert_eq!(imported.left_out, [], "{most}");
    }
    assert_eq!(parts, 0);
    assert_eq!(Context::current().export(&everything().most_bytes(whole.len())).text, whole);
    let too_long = Context::import(&whole, &everything().most_bytes(whole.len() - 1));
    let reason = Reason::TooLong { most: whole.len() - 1 };
    assert_eq!(too_long.left_out, [LeftOut { part: "text", reason }]);

    // A group that no event may carry goes nowhere either.
    let refused = Tenant { tenant_id: 7, share: f64::NAN }.enter();
    assert_eq!(export(&everything()).1, [LeftOut { part: "Tenant", reason: Reason::Refused }]);
    drop(refused);
    let long = format!("x{}", "y".repeat(5_000));
    let _long = (CorrelationId((&*long).into()).enter(), caller(&long).enter());
    let (_, left_out) = export(&everything());
    let id = LeftOut { part: "correlation_id", reason: Reason::Id(InvalidId::TooLong) };
    assert_eq!(left_out, [id, LeftOut { part: "Caller", reason: Reason::TooLong { most: 4096 } }]);
}

#[test]
fn what_is_not_valid_is_left_out_and_the_rest_taken() {
    let cases = [
        (
            json!({"correlation_id": "a\nb"}),
            "correlation_id",
            Reason::Id(InvalidId::Character { at: 1 }),
        ),
        (json!({"correlation_id": ""}), "correlation_id", Reason::Id(InvalidId::Empty)),
        (json!({"correlation_id": 7}), "correlation_id", Reason::NotAsDeclared),
        (json!({"causation_id": "x".repeat(129)}), "causation_id", Reason::Id(InvalidId::TooLong)),
        (json!({"traceparent": "00-zz"}), "trace", Reason::Trace(TraceRule::Length)),
        (json!({"traceparent": []}), "trace", Reason::NotAsDeclared),
        (json!({"actor": "usr_7"}), "actor", Reason::NotAsDeclared),
        (json!({"actor": {"type": "root", "id": "usr_7"}}), "actor", Reason::NotAsDeclared),
        (json!({"actor": {"type": "user"}}), "actor", Reason::NotAsDeclared),
        (
            json!({"actor": {"type": "user", "id": "\"}\u{1f9ff}"}}),
            "actor",
            Reason::Id(InvalidId::Character { at: 0 }),
        ),
        (json!({"groups": []}), "groups", Reason::NotAsDeclared),
        (
            json!({"groups": {"Tenant": {"tenant_id": "7", "share": 1}}}),
            "Tenant",
            Reason::NotAsDeclared,
        ),
        (json!({"groups": {"Tenant": {"tenant_id": 7}}}), "Tenant", Reason::NotAsDeclared),
    ];
    for (mut text, part, reason) in cases {
        text["unknown"] = json!({"deep": [1, 2, 3]});
        if part != "causation_id" {
            text["causation_id"] = "evt_1".into();
        }
        let imported = Context::import(&text.to_string(), &everything());
        assert_eq!(imported.left_out, [LeftOut { part, reason }], "{text}");
        let expected = if part == "causation_id" { "[]" } else { "[CausationId]" };
        assert_eq!(format!("{:?}", imported.context), expected, "{text}");
        assert!(imported.left_out[0].to_string().is_ascii());
    }
    let state = json!({"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate": "a=1,a=2"});
    let imported = Context::import(&state.to_string(), &everything());
    assert_eq!(
        imported.left_out,
        [LeftOut { part: "trace", reason: Reason::Trace(TraceRule::Duplicate) }]
    );
    assert_eq!(format!("{:?}", imported.context), "[Trace]");
}

#[test]
fn what_is_no_object_is_left_out_as_a_whole() {
    for text in [
        "",
        "{",
        "[]",
        "null",
        "{}{}",
        "\u{0}",
        r#"{"a":1,"a":2}"#,
        &"[".repeat(4_000),
        &"{\"a\":".repeat(800),
    ] {
        let imported = Context::import(text, &everything());
        assert_eq!(
            imported.left_out,
            [LeftOut { part: "text", reason: Reason::NotAnObject }],
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn any_context_reads_back(
        ids in prop::array::uniform4("[A-Za-z0-9._~:/+=@-]{1,128}"),
        request: String,
        user in prop::option::of(any::<String>()),
        tenant_id: u32,
        share in -1e300..1e300,
    ) {
        let actor = Actor::service(&*ids[2]).session(&*ids[3]);
        let context = Context::empty()
            .with(&CorrelationId((&*ids[0]).into()))
            .with(&CausationId((&*ids[1]).into()))
            .with(&actor)
            .with(&Caller { request_id: request.into(), user_id: user.map(Into::into), card_number: None, user_email: None })
            .with(&Tenant { tenant_id, share });
        let policy = everything().most_bytes(1 << 20);
        let text = context.export(&policy).text;
        let imported = Context::import(&text, &policy);
        prop_assert_eq!(&imported.left_out, &[]);
        prop_assert_eq!(imported.context.export(&policy).text, text);
        let _bound = imported.context.enter();
        prop_assert_eq!(Actor::current(), Some(actor.into_owned()));
        prop_assert_eq!(Tenant::current().unwrap().unwrap().tenant_id, tenant_id);
    }

    #[test]
    fn any_text_is_imported(text in any::<String>(), near in r#"[{}\[\]",:a-c0-9\\]{0,40}"#) {
        let object = format!(r#"{{"correlation_id":{near},"actor":"#);
        for text in [text, near, object] {
            let _ = Context::import(&text, &everything());
        }
    }

    /// Near to what is right: one byte of an export is another one.
    #[test]
    fn a_damaged_export_is_imported(at in 0..400_usize, with in any::<char>()) {
        let trace = TraceContext::new_root();
        let bound = bind_everything(&trace);
        let text = Context::current().export(&everything()).text;
        drop(bound);
        let at = at % text.len();
        let damaged = format!("{}{with}{}", &text[..at], &text[at + 1..]);
        let imported = Context::import(&damaged, &everything());
        // What was taken can be written into a header again.
        let again = imported.context.export(&everything());
        prop_assert_eq!(again.left_out, []);
    }
}

#[test]
fn a_pseudonym_cannot_be_planted() {
    let text = r#"{"groups":{"Caller":{"request_id":"req_1","user_email":"ann@example.com"}}}"#;
    let imported = Context::import(text, &everything());
    assert_eq!(imported.left_out, []);
    let _bound = imported.context.enter();
    let caller = Caller::current().unwrap().unwrap();
    assert_eq!((&*caller.request_id, caller.user_email), ("req_1", None));
}

mod elsewhere {
    event_core::events!(
        #[group(context)]
        pub struct Tenant {
            pub plan: String,
        }
    );
}

#[test]
fn of_two_groups_of_one_name_the_first_is_carried() {
    let _both = (
        Tenant { tenant_id: 7, share: 0.5 }.enter(),
        elsewhere::Tenant { plan: "free".into() }.enter(),
    );
    let policy = || Policy::new().group::<Tenant>().group::<Tenant>().group::<elsewhere::Tenant>();
    let exported = Context::current().export(&policy());
    assert_eq!(exported.text, r#"{"groups":{"Tenant":{"tenant_id":7,"share":0.5}}}"#);
    assert_eq!(exported.left_out, [LeftOut { part: "Tenant", reason: Reason::SameName }]);
    let imported = Context::import(&exported.text, &policy());
    assert_eq!(imported.left_out, []);
    let _bound = imported.context.enter();
    assert_eq!(Tenant::current().unwrap().unwrap().tenant_id, 7);
}

#[test]
fn the_shortest_text_and_a_state_without_its_trace() {
    let exported = Context::empty().export(&Policy::new().most_bytes(0));
    assert_eq!((exported.text.as_str(), exported.left_out), ("{}", vec![]));
    assert_eq!(Context::import("{}", &Policy::new().most_bytes(0)).left_out, []);
    let imported = Context::import(r#"{"tracestate":"a=b"}"#, &Policy::new());
    assert_eq!(imported.left_out, [LeftOut { part: "trace", reason: Reason::NotAsDeclared }]);
}
