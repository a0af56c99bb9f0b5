//! What payloads are made of.

pub mod account;
pub mod alternatives;
pub mod app;
pub mod commit;
pub mod conversation;
pub mod repository;
pub mod run;
pub mod source;
