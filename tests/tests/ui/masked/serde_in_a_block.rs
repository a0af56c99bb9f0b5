use event_core::events;
use serde::Serialize as Shown;

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[derive(Clone, PartialEq, serde::Deserialize, schemars::JsonSchema, Shown)]
    #[event(info)]
    pub struct SessionOpenFailed {
        #[sensitive(redact)]
        pub password: String,
    }

    #[group]
    #[derive(::serde::Serialize)]
    pub struct Client {
        #[sensitive(ip)]
        pub client_ip: String,
    }

    #[value]
    #[cfg_attr(all(), derive(Eq, PartialEq, std::hash::Hash), derive(serde::Serialize))]
    pub enum Method {
        Password,
        Link {
            #[sensitive(email)]
            address: String,
        },
    }
);

fn main() {}
