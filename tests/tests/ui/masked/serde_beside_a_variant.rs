use event_core::events;

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[value]
    #[derive(serde::Serialize)]
    pub enum Login {
        Guest,
        Password(#[sensitive(redact)] String),
    }
);

fn main() {}
