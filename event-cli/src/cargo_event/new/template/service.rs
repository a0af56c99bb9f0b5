//! A service that emits an event to standard output.

use event_core::sink::JsonLines;
use event_core::{Emitter, Level};

use shop_events::payment::{PaymentProcessFailed, emit_payment_process_failed};

fn main() {
    let emitter = Emitter::builder()
        .level(Level::Info)
        .sink(JsonLines::stdout())
        .build();
    let _guard = emitter.install().expect("no other emitter is installed");
    refuse("ord_1", "ada@example.com");
}

/// Reports that an order cannot be paid.
fn refuse(order_id: &str, email: &str) {
    emit_payment_process_failed(PaymentProcessFailed {
        order_id: order_id.into(),
        reason: "insufficient_funds".into(),
        email: Some(email.into()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use event_core::{Recorder, assert_emitted};

    #[test]
    fn a_refusal_is_emitted_and_its_address_masked() {
        let recorder = Recorder::new();
        let _bound = recorder.enter();
        refuse("ord_1", "ada@example.com");
        assert_emitted!(
            recorder,
            PaymentProcessFailed {
                email: "a***@example.com",
                ..
            }
        );
    }
}
