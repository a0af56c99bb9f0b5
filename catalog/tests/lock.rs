//! Locked versions of the catalog stay readable, and its lock matches its declarations.

event_cli::lock_tests!(catalog::ReferenceEvent, catalog::CATALOG);
