//! The shop over HTTP.

use crate::orders::{Order, Orders};
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use event_tower::RequestEventsLayer;
use serde::Deserialize;
use serde_json::{Value, json};

/// An order that a customer places.
#[derive(Deserialize)]
struct NewOrder {
    item: String,
    email: String,
}

/// How a customer pays.
#[derive(Deserialize)]
struct Payment {
    card_number: String,
}

/// The three endpoints. Every request has its events, also one that no endpoint serves.
pub fn router(orders: Orders) -> Router {
    Router::new()
        .route("/orders", post(place))
        .route("/orders/{id}", get(look))
        .route("/orders/{id}/payment", post(pay))
        .layer(RequestEventsLayer::axum())
        .with_state(orders)
}

async fn place(
    State(orders): State<Orders>,
    Json(new): Json<NewOrder>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let order = orders.place(new.item, new.email).await?;
    Ok((StatusCode::CREATED, Json(told(&order))))
}

async fn look(
    State(orders): State<Orders>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(told(&orders.look(&id).await?)))
}

async fn pay(
    State(orders): State<Orders>,
    Path(id): Path<String>,
    Json(payment): Json<Payment>,
) -> Result<Json<Value>, Problem> {
    let charge_id = orders.pay(&id, &payment.card_number).await?;
    Ok(Json(json!({ "charge_id": charge_id })))
}

fn told(order: &Order) -> Value {
    json!({
        "order_id": order.id,
        "amount_cents": order.amount_cents,
        "is_paid": order.is_paid,
    })
}
