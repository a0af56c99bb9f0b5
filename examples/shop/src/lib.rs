//! A web shop with a database. Each change of an order and its event are one transaction, and a
//! relay in the process publishes the events.

pub mod api;
pub mod gateway;
pub mod orders;
pub mod problem;
pub mod service;
pub mod settings;
pub mod store;
