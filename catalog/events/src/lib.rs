//! The reference catalog: 84 events of published systems, declared as a team would declare its own.
//!
//! The blocks `request` and `streaming` are those of event-tower, which emits their events; this
//! catalog joins them as a team does.
//!
//! `tests/reference.rs` compares it with the list `reference/events.txt`. One module is one domain;
//! [`context`] and [`error`] have the groups of fields that domains share. The package `catalog`,
//! one directory up, is its command; the package `examples` plays an order through it.
//!
//! # Names
//!
//! Five lines of the list are legacy spellings of another event. They are aliases of that event:
//! readers accept them, and no service emits them.
//!
//! | legacy spelling | read as |
//! | --- | --- |
//! | `user_login`, `user_login_success` | [`auth_login_success`](auth::AuthLoginSuccess) |
//! | `payment_processed` | [`payment_process_success`](payment::PaymentProcessSuccess) |
//! | `payment_failed` | [`payment_process_failed`](payment::PaymentProcessFailed) |
//! | `payment_submitted` | [`order.payment.submitted`](order::OrderPaymentSubmitted) |
//!
//! Two systems describe `request_failed`. It is declared once, with the fields of the system that
//! has more; fields that only the other system has are optional.
//!
//! # Field dictionary
//!
//! One field name has one type in the whole catalog. If the systems disagree, this table decides:
//!
//! | field | type | because |
//! | --- | --- | --- |
//! | `user_id` | text | keys of user stores are numbers, UUIDs or text; text holds them all |
//! | `duration_ms` | `f64` | a fast query takes less than a millisecond, and a whole number still reads |
//! | `amount`, `total_amount` | decimal | money is exact; minor units are spelt `amount_cents`, an integer |
//! | `error` | text | what went wrong; only [`http_request`](http::HttpRequest) has a flag of that name, and says so |
//! | `exc_info` | text | the trace itself, not whether there is one |
//! | `status` | text | the business object's state, whatever its owner calls it |
//! | `code`, `status_code` | `u16` | HTTP's status codes; an error's code is `error_code`, text |

use event_core::catalog;

pub mod action;
pub mod api;
pub mod auth;
pub mod cache;
pub mod context;
pub mod data;
pub mod database;
pub mod error;
pub mod events;
pub mod feature;
pub mod http;
pub mod inventory;
pub mod item;
pub mod metrics;
pub mod notification;
pub mod order;
pub mod page;
pub mod payment;
pub mod request;
pub mod session;
pub mod shipping;
pub mod task;
pub mod user;

catalog!(
    /// Everything that the reference systems emit.
    pub enum ReferenceEvent {
        Action(action::Action),
        Api(api::Api),
        Auth(auth::Auth),
        Cache(cache::Cache),
        Data(data::Data),
        Database(database::Database),
        Events(events::Events),
        Feature(feature::Feature),
        Http(http::Http),
        Inventory(inventory::Inventory),
        Item(item::Item),
        Metrics(metrics::Metrics),
        Notification(notification::Notification),
        Order(order::Order),
        Page(page::Page),
        Payment(payment::Payment),
        Request(event_tower::request::Request),
        RequestCompleted(request::RequestCompleted<'static>),
        RequestReceived(request::RequestReceived<'static>),
        Session(session::Session),
        Shipping(shipping::Shipping),
        Streaming(event_tower::streaming::Streaming),
        Task(task::Task),
        User(user::User),
    }
);
