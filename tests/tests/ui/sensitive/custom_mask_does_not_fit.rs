use event_core::events;
use event_core::mask::{Mask, MaskWriter};

pub struct Iban;

impl Mask for Iban {
    fn write(_: &str, out: &mut MaskWriter<'_>) {
        out.show("**");
    }
}

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(custom = Iban)]
        pub iban: u64,
    }
);

fn main() {}
