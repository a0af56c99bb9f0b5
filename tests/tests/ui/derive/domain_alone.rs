use event_core::DomainEvent;

mod domain {
    event_core::events!(
        #[domain(optional(action))]
        pub enum Ping {}
    );
}

#[derive(DomainEvent)]
#[event(info, domain = domain::Ping, name(ping, _, _))]
pub struct Ping {
    pub zen: String,
}

fn main() {}
