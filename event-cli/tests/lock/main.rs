//! `lock`, `check`, `accept`: what is locked, and what becomes of it.
#![allow(missing_docs, unreachable_pub, dead_code, clippy::unwrap_used, reason = "a test")]

mod absence;
mod accept;
mod alternatives;
mod baselines;
mod catalogs;
mod changelog;
mod check;
mod clones;
mod diff;
mod directories;
mod endings;
#[path = "../fixture/mod.rs"]
mod fixture;
mod git;
mod links;
mod opaque;
mod pasted;
mod process;
mod record;
mod refusals;
mod repository;
mod shared;
mod transitions;
mod undecided;
mod written;
