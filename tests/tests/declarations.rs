//! Declarations that must build, used: what a block may hold and how it may be written.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::meta::{EventMeta, Role};
use event_core::{Event, Level, Recorder, catalog};

mod raw_identifiers {
    event_core::events!(
        #[domain(optional(action))]
        pub enum Type {
            Match,
        }

        #[event(info)]
        pub struct TypeMatchCompleted {
            pub r#type: String,
            pub r#struct: Option<u8>,
            #[field(rename = "kind")]
            pub r#enum: Kind,
        }

        #[event(info)]
        pub struct TypeChanged {
            #[entity]
            pub r#mod: u8,
        }

        #[value(rename_all = "lowercase")]
        pub enum Kind {
            r#Async,
            Other,
        }
    );
}

#[test]
fn a_raw_identifier_is_written_without_its_mark() {
    use raw_identifiers::{Kind, TypeMatchCompleted, emit_type_match_completed};
    let recorder = Recorder::new();
    let scope = recorder.enter();
    emit_type_match_completed(TypeMatchCompleted {
        r#type: "a".into(),
        r#struct: None,
        r#enum: Kind::r#Async,
    });
    drop(scope);
    assert!(
        recorder.lines()[0].ends_with(r#""type":"a","struct":null,"kind":"async"}"#),
        "{:?}",
        recorder.lines()
    );
    let read = recorder.of::<TypeMatchCompleted>().unwrap();
    assert_eq!(read[0].r#type, "a");
}

mod gated {
    event_core::events!(
        #[domain]
        pub enum Job {
            Run,
            #[cfg(any())]
            Never,
        }

        #[cfg(all())]
        #[event(info)]
        pub struct JobRunCompleted {
            #[cfg(all())]
            pub rows: u32,
            #[cfg(any())]
            pub never: NoSuchType,
            #[cfg(all())]
            pub outcome: String,
            #[cfg(any())]
            pub outcome: u8,
        }

        /// The same event, for another target.
        #[cfg(any())]
        #[event(info)]
        pub struct JobRunCompleted {
            pub never: NoSuchType,
        }

        #[cfg(any())]
        #[event(info, context(NoSuchGroup))]
        pub struct JobRunSkipped {
            pub never: NoSuchType,
            #[group]
            pub group: NoSuchGroup,
        }

        #[cfg(any())]
        #[group(context)]
        pub struct Never {
            pub never: NoSuchType,
        }

        #[cfg(any())]
        #[value]
        pub struct NeverValue {
            pub never: NoSuchType,
        }

        #[value]
        pub enum Target {
            Here,
            #[cfg(any())]
            There(NoSuchType),
            Struct {
                name: String,
                #[cfg(any())]
                never: NoSuchType,
            },
        }

        #[event(info, version = 2, upcast = auto)]
        pub struct JobRunStopped {
            pub rows: u32,
            #[cfg(any())]
            pub never: NoSuchType,
        }

        #[event(info)]
        pub struct JobRunStoppedV1 {
            pub rows: u32,
            #[cfg(any())]
            pub never: NoSuchType,
        }
    );
}

catalog!(
    pub enum GatedEvent {
        Job(gated::Job),
        #[cfg(any())]
        Never(gated::NoSuchDomain),
    }
);

#[test]
fn what_is_gated_away_leaves_nothing() {
    let names: Vec<&str> = CATALOG.events().map(|event| event.name.snake).collect();
    assert_eq!(names, ["job_run_completed", "job_run_stopped", "job_run_stopped"]);
    let fields: Vec<&str> =
        gated::JobRunCompleted::META.fields().iter().map(|field| field.name).collect();
    assert_eq!(fields, ["rows", "outcome"]);
    let actions = CATALOG.blocks[0].domain.unwrap().actions;
    assert_eq!(actions.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["run"]);
    let line = r#"{"event":"job_run_stopped","version":1,"rows":3}"#;
    let GatedEvent::Job(gated::JobEvent::RunStopped(stopped)) = GatedEvent::decode(line).unwrap()
    else {
        panic!("another event")
    };
    assert_eq!(stopped.rows, 3);
    let target = gated::Target::Struct { name: "x".into() };
    assert_eq!(format!("{target:?}"), r#"Target({"Struct":{"name":"x"}})"#);
    assert!(matches!(gated::Target::Here, gated::Target::Here));
}

mod written_differently {
    use event_core::events;

    events! {
        use event_core::Str;

        /// Größe, „Anführung“, 日本語, \n is two letters, and `code`.
        #[domain]
        pub enum Écran {
            Affiche,
        }
    }

    events![
        /** A block comment. */
        #[domain]
        enum Page {
            #[doc = "Written as an attribute."]
            Load,
        }

        #[statuses]
        enum Own {
            #[status(ok)]
            Ready,
        }

        #[event(info)]
        #[derive(Clone, PartialEq)]
        struct PageLoadReady<'page>
        where
            'page: 'page,
        {
            title: Str<'page>,
            /// `::` in front.
            path: ::event_core::Str<'page>,
        }

        #[event(info)]
        pub(super) struct PageLoadCompleted {}

        #[event(info)]
        pub(super) struct PageLoadFinished;
    ];

    #[test]
    fn each_is_used() {
        use event_core::Event as _;
        let ready = PageLoadReady { title: "t".into(), path: "p".into() };
        emit_page_load_ready(ready.clone());
        assert_eq!(ready.title, "t");
        assert_eq!(
            (PageLoadReady::NAME, PageLoadReady::EVENT_TYPE),
            ("page_load_ready", "page.load.ready")
        );
        emit_page_load_completed(PageLoadCompleted {});
        emit_page_load_finished(PageLoadFinished);
        let part = <Page as event_core::event::Block>::BLOCK;
        let domain = part.domain.unwrap();
        assert_eq!(domain.docs, "A block comment.");
        assert_eq!(domain.actions, [("load", "Written as an attribute.")]);
        let (own, docs) = &domain.statuses[0];
        assert_eq!((own.word, own.class.as_str(), *docs), ("ready", "ok", ""));
        let docs = <Écran as event_core::event::Block>::BLOCK.domain.unwrap().docs;
        assert_eq!(docs, r"Größe, „Anführung“, 日本語, \n is two letters, and `code`.");
    }
}

mod only_types {
    event_core::events!(
        #[group]
        pub struct Money {
            pub cents: i64,
        }

        #[value]
        pub struct Point {
            pub x: f64,
        }
    );
    event_core::events!(
        #[value]
        pub struct Length(pub f64);
    );
}

mod lifetimes {
    event_core::events!(
        #[domain]
        pub enum Mail {
            Send,
        }

        #[event(info)]
        pub struct MailSendCompleted<'a, 'b: 'a> {
            pub subject: event_core::Str<'a>,
            pub tags: Vec<event_core::Str<'b>>,
            #[group]
            pub from: Sender<'b>,
            pub size: Size<'a>,
        }

        #[group]
        pub struct Sender<'s> {
            pub host: event_core::Str<'s>,
        }

        #[value]
        pub struct Size<'x> {
            pub unit: event_core::Str<'x>,
        }
    );
}

#[test]
fn what_is_borrowed_is_emitted_and_owned_when_read() {
    use lifetimes::{MailSendCompleted, Sender, Size, emit_mail_send_completed};
    let recorder = Recorder::new();
    let scope = recorder.enter();
    {
        let (long, short) = (String::from("long"), String::from("short"));
        emit_mail_send_completed(MailSendCompleted {
            subject: short.as_str().into(),
            tags: vec![long.as_str().into()],
            from: Sender { host: long.as_str().into() },
            size: Size { unit: "kB".into() },
        });
    }
    drop(scope);
    let read: Vec<MailSendCompleted<'static, 'static>> = recorder.of().unwrap();
    assert_eq!((read[0].subject.as_str(), read[0].from.host.as_str()), ("short", "long"));
}

#[test]
fn what_an_event_says_of_itself() {
    let meta: &EventMeta = <lifetimes::MailSendCompleted<'_, '_> as Event>::META;
    assert_eq!((meta.version, meta.latest, meta.type_name), (1, true, "MailSendCompleted"));
    assert!(meta.source.file.ends_with("declarations.rs") && meta.source.line > 1);
    assert_eq!(meta.source.module, "declarations::lifetimes");
    let entity = raw_identifiers::TypeChanged::META.fields()[0].role;
    assert_eq!(entity, Role::Entity { kind: "mod" });
    assert_eq!(meta.level.reachable(), [Level::Info]);
    let only =
        (only_types::Money { cents: 1 }, only_types::Point { x: 0.5 }, only_types::Length(2.0));
    assert_eq!(
        format!("{:?} {:?} {:?}", only.0, only.1, only.2),
        r#"Money {"cents":1} Point {"x":0.5} Length(2.0)"#
    );
}

/// Groups that borrow are named in attributes without their lifetimes, as README.md does.
#[deny(rust_2018_idioms, elided_lifetimes_in_paths)]
mod idioms {
    mod tasks {
        event_core::events!(
            #[group(context)]
            pub struct TaskContext<'a> {
                pub task_id: event_core::Str<'a>,
            }
        );
    }

    event_core::events!(
        #[domain(context(RequestContext, tasks::TaskContext))]
        pub enum Payment {
            Process,
        }

        #[group(context)]
        pub struct RequestContext<'a> {
            pub request_path: event_core::Str<'a>,
        }

        #[group(context)]
        pub struct TenantContext<'a> {
            pub tenant: event_core::Str<'a>,
        }

        #[group]
        pub struct UserContribution<'a> {
            pub tier: event_core::Str<'a>,
        }

        #[event(error, optional_context(TenantContext), wide(UserContribution))]
        pub struct PaymentProcessFailed<'a> {
            pub reason: event_core::Str<'a>,
        }
    );
}

#[test]
fn context_groups_that_borrow_need_no_lifetime_under_deny_rust_2018_idioms() {
    let meta = <idioms::PaymentProcessFailed<'_> as Event>::META;
    assert_eq!(meta.context.len(), 3);
}
