//! Sends one event to the receiver that the variables `OTEL_EXPORTER_OTLP_*` say, by default a
//! collector on this host: `cargo run -p event-otel --example send`. It fails if the event is not
//! delivered.

use event_core::context::trace::TraceContext;
use event_core::{Emitter, Str, events};
use event_otel::OtlpHttp;
use std::error::Error;

events!(
    /// Taking money.
    #[domain]
    pub enum Payment {
        /// Charge a customer for an order.
        Process,
    }

    /// The gateway refused the charge.
    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        /// Order being charged.
        #[entity]
        pub order_id: Str<'a>,
        /// In minor units of the currency.
        pub amount_cents: i64,
        /// What the gateway thinks of the customer, from 0 to 1.
        pub risk: f64,
        /// Whether it is tried again.
        pub is_final: bool,
        /// The rules that refused it.
        pub rules: Vec<Str<'a>>,
        /// Card used.
        #[sensitive(last4)]
        pub card_number: Str<'a>,
    }
);

fn main() -> Result<(), Box<dyn Error>> {
    let otlp = OtlpHttp::from_env()?.start()?;
    let guard = Emitter::builder()
        .service("shop")
        .service_version(env!("CARGO_PKG_VERSION"))
        .sink(otlp)
        .build()
        .install()?;
    let trace = TraceContext::from_headers(
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        None,
    )?;
    let bound = trace.value.enter();
    emit_payment_process_failed(PaymentProcessFailed {
        order_id: "ord_1".into(),
        amount_cents: 4_999,
        risk: 0.87,
        is_final: true,
        rules: vec!["velocity".into(), "geo".into()],
        card_number: "4242424242424242".into(),
    });
    drop(bound);
    let report = guard.finish();
    let sink = &report.sinks[0];
    match &sink.last_error {
        None if sink.delivered == 1 => Ok(()),
        why => Err(format!("the event is not delivered: {why:?}").into()),
    }
}
