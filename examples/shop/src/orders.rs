//! What a customer can do.

use crate::gateway::Gateway;
use crate::problem::Problem;
use crate::store::Store;
use event_core::unit::elapsed;
use event_core::{Begins, Change, Emit, EventId};
use rusqlite::OptionalExtension;
use shop_events::order::{OrderCreated, OrderPaymentCompleted, OrderState};
use shop_events::payment::{PaymentChargeFailed, PaymentChargeStarted, PaymentChargeSucceeded};

/// What the shop sells, and for how many cents.
const PRICES: &[(&str, i64)] = &[("lamp", 4_999), ("chair", 12_900), ("desk", 24_900)];

/// What is known of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: String,
    /// What it costs.
    pub amount_cents: i64,
    /// Whether it is paid.
    pub is_paid: bool,
}

/// The orders of the shop.
#[derive(Clone, Debug)]
pub struct Orders {
    store: Store,
    gateway: Gateway,
}

impl Orders {
    /// The orders of a database.
    pub const fn new(store: Store, gateway: Gateway) -> Self {
        Self { store, gateway }
    }

    /// Takes an order: its row and its event, or neither.
    ///
    /// # Errors
    ///
    /// If the shop does not sell the item, or the database fails.
    pub async fn place(&self, item: String, email: String) -> Result<Order, Problem> {
        let price = PRICES.iter().find(|(name, _)| *name == item);
        let &(_, amount_cents) = price.ok_or(Problem::UnknownItem)?;
        let id = format!("ord_{}", EventId::new());
        self.store
            .transaction(move |tx, events| {
                let sql = "INSERT INTO orders VALUES (?1, ?2, ?3, FALSE)";
                tx.execute(sql, (&id, &item, amount_cents))?;
                OrderCreated {
                    order_id: id.as_str().into(),
                    item: item.into(),
                    amount_cents,
                    email: email.into(),
                }
                .emit_to(events);
                Ok(Order { id, amount_cents, is_paid: false })
            })
            .await
    }

    /// What is known of an order.
    ///
    /// # Errors
    ///
    /// If there is no such order, or the database fails.
    pub async fn look(&self, id: &str) -> Result<Order, Problem> {
        let id = id.to_owned();
        self.store
            .read(move |connection| {
                let sql = "SELECT amount_cents, is_paid FROM orders WHERE id = ?1";
                let found = connection.query_row(sql, [&id], |row| {
                    Ok(Order { amount_cents: row.get(0)?, is_paid: row.get(1)?, id: id.clone() })
                });
                found.optional()?.ok_or(Problem::UnknownOrder)
            })
            .await
    }

    /// Charges the customer of an order, and returns the provider's number of the charge.
    ///
    /// The mistake that this example is about: the order is read before the provider is asked, and
    /// not again in the transaction. A customer who clicks twice is charged twice.
    ///
    /// # Errors
    ///
    /// If there is no such order, it is paid, the provider refuses, or the database fails.
    pub async fn pay(&self, id: &str, card_number: &str) -> Result<String, Problem> {
        let order = self.look(id).await?;
        if order.is_paid {
            return Err(Problem::IsPaid);
        }
        let charge_id = self.charge(&order, card_number).await?;
        self.store
            .transaction(move |tx, events| {
                tx.execute("UPDATE orders SET is_paid = TRUE WHERE id = ?1", [&order.id])?;
                let row = (&charge_id, &order.id, order.amount_cents);
                tx.execute("INSERT INTO payments VALUES (?1, ?2, ?3)", row)?;
                OrderPaymentCompleted {
                    order_id: order.id.into(),
                    change: Change { before: OrderState::Placed, after: OrderState::Paid },
                    charge_id: charge_id.as_str().into(),
                    amount_cents: order.amount_cents,
                }
                .emit_to(events);
                Ok(charge_id)
            })
            .await
    }

    /// Asks the provider for the money. The call is an operation: it ends once, also if it is
    /// dropped.
    async fn charge(&self, order: &Order, card_number: &str) -> Result<String, Problem> {
        let order_id = order.id.as_str();
        PaymentChargeStarted { order_id: order_id.into() }
            .start(|interrupted| PaymentChargeFailed {
                order_id: order_id.to_owned().into(),
                reason: interrupted.as_str().into(),
                duration_ms: elapsed(),
            })
            .run(
                self.gateway.charge(card_number),
                |_| PaymentChargeSucceeded { order_id: order_id.into(), duration_ms: elapsed() },
                |refusal| PaymentChargeFailed {
                    order_id: order_id.into(),
                    reason: refusal.as_str().into(),
                    duration_ms: elapsed(),
                },
            )
            .await
            .map_err(Problem::Refused)
    }
}
