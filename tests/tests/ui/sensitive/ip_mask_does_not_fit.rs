use event_core::events;
use std::net::IpAddr;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(email)]
        pub client_ip: Option<IpAddr>,
    }
);

fn main() {}
