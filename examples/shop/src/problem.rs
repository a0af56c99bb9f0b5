//! Why the shop refuses, and what its caller sees of it.

use crate::gateway::Refusal;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use shop_events::order::{OrderStorageFailed, emit_order_storage_failed};
use std::fmt;

/// Why the shop refuses.
#[derive(Debug)]
pub enum Problem {
    /// The shop does not sell it.
    UnknownItem,
    /// It has no such order.
    UnknownOrder,
    /// The order is paid already.
    IsPaid,
    /// The payment provider has refused, or not answered.
    Refused(Refusal),
    /// The database has failed.
    Database(event_outbox_rusqlite::Error),
    /// A thread of the database has panicked.
    Panicked,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::UnknownItem => StatusCode::UNPROCESSABLE_ENTITY,
            Self::UnknownOrder => StatusCode::NOT_FOUND,
            Self::IsPaid => StatusCode::CONFLICT,
            Self::Refused(Refusal::CardDeclined) => StatusCode::PAYMENT_REQUIRED,
            Self::Refused(Refusal::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        // What the database says is for the log, and not for a caller.
        let told = if status == StatusCode::INTERNAL_SERVER_ERROR {
            emit_order_storage_failed(OrderStorageFailed { error: self.to_string().into() });
            "something went wrong here".to_owned()
        } else {
            self.to_string()
        };
        (status, Json(json!({ "error": told }))).into_response()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownItem => f.write_str("the shop does not sell this"),
            Self::UnknownOrder => f.write_str("there is no such order"),
            Self::IsPaid => f.write_str("the order is paid already"),
            Self::Refused(refusal) => f.write_str(refusal.as_str()),
            Self::Database(error) => error.fmt(f),
            Self::Panicked => f.write_str("a thread of the database has panicked"),
        }
    }
}

impl std::error::Error for Problem {}

impl From<event_outbox_rusqlite::Error> for Problem {
    fn from(error: event_outbox_rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}
