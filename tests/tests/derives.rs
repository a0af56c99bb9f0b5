//! What may be derived beside masked fields, and that it shows none of them.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may")]

use event_core::{Emit, Emitter, Event, EventValue, Str, events};

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    /// Everything on the list of allowed derives, in three spellings.
    #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
    #[cfg_attr(all(), derive(schemars::JsonSchema))]
    #[event(info)]
    pub struct SessionOpenFailed {
        #[sensitive(redact)]
        pub password: String,
    }

    /// Written as it is, so that serde may write it too.
    #[derive(serde::Serialize)]
    #[event(info)]
    pub struct SessionOpenCompleted {
        #[sensitive(clear = "the support desk asks for it")]
        pub email: String,
        #[field(public)]
        pub card: String,
    }

    #[group]
    #[derive(Clone, PartialEq)]
    pub struct Client<'a> {
        #[sensitive(drop)]
        pub token: Option<Str<'a>>,
    }
);

#[derive(EventValue, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
pub struct Pin {
    #[sensitive(drop)]
    pub pin: Option<u16>,
}

#[test]
fn what_may_be_derived_shows_no_masked_field() {
    let event: SessionOpenFailed = serde_json::from_str(r#"{"password":"hunter2"}"#).unwrap();
    let emitter = Emitter::builder().build();
    let mut buffer = emitter.buffer();
    event.clone().emit_to(&mut buffer);
    let line = String::from_utf8(buffer.records()[0].record().line().to_vec()).unwrap();
    for shown in [
        format!("{event:?}"),
        line,
        schemars::schema_for!(SessionOpenFailed).to_value().to_string(),
    ] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    let pin: Pin = serde_json::from_str(r#"{"pin":1234}"#).unwrap();
    assert_eq!(format!("{pin:?}"), "Pin {}");
}

#[test]
fn an_event_without_a_mask_may_be_written_by_serde() {
    let event =
        SessionOpenCompleted { email: "ada@example.com".to_owned(), card: "gold".to_owned() };
    assert_eq!(
        serde_json::to_string(&event).unwrap(),
        r#"{"email":"ada@example.com","card":"gold"}"#
    );
    assert_eq!(format!("{:?}", Client { token: None }), "Client {}");
    assert_eq!(SessionOpenCompleted::NAME, "session_open_completed");
}
