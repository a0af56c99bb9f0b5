//! The payment provider. It is played here: it takes a few milliseconds, and refuses one card.

use event_core::EventId;
use std::time::Duration;

/// A card that is declined, as the test card of a well-known provider is.
pub const DECLINED_CARD: &str = "4000000000000002";

/// How long a call takes.
const LATENCY: Duration = Duration::from_millis(2);

/// Charges customers.
#[derive(Clone, Debug, Default)]
pub struct Gateway;

/// Why there is no charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The bank says no.
    CardDeclined,
    /// The provider does not answer.
    Unavailable,
}

impl Refusal {
    /// The reason as it is reported.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CardDeclined => "card_declined",
            Self::Unavailable => "provider_unavailable",
        }
    }
}

impl Gateway {
    /// Charges a card, and returns the provider's number of the charge.
    ///
    /// # Errors
    ///
    /// Why the card is not charged.
    pub async fn charge(&self, card_number: &str) -> Result<String, Refusal> {
        tokio::time::sleep(LATENCY).await;
        if card_number == DECLINED_CARD {
            return Err(Refusal::CardDeclined);
        }
        Ok(format!("ch_{}", EventId::new()))
    }
}
