//! What an error of PostgreSQL means. By its code (`SQLSTATE`, PostgreSQL's appendix A): the text is
//! in the server's language.

use super::runtime::LIMIT;
use crate::database::fault::DatabaseFault;
use std::error::Error as _;
use std::io;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

/// An error of a statement.
pub(super) fn of_statement(error: &Error) -> DatabaseFault {
    if let Some(answer) = error.as_db_error() {
        return of_answer(answer);
    }
    match cause::<io::Error>(error) {
        Some(_) => DatabaseFault::ConnectionLost,
        None if error.is_closed() => DatabaseFault::ConnectionLost,
        None => DatabaseFault::Other(own_text(error)),
    }
}

/// An error before there is a connection.
pub(super) fn of_connect(error: &Error) -> DatabaseFault {
    if let Some(answer) = error.as_db_error() {
        return of_answer(answer);
    }
    if let Some(refused) = cause::<rustls::Error>(error) {
        return DatabaseFault::Tls(refused.to_string());
    }
    match cause::<io::Error>(error) {
        Some(unreachable) => DatabaseFault::Unreachable(unreachable.to_string()),
        None if error.is_closed() => {
            DatabaseFault::Unreachable("the server closed the connection".to_owned())
        }
        // The kind of an error is only in its text.
        None if own_text(error).contains("does not support TLS") => DatabaseFault::NoTls,
        None if own_text(error) == "password missing" => DatabaseFault::NoPassword,
        None if error.to_string().contains("TLS") => DatabaseFault::Tls(own_text(error)),
        None => DatabaseFault::Refused(own_text(error)),
    }
}

/// A cause of a type, however deep it is. An `io::Error` hides the error that it was made of.
fn cause<T: std::error::Error + 'static>(error: &Error) -> Option<&T> {
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref() {
            return Some(found);
        }
        let inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => match inner.downcast_ref() {
                Some(found) => return Some(found),
                None => inner.source(),
            },
            None => cause.source(),
        };
    }
    None
}

/// An error of the client has only its kind in its own text.
fn own_text(error: &Error) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Only the message of the server is shown: its details and hints can have values of rows in them.
fn of_answer(answer: &DbError) -> DatabaseFault {
    let message = || answer.message().to_owned();
    match answer.code() {
        &SqlState::LOCK_NOT_AVAILABLE => DatabaseFault::Locked,
        &SqlState::T_R_DEADLOCK_DETECTED | &SqlState::T_R_SERIALIZATION_FAILURE => {
            DatabaseFault::Conflict
        }
        &SqlState::QUERY_CANCELED => DatabaseFault::NoAnswer(LIMIT),
        &SqlState::DISK_FULL => DatabaseFault::DiskFull,
        &SqlState::READ_ONLY_SQL_TRANSACTION => DatabaseFault::Standby,
        &SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            DatabaseFault::Refused(message())
        }
        &SqlState::INVALID_CATALOG_NAME => DatabaseFault::Refused(message()),
        &SqlState::INSUFFICIENT_PRIVILEGE => DatabaseFault::NotAllowed(message()),
        // A migration has changed a table while a statement was prepared.
        &SqlState::INVALID_SQL_STATEMENT_NAME | &SqlState::FEATURE_NOT_SUPPORTED
            if is_about_a_plan(answer) =>
        {
            DatabaseFault::ConnectionLost
        }
        code => match code.code().get(..2) {
            // Shutdown, crash, start, recovery; an idle transaction was ended; connections.
            Some("57" | "08") => DatabaseFault::Unavailable(message()),
            _ if *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => {
                DatabaseFault::Unavailable(message())
            }
            // Too many connections, no memory, a full disk; an error of the system.
            Some("53" | "58") => DatabaseFault::Unavailable(message()),
            _ => DatabaseFault::Other(message()),
        },
    }
}

fn is_about_a_plan(answer: &DbError) -> bool {
    *answer.code() == SqlState::INVALID_SQL_STATEMENT_NAME
        || answer.message().contains("cached plan")
}
